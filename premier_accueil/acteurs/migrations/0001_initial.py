"""The tables of this room."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import premier_accueil.socle.index


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('socle', '0001_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Compte',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('identifiant', models.CharField(max_length=150, unique=True)),
                ('nom', models.CharField(max_length=120)),
                ('is_active', models.BooleanField(default=True, verbose_name='actif')),
                ('exemple', models.BooleanField(default=False, help_text='compte de démonstration, ouvert en un clic en démonstration seulement')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Organisme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nom', models.CharField(max_length=200)),
                ('siren', models.CharField(blank=True, max_length=9)),
                ('departement', models.CharField(blank=True, max_length=3)),
            ],
        ),
        migrations.CreateModel(
            name='Structure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(help_text='producteur de la donnée', max_length=60)),
                ('source_id', models.CharField(help_text='identifiant chez le producteur', max_length=160)),
                ('nom', models.CharField(max_length=200)),
                ('cle', models.CharField(help_text='nom sans accent, pour chercher et trier', max_length=200)),
                ('genre', models.CharField(choices=[('EDS', 'Espace départemental des solidarités'), ('CCAS', 'CCAS'), ('CIAS', 'CIAS'), ('MAIRIE', 'Mairie'), ('FRANCE_SERVICES', 'France services'), ('ASSOCIATION', 'Association'), ('CAF', 'CAF'), ('CPAM', 'CPAM'), ('FRANCE_TRAVAIL', 'France Travail'), ('MISSION_LOCALE', 'Mission locale'), ('MDPH', 'MDPH'), ('POINT_CONSEIL_BUDGET', 'Point conseil budget'), ('CENTRE_SOCIAL', 'Centre social'), ('BAILLEUR', 'Bailleur social'), ('SANTE', 'Santé'), ('JUSTICE', 'Justice et droit'), ('AUTRE', 'Autre')], default='AUTRE', max_length=20)),
                ('cercle', models.PositiveSmallIntegerField(default=2)),
                ('siret', models.CharField(blank=True, max_length=14)),
                ('departement', models.CharField(blank=True, max_length=3)),
                ('description', models.TextField(blank=True)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('courriel', models.EmailField(blank=True, max_length=254)),
                ('site_web', models.CharField(blank=True, max_length=500)),
                ('reseaux', models.JSONField(default=list)),
                ('horaires', models.CharField(blank=True, help_text='syntaxe OpenStreetMap opening_hours', max_length=500)),
                ('assure_premier_accueil', models.BooleanField(default=False)),
                ('exemple', models.BooleanField(default=False, help_text='fictive, pour la démonstration')),
                ('date_maj', models.DateField(blank=True, null=True)),
                ('organisme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='structures', to='acteurs.organisme')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['departement', 'cle'], name='structure_departement'),
                    models.Index(premier_accueil.socle.index.Identifiant('source', 'source_id', genre='structure'), name='structure_identifiant'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('source', 'source_id'), name='structure_source'),
                    models.CheckConstraint(condition=models.Q(('cercle__in', [1, 2])), name='structure_cercle'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Mission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fonction', models.CharField(choices=[('ACCUEIL', "Agent d'accueil"), ('TRAVAIL_SOCIAL', 'Travailleur social'), ('REFERENT_METIER', 'Référent métier'), ('ENCADREMENT', 'Encadrement'), ('COORDINATION', 'Coordination du département'), ('PARTENAIRE', 'Partenaire'), ('ELU', 'Élu'), ('BENEVOLE', 'Bénévole'), ('DPO', 'Délégué à la protection des données'), ('ADMINISTRATION', 'Administration de la structure')], max_length=20)),
                ('profession', models.CharField(choices=[('ASSISTANT_SOCIAL', 'Assistant de service social'), ('CESF', 'Conseiller en économie sociale familiale'), ('EDUCATEUR', 'Éducateur'), ('AGENT_PUBLIC', 'Agent public'), ('MEMBRE_DU_CCAS', 'Membre ou agent du CCAS chargé des admissions'), ('SANTE', 'Professionnel de santé'), ('STAGIAIRE', 'Stagiaire'), ('AUTRE', 'Autre')], default='AUTRE', max_length=20)),
                ('statut_de_secret', models.CharField(choices=[('SECRET_PROFESSIONNEL', 'Tenu au secret professionnel'), ('DISCRETION', 'Tenu à la discrétion professionnelle'), ('AUCUN', 'Non tenu au secret')], default='AUCUN', max_length=20)),
                ('texte', models.CharField(blank=True, help_text='code du texte cité (donnees/secret.yaml)', max_length=20)),
                ('debut', models.DateField()),
                ('fin', models.DateField(blank=True, null=True)),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='missions', to=settings.AUTH_USER_MODEL)),
                ('posee_par', models.ForeignKey(blank=True, help_text="vide : posée à l'installation", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='missions_posees', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='missions', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('compte', 'structure', 'fonction', 'debut'), name='mission_unique'),
                    models.CheckConstraint(condition=models.Q(('fin', None), ('fin__gte', models.F('debut')), _connector='OR'), name='mission_dates'),
                    models.CheckConstraint(condition=models.Q(('posee_par', None), models.Q(('posee_par', models.F('compte')), _negated=True), _connector='OR'), name='mission_jamais_par_soi'),
                    models.CheckConstraint(condition=models.Q(models.Q(('statut_de_secret', 'AUCUN'), ('texte', '')), models.Q(models.Q(('statut_de_secret', 'AUCUN'), _negated=True), models.Q(('texte', ''), _negated=True)), _connector='OR'), name='mission_secret_cite'),
                    models.CheckConstraint(condition=models.Q(('fin__isnull', False), models.Q(models.Q(('fonction__in', ['BENEVOLE', 'ELU']), _negated=True), models.Q(('profession', 'STAGIAIRE'), _negated=True)), _connector='OR'), name='mission_qui_finit'),
                ],
            },
        ),
        migrations.CreateModel(
            name='JetonDApi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nom', models.CharField(help_text="le logiciel qui s'en sert", max_length=80)),
                ('condense', models.CharField(max_length=64, unique=True)),
                ('cree_le', models.DateTimeField()),
                ('expire_le', models.DateTimeField()),
                ('servi_le', models.DateTimeField(blank=True, help_text="dernier jour d'usage", null=True)),
                ('revoque_le', models.DateTimeField(blank=True, null=True)),
                ('cree_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='jetons', to='acteurs.mission')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jetons', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('expire_le__gt', models.F('cree_le'))), name='jeton_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debut', models.DateField()),
                ('fin', models.DateField(blank=True, null=True)),
                ('texte', models.CharField(help_text='charte ou convention signée, avec sa version', max_length=120)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'debut'), name='engagement_unique'),
                    models.CheckConstraint(condition=models.Q(('fin', None), ('fin__gte', models.F('debut')), _connector='OR'), name='engagement_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Identite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('emetteur', models.CharField(help_text="« iss » du fournisseur d'identité", max_length=255)),
                ('sujet', models.CharField(help_text='« sub » du compte chez lui', max_length=255)),
                ('liee_le', models.DateTimeField()),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identites', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('emetteur', 'sujet'), name='identite_sujet'),
                    models.UniqueConstraint(fields=('emetteur', 'compte'), name='identite_compte'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Convention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debut', models.DateField()),
                ('fin', models.DateField(blank=True, null=True)),
                ('elements', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, help_text="éléments cochés d'avance, jamais plus", size=None)),
                ('delai_jours', models.PositiveSmallIntegerField(blank=True, help_text='délai de réponse convenu', null=True)),
                ('audits', models.BooleanField(default=False, help_text='les audits sont permis')),
                ('escalade', models.EmailField(blank=True, help_text='qui prévenir, sans nom, quand un relais reste sans réponse', max_length=254)),
                ('avec', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conventions_recues', to='acteurs.organisme')),
                ('organisme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conventions', to='acteurs.organisme')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('organisme', models.F('avec')), _negated=True), name='convention_entre_deux'),
                    models.CheckConstraint(condition=models.Q(('fin', None), ('fin__gte', models.F('debut')), _connector='OR'), name='convention_dates'),
                    models.UniqueConstraint(fields=('organisme', 'avec', 'debut'), name='convention_unique'),
                ],
            },
        ),
    ]
