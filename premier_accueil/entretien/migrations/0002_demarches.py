"""Démarches and domiciliations, walled in."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from premier_accueil.socle.cloison import cloisonner

CONFIDENTIELLES = ('demarche', 'gestededemarche', 'domiciliation', 'contactdedomiciliation', 'absenceexpliquee')


class Migration(migrations.Migration):

    dependencies = [
        ('accueil', '0005_pieces'),
        ('acteurs', '0003_identite'),
        ('entretien', '0001_initial'),
        ('personnes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        ),
        migrations.AddIndex(
            model_name='demarche',
            index=models.Index(fields=['structure', 'echeance'], name='demarche_echeance'),
        ),
        migrations.AddIndex(
            model_name='demarche',
            index=models.Index(fields=['structure', '-modifiee_le'], name='demarche_recente'),
        ),
        migrations.AddConstraint(
            model_name='demarche',
            constraint=models.UniqueConstraint(fields=('structure', 'demande_id'), name='demarche_demande'),
        ),
        migrations.AddConstraint(
            model_name='demarche',
            constraint=models.CheckConstraint(condition=models.Q(('etat__in', ['A_DEPOSER', 'CLOSE']), models.Q(('deposee_le__isnull', False), ('recue_le__isnull', False)), _connector='OR'), name='demarche_deposee_un_jour'),
        ),
        migrations.AddConstraint(
            model_name='demarche',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('etat__in', ['DECIDEE', 'SILENCE']), _negated=True), models.Q(models.Q(('decision', ''), _negated=True), ('decidee_le__isnull', False)), _connector='OR'), name='demarche_decision_datee'),
        ),
        migrations.AddConstraint(
            model_name='demarche',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('etat', 'CLOSE'), _negated=True), models.Q(('cloture', ''), _negated=True), _connector='OR'), name='demarche_close_par_quelqu_un'),
        ),
        migrations.AddConstraint(
            model_name='demarche',
            constraint=models.CheckConstraint(condition=models.Q(('pieces_demandees_le', None), ('pieces_pour_le__gte', models.F('pieces_demandees_le')), _connector='OR'), name='demarche_delai_des_pieces'),
        ),
        migrations.AddConstraint(
            model_name='demarche',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('echeance', None), ('echeance_genre', '')), models.Q(('echeance__isnull', False), models.Q(('echeance_genre', ''), _negated=True)), _connector='OR'), name='demarche_echeance_dite'),
        ),
        migrations.AddIndex(
            model_name='domiciliation',
            index=models.Index(fields=['structure', 'etat', 'fin'], name='domiciliation_etat'),
        ),
        migrations.AddConstraint(
            model_name='domiciliation',
            constraint=models.UniqueConstraint(fields=('structure', 'demande_id'), name='domiciliation_demande'),
        ),
        migrations.AddConstraint(
            model_name='domiciliation',
            constraint=models.CheckConstraint(condition=models.Q(('etat__in', ['DEMANDEE', 'SANS_SUITE']), ('entretien_le__isnull', False), _connector='OR'), name='domiciliation_apres_entretien'),
        ),
        migrations.AddConstraint(
            model_name='domiciliation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('etat', 'ACCORDEE'), _negated=True), models.Q(('debut__isnull', False), ('fin__gt', models.F('debut'))), _connector='OR'), name='domiciliation_accordee_datee'),
        ),
        migrations.AddConstraint(
            model_name='domiciliation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('etat__in', ['REFUSEE', 'RADIEE']), _negated=True), models.Q(models.Q(('motif', ''), _negated=True), models.Q(('decision_ecrite', ''), _negated=True), ('decidee_le__isnull', False), ('decidee_par__isnull', False)), _connector='OR'), name='domiciliation_finie_par_quelqu_un'),
        ),
        migrations.AddConstraint(
            model_name='domiciliation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('etat', 'REFUSEE'), _negated=True), models.Q(('orientee_vers', ''), _negated=True), _connector='OR'), name='domiciliation_refusee_donc_orientee'),
        ),
        migrations.AddIndex(
            model_name='contactdedomiciliation',
            index=models.Index(fields=['domiciliation', '-jour'], name='contact_de_domiciliation'),
        ),
        migrations.AddConstraint(
            model_name='contactdedomiciliation',
            constraint=models.UniqueConstraint(fields=('structure', 'demande_id'), name='contact_de_domiciliation_demande'),
        ),
        migrations.AddConstraint(
            model_name='absenceexpliquee',
            constraint=models.UniqueConstraint(fields=('structure', 'demande_id'), name='absence_expliquee_demande'),
        ),
        migrations.AddConstraint(
            model_name='absenceexpliquee',
            constraint=models.CheckConstraint(condition=models.Q(('au', None), ('au__gte', models.F('du')), _connector='OR'), name='absence_expliquee_dates'),
        ),
        migrations.AddConstraint(
            model_name='gestededemarche',
            constraint=models.UniqueConstraint(fields=('structure', 'demande_id'), name='geste_de_demarche_demande'),
        ),
        *[cloisonner(f'entretien_{table}', taches_qui_ecrivent=('conservation',)) for table in CONFIDENTIELLES],
    ]
