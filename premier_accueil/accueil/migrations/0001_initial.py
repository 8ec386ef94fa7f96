"""The tables of this room."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import premier_accueil.accueil.regles.file
import premier_accueil.accueil.regles.guichet
import premier_accueil.accueil.regles.reglage


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('acteurs', '0001_initial'),
        ('annuaire', '0001_initial'),
        ('personnes', '0001_initial'),
        ('territoire', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('acteurs', '0004_jetons'),
        ('annuaire', '0003_edition'),
    ]

    operations = [
        migrations.CreateModel(
            name='EcranDAttente',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jeton', models.CharField(max_length=43, unique=True)),
                ('site', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='ecran', to='annuaire.site')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ecrans', to='acteurs.structure')),
            ],
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic n'enregistre qu'un passage")),
                ('canal', models.CharField(choices=[(premier_accueil.accueil.regles.guichet.Canal['GUICHET'], 'Au guichet'), (premier_accueil.accueil.regles.guichet.Canal['TELEPHONE'], 'Par téléphone'), (premier_accueil.accueil.regles.guichet.Canal['NUMERIQUE'], 'Par message'), (premier_accueil.accueil.regles.guichet.Canal['DOMICILE'], 'À domicile'), (premier_accueil.accueil.regles.guichet.Canal['HORS_LES_MURS'], 'Hors les murs'), (premier_accueil.accueil.regles.guichet.Canal['BUS'], 'Arrêt du bus')], max_length=14)),
                ('concerne', models.CharField(choices=[(premier_accueil.accueil.regles.guichet.Concerne['SOI'], 'Pour elle-même'), (premier_accueil.accueil.regles.guichet.Concerne['ENFANT'], 'Pour son enfant'), (premier_accueil.accueil.regles.guichet.Concerne['PROCHE'], 'Pour un proche'), (premier_accueil.accueil.regles.guichet.Concerne['AUTRE'], "Pour quelqu'un d'autre")], default='SOI', max_length=8)),
                ('deplacement', models.CharField(default='voiture', help_text='comment la personne se déplace', max_length=10)),
                ('nom', models.CharField(blank=True, max_length=120)),
                ('sur_rendez_vous', models.BooleanField(default=False)),
                ('mots', models.TextField(blank=True, help_text='ce que dit la personne, avec ses mots')),
                ('arrive_le', models.DateTimeField()),
                ('clos_le', models.DateTimeField(blank=True, null=True)),
                ('annule_le', models.DateTimeField(blank=True, null=True)),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to=settings.AUTH_USER_MODEL)),
                ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='passages', to='territoire.commune')),
                ('personne', models.ForeignKey(blank=True, help_text='à sa demande seulement', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='personnes.personne')),
                ('retour_de', models.ForeignKey(blank=True, help_text='passage dont la personne a montré la feuille', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='retours', to='accueil.passage')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='annuaire.site')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'arrive_le'], name='passage_structure_arrivee'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='passage_demande'),
                    models.CheckConstraint(condition=models.Q(('clos_le', None), ('clos_le__gte', models.F('arrive_le')), _connector='OR'), name='passage_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Orientation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nom_service', models.CharField(max_length=200)),
                ('raisons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, size=None)),
                ('rang', models.PositiveSmallIntegerField(default=0)),
                ('service', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='orientations', to='annuaire.service')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orientations', to='acteurs.structure')),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='orientations', to='accueil.passage')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('passage', 'service'), name='orientation_une_fois'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FeuilleDeRoute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('code', models.CharField(help_text='imprimé sur la feuille, jamais dans le lien', max_length=8)),
                ('contenu', models.JSONField(help_text="feuille figée, telle qu'imprimée")),
                ('creee_le', models.DateTimeField()),
                ('expire_le', models.DateTimeField()),
                ('essais_rates', models.PositiveSmallIntegerField(default=0)),
                ('sms_le', models.DateTimeField(blank=True, help_text="dernier envoi par SMS ; le numéro n'est pas gardé", null=True)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feuilles_de_route', to='acteurs.structure')),
                ('passage', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feuille_de_route', to='accueil.passage')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('expire_le__gt', models.F('creee_le'))), name='feuille_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BulletinDePieces',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic ne fait qu'un bulletin")),
                ('procedure', models.CharField(help_text='code de donnees/pieces.yaml', max_length=30)),
                ('libelle', models.CharField(help_text='tel que dit ce jour-là ; jamais imprimé', max_length=120)),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('code', models.CharField(help_text='imprimé sur le bulletin, jamais dans le lien', max_length=8)),
                ('echeance', models.DateField()),
                ('cree_le', models.DateTimeField()),
                ('expire_le', models.DateTimeField()),
                ('essais_rates', models.PositiveSmallIntegerField(default=0)),
                ('revenue_le', models.DateTimeField(blank=True, help_text='dernier retour, même avec un seul papier', null=True)),
                ('complet_le', models.DateTimeField(blank=True, null=True)),
                ('sms_le', models.DateTimeField(blank=True, help_text="dernier envoi par SMS ; le numéro n'est pas gardé", null=True)),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulletins', to=settings.AUTH_USER_MODEL)),
                ('retour', models.ForeignKey(help_text='où la personne veut revenir', on_delete=django.db.models.deletion.PROTECT, related_name='retours_attendus', to='annuaire.site')),
                ('site', models.ForeignKey(help_text='où il a été fait', on_delete=django.db.models.deletion.PROTECT, related_name='bulletins', to='annuaire.site')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulletins', to='acteurs.structure')),
                ('passage', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bulletins', to='accueil.passage')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('complet_le', None)), fields=['structure', 'echeance'], name='bulletin_attendus'),
                    models.Index(fields=['structure', 'cree_le'], name='bulletin_recents'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='bulletin_demande'),
                    models.CheckConstraint(condition=models.Q(('expire_le__gt', models.F('cree_le'))), name='bulletin_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Besoin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thematique', models.CharField(blank=True, help_text='vide : besoin non reconnu, gardé avec ses mots', max_length=120)),
                ('etat', models.CharField(choices=[('OUVERT', 'ouvert'), ('REPONDU', 'répondu')], default='OUVERT', max_length=8)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='besoins', to='acteurs.structure')),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='besoins', to='accueil.passage')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('passage', 'thematique'), name='besoin_une_fois'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Attente',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(blank=True, help_text='tiré par la page : un double clic, un ticket', null=True)),
                ('jour', models.DateField()),
                ('numero', models.PositiveSmallIntegerField()),
                ('prenom', models.CharField(blank=True, help_text="montré à l'écran si la personne le préfère au numéro", max_length=40)),
                ('etape', models.CharField(choices=[(premier_accueil.accueil.regles.file.Etape['ACCUEIL'], 'Accueil'), (premier_accueil.accueil.regles.file.Etape['TRAVAIL_SOCIAL'], 'Travailleur social')], max_length=14)),
                ('etat', models.CharField(choices=[(premier_accueil.accueil.regles.file.EtatDAttente['EN_ATTENTE'], 'en attente'), (premier_accueil.accueil.regles.file.EtatDAttente['APPELE'], 'appelé'), (premier_accueil.accueil.regles.file.EtatDAttente['TERMINE'], 'reçu'), (premier_accueil.accueil.regles.file.EtatDAttente['PARTI'], 'parti sans être reçu'), (premier_accueil.accueil.regles.file.EtatDAttente['PASSE'], 'passé à un autre organisme'), (premier_accueil.accueil.regles.file.EtatDAttente['REPORTE'], 'rendez-vous donné'), (premier_accueil.accueil.regles.file.EtatDAttente['FERME'], 'non reçu à la fermeture')], default=premier_accueil.accueil.regles.file.EtatDAttente['EN_ATTENTE'], max_length=10)),
                ('prioritaire', models.BooleanField(default=False)),
                ('priorite', models.CharField(blank=True, help_text='code de motif (donnees/accueil.yaml)', max_length=20)),
                ('priorite_mots', models.CharField(blank=True, help_text="vus des collègues, jamais à l'écran", max_length=120)),
                ('arrive_le', models.DateTimeField()),
                ('rendez_vous_le', models.DateTimeField(blank=True, help_text='heure convenue, si elle a rendez-vous', null=True)),
                ('appele_le', models.DateTimeField(blank=True, help_text="premier appel : début de l'étape", null=True)),
                ('rappels', models.PositiveSmallIntegerField(default=0)),
                ('rappele_le', models.DateTimeField(blank=True, null=True)),
                ('bureau', models.CharField(blank=True, max_length=40)),
                ('fini_le', models.DateTimeField(blank=True, help_text='vide une fois fini : fin non mesurée', null=True)),
                ('appele_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appels', to=settings.AUTH_USER_MODEL)),
                ('passee_a', models.ForeignKey(blank=True, help_text='organisme présent au même lieu, qui a reçu le numéro', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets_passes', to='acteurs.structure')),
                ('passee_par', models.ForeignKey(blank=True, help_text="organisme qui a passé ce numéro, et rien d'autre", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets_confies', to='acteurs.structure')),
                ('pour', models.ForeignKey(blank=True, help_text='avec qui elle a rendez-vous', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendus', to=settings.AUTH_USER_MODEL)),
                ('priorite_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='priorites_donnees', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attentes', to='annuaire.site')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attentes', to='acteurs.structure')),
                ('suite_de', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='suites', to='accueil.attente')),
                ('passage', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attentes', to='accueil.passage')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['site', 'jour', 'etape', 'etat', 'numero'], name='attente_file'),
                    models.Index(condition=models.Q(('etat__in', ['EN_ATTENTE', 'APPELE'])), fields=['site', 'jour'], name='attente_ouvertes'),
                    models.Index(fields=['structure', 'jour', 'site'], name='attente_mesures'),
                    models.Index(condition=models.Q(('etat', 'EN_ATTENTE')), fields=['site', 'jour', 'etape', 'arrive_le', 'numero', 'id'], name='attente_a_appeler'),
                    models.Index(condition=models.Q(('etat', 'EN_ATTENTE'), ('prioritaire', True)), fields=['site', 'jour', 'etape'], name='attente_a_appeler_avant'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('passee_par', None), ('suite_de', None)), fields=('site', 'jour', 'numero'), name='attente_numero'),
                    models.UniqueConstraint(condition=models.Q(('etat__in', ['EN_ATTENTE', 'APPELE'])), fields=('structure', 'site', 'jour', 'numero'), name='attente_un_seul_endroit'),
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='attente_demande'),
                    models.UniqueConstraint(condition=models.Q(('etat__in', ['EN_ATTENTE', 'APPELE'])), fields=('passage', 'etape'), name='attente_une_par_passage'),
                    models.CheckConstraint(condition=models.Q(models.Q(('etat__in', ['APPELE', 'TERMINE']), _negated=True), models.Q(('appele_le__isnull', False), ('appele_par__isnull', False)), _connector='OR'), name='attente_appelee_par'),
                    models.CheckConstraint(condition=models.Q(('prioritaire', False), models.Q(models.Q(('priorite', ''), _negated=True), models.Q(('priorite_mots', ''), _negated=True)), _connector='OR'), name='attente_priorite_ecrite'),
                    models.CheckConstraint(condition=models.Q(('passee_par', None), models.Q(('prenom', ''), ('suite_de', None)), _connector='OR'), name='attente_passee_un_numero_seul'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PieceManquante',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rang', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=30)),
                ('libelle', models.CharField(max_length=120)),
                ('sur_le_bulletin', models.CharField(help_text='mots neutres, imprimés', max_length=60)),
                ('texte', models.CharField(help_text="ce qui l'exige (CRPA, L.114-5)", max_length=250)),
                ('a_defaut', models.CharField(blank=True, max_length=200)),
                ('indispensable', models.BooleanField(default=False, help_text="sans elle l'examen attend (CRPA, L.114-5-1)")),
                ('vue_le', models.DateTimeField(blank=True, help_text="montrée ; aucune copie n'est gardée", null=True)),
                ('bulletin', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='accueil.bulletindepieces')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='acteurs.structure')),
                ('vue_a', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pieces_vues', to='annuaire.site')),
                ('vue_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pieces_vues', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('bulletin', 'code'), name='piece_une_fois'),
                    models.CheckConstraint(condition=models.Q(models.Q(('vue_a', None), ('vue_le', None), ('vue_par', None)), models.Q(('vue_a__isnull', False), ('vue_le__isnull', False), ('vue_par__isnull', False)), _connector='OR'), name='piece_vue_par_quelqu_un'),
                    models.CheckConstraint(condition=models.Q(('texte', ''), _negated=True), name='piece_exigee_par_un_texte'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PremiereReponse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nature', models.CharField(choices=[(premier_accueil.accueil.regles.guichet.Nature['INFORMATION'], 'Information'), (premier_accueil.accueil.regles.guichet.Nature['CONSEIL'], 'Conseil'), (premier_accueil.accueil.regles.guichet.Nature['ORIENTATION'], 'Orientation'), (premier_accueil.accueil.regles.guichet.Nature['AIDE_IMMEDIATE'], 'Aide immédiate'), (premier_accueil.accueil.regles.guichet.Nature['OUVERTURE_DE_DROIT'], 'Ouverture de droit'), (premier_accueil.accueil.regles.guichet.Nature['DEMARCHE_ENSEMBLE'], 'Démarche faite ensemble'), (premier_accueil.accueil.regles.guichet.Nature['TRAVAILLEUR_SOCIAL'], 'Passer au travailleur social')], max_length=20)),
                ('donnee_le', models.DateTimeField()),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='premieres_reponses', to=settings.AUTH_USER_MODEL)),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reponses', to='accueil.passage')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='premieres_reponses', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('passage', 'nature'), name='reponse_une_fois'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReglageDAccueil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[(premier_accueil.accueil.regles.reglage.ModeDAccueil['RECEPTION_PUIS_TRAVAILLEUR_SOCIAL'], "L'accueil reçoit, puis le travailleur social si besoin"), (premier_accueil.accueil.regles.reglage.ModeDAccueil['UNE_PERSONNE'], 'Une seule personne reçoit'), (premier_accueil.accueil.regles.reglage.ModeDAccueil['TRAVAILLEUR_SOCIAL_D_ABORD'], "Le travailleur social reçoit d'abord")], default=premier_accueil.accueil.regles.reglage.ModeDAccueil['RECEPTION_PUIS_TRAVAILLEUR_SOCIAL'], help_text='comment travaille le binôme', max_length=40)),
                ('sans_rendez_vous', models.BooleanField(default=True)),
                ('sur_rendez_vous', models.BooleanField(default=True)),
                ('file_sur_rendez_vous', models.BooleanField(default=True, help_text="qui vient à l'heure convenue prend place dans la file ; sinon la venue seule est notée")),
                ('priorites', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, help_text='motifs admis (donnees/accueil.yaml)', size=None)),
                ('son', models.BooleanField(default=False, help_text="l'écran de la salle propose un son")),
                ('message_de_fermeture', models.CharField(blank=True, max_length=200)),
                ('version', models.PositiveIntegerField(default=1)),
                ('modifie_le', models.DateTimeField()),
                ('modifie_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reglages_d_accueil', to=settings.AUTH_USER_MODEL)),
                ('structure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reglage_d_accueil', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('sans_rendez_vous', True), ('sur_rendez_vous', True), _connector='OR'), name='reglage_on_recoit_quelqu_un'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CompteurDeTickets',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jour', models.DateField()),
                ('dernier', models.PositiveSmallIntegerField()),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='compteurs', to='annuaire.site')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('site', 'jour'), name='compteur_un_par_jour'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FermetureDeFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jour', models.DateField()),
                ('fermee_le', models.DateTimeField()),
                ('rouverte_le', models.DateTimeField(blank=True, null=True)),
                ('fermee_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fermetures_de_file', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fermetures_de_file', to='annuaire.site')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fermetures_de_file', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'site', 'jour'), name='fermeture_de_file_une'),
                    models.CheckConstraint(condition=models.Q(('rouverte_le', None), ('rouverte_le__gte', models.F('fermee_le')), _connector='OR'), name='fermeture_de_file_dates'),
                ],
            },
        ),
    ]
