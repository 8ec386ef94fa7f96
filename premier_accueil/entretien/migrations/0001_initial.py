"""The tables of this room."""

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import premier_accueil.accueil.regles.guichet
from premier_accueil.socle.cloison import cloisonner

CONFIDENTIELLES = (
    'entretien', 'evaluation', 'noteprivee', 'domaineaborde', 'promesse', 'suitedubesoin', 'pointdesituation',
    'referentdeparcours', 'absence', 'demandedeconseil', 'vignette',
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accueil', '0001_initial'),
        ('acteurs', '0001_initial'),
        ('personnes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('accueil', '0003_cloison'),
    ]

    operations = [
        migrations.CreateModel(
            name='Demarche',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic n'en ouvre qu'une")),
                ('procedure', models.CharField(help_text='code de donnees/demarches.yaml', max_length=40)),
                ('objet', models.CharField(blank=True, max_length=200)),
                ('ouverte_le', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('modifiee_le', models.DateTimeField()),
                ('etat', models.CharField(choices=[('A_DEPOSER', 'à déposer'), ('DEPOSEE', 'déposée'), ('RECEPISSE', "reçue, à l'examen"), ('TRANSMISE', 'transmise au bon service'), ('PIECES_DEMANDEES', 'pièces demandées'), ('DECIDEE', 'décidée'), ('SILENCE', 'restée sans réponse'), ('RECOURS', 'contestée'), ('CLOSE', 'close')], default='A_DEPOSER', max_length=16)),
                ('aupres', models.CharField(blank=True, max_length=200)),
                ('deposee_le', models.DateField(blank=True, null=True)),
                ('recue_le', models.DateField(blank=True, help_text='par la première administration (CRPA, L.114-3)', null=True)),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('accuse_le', models.DateField(blank=True, null=True)),
                ('competente', models.CharField(blank=True, help_text="à qui la mauvaise porte l'a transmise", max_length=200)),
                ('competente_le', models.DateField(blank=True, null=True)),
                ('prevenue', models.BooleanField(default=False, help_text='la personne sait que sa demande est transmise')),
                ('pieces', models.TextField(blank=True)),
                ('pieces_indispensables', models.BooleanField(default=False)),
                ('pieces_demandees_le', models.DateField(blank=True, null=True)),
                ('pieces_pour_le', models.DateField(blank=True, null=True)),
                ('pieces_remises_le', models.DateField(blank=True, null=True)),
                ('decision', models.CharField(blank=True, choices=[('ACCORDEE', 'accordée'), ('PARTIELLE', 'accordée en partie'), ('REFUSEE', 'refusée'), ('SILENCE_ACCEPTATION', 'acceptée par le silence'), ('SILENCE_FORFAIT', 'accordée par le silence, au montant forfaitaire'), ('SILENCE_REJET', 'refusée par le silence'), ('SILENCE_SANS_EFFET', "sans réponse : aucune décision n'est née")], max_length=20)),
                ('decidee_le', models.DateField(blank=True, null=True)),
                ('voie', models.CharField(blank=True, max_length=40)),
                ('recours_le', models.DateField(blank=True, null=True)),
                ('rang', models.PositiveSmallIntegerField(default=0, help_text='voies de recours déjà prises')),
                ('cloture', models.CharField(blank=True, choices=[('OBTENUE', 'Elle a abouti'), ('REFUS_ACCEPTE', 'La personne ne conteste pas le refus'), ('ABANDON', 'La personne ne souhaite pas continuer'), ('ERREUR', 'Ouverte par erreur'), ('AUTRE', 'Autre raison')], max_length=15)),
                ('echeance', models.DateField(blank=True, null=True)),
                ('echeance_genre', models.CharField(blank=True, choices=[('DEPOT', 'à déposer'), ('SILENCE', 'le silence vaut décision'), ('REPONSE', 'réponse attendue'), ('PIECES', 'pièces à fournir'), ('RECOURS', 'dernier jour pour contester')], max_length=10)),
                ('ouverte_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('passage', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='demarches', to='accueil.passage')),
                ('personne', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='demarches', to='personnes.personne')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='demarches', to='acteurs.structure')),
                ('suivie_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='demarches_suivies', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'echeance'], name='demarche_echeance'),
                    models.Index(fields=['structure', '-modifiee_le'], name='demarche_recente'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='demarche_demande'),
                    models.CheckConstraint(condition=models.Q(('etat__in', ['A_DEPOSER', 'CLOSE']), models.Q(('deposee_le__isnull', False), ('recue_le__isnull', False)), _connector='OR'), name='demarche_deposee_un_jour'),
                    models.CheckConstraint(condition=models.Q(models.Q(('etat__in', ['DECIDEE', 'SILENCE']), _negated=True), models.Q(models.Q(('decision', ''), _negated=True), ('decidee_le__isnull', False)), _connector='OR'), name='demarche_decision_datee'),
                    models.CheckConstraint(condition=models.Q(models.Q(('etat', 'CLOSE'), _negated=True), models.Q(('cloture', ''), _negated=True), _connector='OR'), name='demarche_close_par_quelqu_un'),
                    models.CheckConstraint(condition=models.Q(('pieces_demandees_le', None), ('pieces_pour_le__gte', models.F('pieces_demandees_le')), _connector='OR'), name='demarche_delai_des_pieces'),
                    models.CheckConstraint(condition=models.Q(models.Q(('echeance', None), ('echeance_genre', '')), models.Q(('echeance__isnull', False), models.Q(('echeance_genre', ''), _negated=True)), _connector='OR'), name='demarche_echeance_dite'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Domiciliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic n'en ouvre qu'une")),
                ('etat', models.CharField(choices=[('DEMANDEE', 'demandée'), ('ENTRETIEN', 'entretien fait'), ('ACCORDEE', 'accordée'), ('REFUSEE', 'refusée'), ('RADIEE', 'terminée'), ('SANS_SUITE', 'sans suite')], default='DEMANDEE', max_length=12)),
                ('demandee_le', models.DateField(help_text="jour de réception, dit sur l'accusé")),
                ('reponse_due', models.DateField()),
                ('soutien', models.CharField(choices=[('NON_DEMANDE', 'pas encore proposé'), ('SOUHAITE', 'souhaite être accompagnée'), ('PLUS_TARD', 'en reparlera plus tard'), ('DECLINE', 'ne le souhaite pas')], default='NON_DEMANDE', max_length=12)),
                ('referent_souhaite', models.CharField(blank=True, max_length=120)),
                ('entretien_le', models.DateField(blank=True, null=True)),
                ('decidee_le', models.DateField(blank=True, null=True)),
                ('debut', models.DateField(blank=True, null=True)),
                ('fin', models.DateField(blank=True, null=True)),
                ('motif', models.CharField(blank=True, help_text='code du refus, ou de la fin', max_length=20)),
                ('decision_ecrite', models.TextField(blank=True, help_text="la décision, telle qu'elle est remise à la personne")),
                ('orientee_vers', models.CharField(blank=True, help_text='après un refus (CASF, L.264-4)', max_length=200)),
                ('version', models.PositiveIntegerField(default=1)),
                ('modifiee_le', models.DateTimeField()),
                ('decidee_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domiciliations', to='personnes.personne')),
                ('precedente', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='suivante', to='entretien.domiciliation')),
                ('recue_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='domiciliations', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'etat', 'fin'], name='domiciliation_etat'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='domiciliation_demande'),
                    models.CheckConstraint(condition=models.Q(('etat__in', ['DEMANDEE', 'SANS_SUITE']), ('entretien_le__isnull', False), _connector='OR'), name='domiciliation_apres_entretien'),
                    models.CheckConstraint(condition=models.Q(models.Q(('etat', 'ACCORDEE'), _negated=True), models.Q(('debut__isnull', False), ('fin__gt', models.F('debut'))), _connector='OR'), name='domiciliation_accordee_datee'),
                    models.CheckConstraint(condition=models.Q(models.Q(('etat__in', ['REFUSEE', 'RADIEE']), _negated=True), models.Q(models.Q(('motif', ''), _negated=True), models.Q(('decision_ecrite', ''), _negated=True), ('decidee_le__isnull', False), ('decidee_par__isnull', False)), _connector='OR'), name='domiciliation_finie_par_quelqu_un'),
                    models.CheckConstraint(condition=models.Q(models.Q(('etat', 'REFUSEE'), _negated=True), models.Q(('orientee_vers', ''), _negated=True), _connector='OR'), name='domiciliation_refusee_donc_orientee'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ContactDeDomiciliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField()),
                ('genre', models.CharField(choices=[('VISITE', 'est venue'), ('APPEL', 'a appelé'), ('COURRIER', 'a retiré son courrier'), ('MESSAGE', 'a écrit')], max_length=10)),
                ('jour', models.DateField()),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('domiciliation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='entretien.domiciliation')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['domiciliation', '-jour'], name='contact_de_domiciliation'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='contact_de_domiciliation_demande'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AbsenceExpliquee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField()),
                ('motif', models.CharField(choices=[('SANTE', 'raison de santé, hospitalisation'), ('PRIVATION_DE_LIBERTE', 'privation de liberté'), ('TRAVAIL', 'travail'), ('AUTRE', 'autre raison dite par la personne')], max_length=25)),
                ('du', models.DateField()),
                ('au', models.DateField(blank=True, help_text='vide : elle dure encore', null=True)),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('domiciliation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='entretien.domiciliation')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='absence_expliquee_demande'),
                    models.CheckConstraint(condition=models.Q(('au', None), ('au__gte', models.F('du')), _connector='OR'), name='absence_expliquee_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Entretien',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('etat', models.CharField(choices=[('EN_COURS', 'en cours'), ('CLOS', 'terminé')], default='EN_COURS', max_length=8)),
                ('ouvert_le', models.DateTimeField()),
                ('clos_le', models.DateTimeField(blank=True, null=True)),
                ('presents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, help_text='qui était là (codes)', size=None)),
                ('resume', models.TextField(blank=True, help_text='ce qui peut être partagé ou recopié')),
                ('natures', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, help_text='premières réponses (codes)', size=None)),
                ('suite', models.CharField(blank=True, choices=[('CLOTURE', 'La personne a eu sa réponse'), ('POINT', 'Se revoir pour un point de situation'), ('RELAIS', 'Passer le relais'), ('ACCOMPAGNEMENT', 'Proposer un accompagnement')], max_length=15)),
                ('version', models.PositiveIntegerField(default=1)),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entretiens', to=settings.AUTH_USER_MODEL)),
                ('passage', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='entretien', to='accueil.passage')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entretiens', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'auteur', 'etat'], name='entretien_de_son_auteur'),
                    models.Index(fields=['structure', 'ouvert_le'], name='entretien_ouvert'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('clos_le__isnull', False), ('etat', 'CLOS')), models.Q(('clos_le', None), ('etat', 'EN_COURS')), _connector='OR'), name='entretien_clos_date'),
                    models.CheckConstraint(condition=models.Q(('clos_le', None), ('clos_le__gte', models.F('ouvert_le')), _connector='OR'), name='entretien_dates'),
                    models.CheckConstraint(condition=models.Q(('presents__contains', ['ENFANT']), _negated=True), name='entretien_sans_enfant_qui_traduit'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DomaineAborde',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('texte', models.TextField(blank=True)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('entretien', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domaines', to='entretien.entretien')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('entretien', 'code'), name='domaine_une_fois'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phrase', models.CharField(max_length=500)),
                ('posee_le', models.DateTimeField()),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entretien', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='evaluation', to='entretien.entretien')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('phrase', ''), _negated=True), name='evaluation_dite'),
                ],
            },
        ),
        migrations.CreateModel(
            name='GesteDeDemarche',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic ne fait le geste qu'une fois")),
                ('geste', models.CharField(max_length=25)),
                ('jour', models.DateField(help_text="quand cela s'est passé")),
                ('avant', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('fait_le', models.DateTimeField()),
                ('annule_le', models.DateTimeField(blank=True, null=True)),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('demarche', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gestes', to='entretien.demarche')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='geste_de_demarche_demande'),
                ],
            },
        ),
        migrations.CreateModel(
            name='NotePrivee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('texte', models.TextField()),
                ('ecrite_le', models.DateTimeField()),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entretien', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='note_privee', to='entretien.entretien')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('texte', ''), _negated=True), name='note_privee_ecrite'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PointDeSituation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic n'en prévoit qu'un")),
                ('rang', models.PositiveSmallIntegerField(help_text='2 : trois mois après ; 3 : six mois après')),
                ('prevu_le', models.DateTimeField()),
                ('etat', models.CharField(choices=[('PREVU', 'prévu'), ('A_REPLACER', 'à reprévoir'), ('TENU', 'tenu'), ('NON_VENU', "la personne n'est pas venue"), ('ANNULE', 'annulé à sa demande')], default='PREVU', max_length=10)),
                ('cree_le', models.DateTimeField()),
                ('motif', models.CharField(blank=True, choices=[('COLLEGUE_PARTI', "le collègue n'est plus là"), ('JOUR_FERME', 'le lieu est fermé ce jour-là'), ('DEMANDE', 'à la demande de la personne')], help_text='du dernier changement', max_length=15)),
                ('prevenue_le', models.DateTimeField(blank=True, help_text='la personne a été prévenue du changement', null=True)),
                ('fini_le', models.DateTimeField(blank=True, null=True)),
                ('rendez_vous_id', models.BigIntegerField(blank=True, help_text="dans l'agenda, s'il y est", null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('compte', models.ForeignKey(help_text='qui reçoit', on_delete=django.db.models.deletion.PROTECT, related_name='points_de_situation', to=settings.AUTH_USER_MODEL)),
                ('entretien', models.ForeignKey(help_text='le premier entretien', on_delete=django.db.models.deletion.CASCADE, related_name='points', to='entretien.entretien')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points_de_situation', to='acteurs.structure')),
                ('tenu_dans', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='points_tenus', to='entretien.entretien')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'etat', 'prevu_le'], name='point_a_venir'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='point_demande'),
                    models.UniqueConstraint(condition=models.Q(('etat', 'ANNULE'), _negated=True), fields=('entretien', 'rang'), name='point_un_par_rang'),
                    models.CheckConstraint(condition=models.Q(('rang__in', (2, 3))), name='point_rang'),
                    models.CheckConstraint(condition=models.Q(('prevu_le__gt', models.F('cree_le'))), name='point_plus_tard'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Promesse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic ne promet qu'une fois")),
                ('texte', models.CharField(max_length=200)),
                ('pour_le', models.DateField()),
                ('faite_le', models.DateTimeField(blank=True, null=True)),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entretien', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promesses', to='entretien.entretien')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('faite_le', None)), fields=['structure', 'compte', 'pour_le'], name='promesse_a_tenir'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='promesse_demande'),
                    models.CheckConstraint(condition=models.Q(('texte', ''), _negated=True), name='promesse_dite'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReferentDeParcours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic n'en nomme qu'un")),
                ('debut', models.DateTimeField(help_text='la personne a accepté')),
                ('fin', models.DateTimeField(blank=True, null=True)),
                ('motif_de_fin', models.CharField(blank=True, choices=[('PASSATION', 'un autre référent a pris la suite'), ('FIN_D_ACCOMPAGNEMENT', "l'accompagnement est terminé"), ('CHOIX_DE_LA_PERSONNE', 'la personne ne le souhaite plus')], max_length=20)),
                ('personne_informee_le', models.DateTimeField(blank=True, help_text='de la passation ou de la fin', null=True)),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referent_de', to=settings.AUTH_USER_MODEL)),
                ('nomme_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referents', to='personnes.personne')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referents_de_parcours', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'compte'], name='referent_de_qui'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='referent_demande'),
                    models.UniqueConstraint(condition=models.Q(('fin', None)), fields=('personne',), name='referent_un_a_la_fois'),
                    models.CheckConstraint(condition=models.Q(('fin', None), ('fin__gte', models.F('debut')), _connector='OR'), name='referent_dates'),
                    models.CheckConstraint(condition=models.Q(models.Q(('fin', None), ('motif_de_fin', '')), models.Q(('fin__isnull', False), ('personne_informee_le__isnull', False), models.Q(('motif_de_fin', ''), _negated=True)), _connector='OR'), name='referent_fin_dite_a_la_personne'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SuiteDuBesoin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reponse', models.CharField(blank=True, choices=[(premier_accueil.accueil.regles.guichet.Nature['INFORMATION'], 'Information'), (premier_accueil.accueil.regles.guichet.Nature['CONSEIL'], 'Conseil'), (premier_accueil.accueil.regles.guichet.Nature['ORIENTATION'], 'Orientation'), (premier_accueil.accueil.regles.guichet.Nature['AIDE_IMMEDIATE'], 'Aide immédiate'), (premier_accueil.accueil.regles.guichet.Nature['OUVERTURE_DE_DROIT'], 'Ouverture de droit'), (premier_accueil.accueil.regles.guichet.Nature['DEMARCHE_ENSEMBLE'], 'Démarche faite ensemble'), (premier_accueil.accueil.regles.guichet.Nature['TRAVAILLEUR_SOCIAL'], 'Passer au travailleur social')], max_length=20)),
                ('precisions', models.CharField(blank=True, max_length=200)),
                ('repondu_le', models.DateTimeField(blank=True, null=True)),
                ('manque_le', models.DateTimeField(blank=True, help_text='noté sans réponse sur le territoire', null=True)),
                ('rouvert_le', models.DateTimeField(blank=True, help_text="la réponse n'était pas la bonne", null=True)),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('besoin', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='suite', to='accueil.besoin')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('repondu_le', None), ('reponse', '')), models.Q(models.Q(('reponse', ''), _negated=True), ('repondu_le__isnull', False)), _connector='OR'), name='suite_du_besoin_dite'),
                    models.CheckConstraint(condition=models.Q(models.Q(('reponse', ''), _negated=True), ('manque_le__isnull', False), ('rouvert_le__isnull', False), _connector='OR'), name='suite_du_besoin_ou_manque'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Vignette',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic n'en écrit qu'une")),
                ('texte', models.CharField(max_length=2000)),
                ('question', models.CharField(help_text="ce que l'on demande à l'instance", max_length=300)),
                ('avertissements', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, help_text="relus et gardés par l'auteur (codes)", size=None)),
                ('ecrite_le', models.DateTimeField()),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='vignette_demande'),
                    models.CheckConstraint(condition=models.Q(models.Q(('texte', ''), _negated=True), models.Q(('question', ''), _negated=True)), name='vignette_ecrite'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField()),
                ('debut', models.DateField()),
                ('fin', models.DateField()),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
                ('posee_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('remplacant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remplacements', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='absence_demande'),
                    models.CheckConstraint(condition=models.Q(('fin__gte', models.F('debut'))), name='absence_dates'),
                    models.CheckConstraint(condition=models.Q(('compte', models.F('remplacant')), _negated=True), name='absence_par_un_autre'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DemandeDeConseil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic ne demande qu'une fois")),
                ('texte', models.CharField(max_length=2000)),
                ('posee_le', models.DateTimeField()),
                ('reponse', models.CharField(blank=True, max_length=2000)),
                ('repondue_le', models.DateTimeField(blank=True, null=True)),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('repondue_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='conseil_demande'),
                    models.CheckConstraint(condition=models.Q(('texte', ''), _negated=True), name='conseil_demande_ecrite'),
                    models.CheckConstraint(condition=models.Q(models.Q(('repondue_le', None), ('repondue_par', None), ('reponse', '')), models.Q(models.Q(('reponse', ''), _negated=True), ('repondue_le__isnull', False), ('repondue_par__isnull', False)), _connector='OR'), name='conseil_reponse_signee'),
                ],
            },
        ),
        *[cloisonner(f'entretien_{table}', taches_qui_ecrivent=('conservation',)) for table in CONFIDENTIELLES],
    ]
