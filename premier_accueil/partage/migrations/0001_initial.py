"""The tables of this room."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import premier_accueil.partage.regles.conservation


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('acteurs', '0001_initial'),
        ('personnes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('socle', '0003_journal'),
    ]

    operations = [
        migrations.CreateModel(
            name='Accord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic ne demande qu'une fois")),
                ('but', models.CharField(max_length=30)),
                ('base', models.CharField(default='ACCORD', max_length=30)),
                ('fonction', models.CharField(choices=[('ACCUEIL', "Agent d'accueil"), ('TRAVAIL_SOCIAL', 'Travailleur social'), ('REFERENT_METIER', 'Référent métier'), ('ENCADREMENT', 'Encadrement'), ('COORDINATION', 'Coordination du département'), ('PARTENAIRE', 'Partenaire'), ('ELU', 'Élu'), ('BENEVOLE', 'Bénévole'), ('DPO', 'Délégué à la protection des données'), ('ADMINISTRATION', 'Administration de la structure')], max_length=20)),
                ('elements', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None)),
                ('debut', models.DateTimeField()),
                ('fin', models.DateTimeField()),
                ('obtention', models.CharField(max_length=20)),
                ('presents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), help_text='qui était là', size=None)),
                ('demande_a_la_personne', models.BooleanField()),
                ('suivie_ensemble', models.BooleanField(help_text="elle dit qu'elle y est reçue, ou y est attendue")),
                ('cree_le', models.DateTimeField()),
                ('retire_le', models.DateTimeField(blank=True, null=True)),
                ('destinataire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accords_recus', to='acteurs.structure')),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accords', to='personnes.personne')),
                ('recueilli_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('retire_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accords', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'personne', 'cree_le'], name='accord_personne'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='accord_demande'),
                    models.CheckConstraint(condition=models.Q(('fin__gt', models.F('debut'))), name='accord_dates'),
                    models.CheckConstraint(condition=models.Q(('demande_a_la_personne', True)), name='accord_de_la_personne'),
                    models.CheckConstraint(condition=models.Q(('destinataire', models.F('structure')), _negated=True), name='accord_vers_une_autre'),
                    models.CheckConstraint(condition=models.Q(('presents__len__gt', 0)), name='accord_presents_dits'),
                    models.CheckConstraint(condition=models.Q(('presents__contains', ['ENFANT']), _negated=True), name='accord_sans_enfant_qui_traduit'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Attestation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic n'atteste qu'une fois")),
                ('base', models.CharField(max_length=30)),
                ('but', models.CharField(max_length=30)),
                ('fonction', models.CharField(choices=[('ACCUEIL', "Agent d'accueil"), ('TRAVAIL_SOCIAL', 'Travailleur social'), ('REFERENT_METIER', 'Référent métier'), ('ENCADREMENT', 'Encadrement'), ('COORDINATION', 'Coordination du département'), ('PARTENAIRE', 'Partenaire'), ('ELU', 'Élu'), ('BENEVOLE', 'Bénévole'), ('DPO', 'Délégué à la protection des données'), ('ADMINISTRATION', 'Administration de la structure')], max_length=20)),
                ('conditions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None)),
                ('raison', models.CharField(help_text='code de la table, ou une phrase', max_length=500)),
                ('informee_le', models.DateTimeField(blank=True, help_text="quand on l'a dit à la personne", null=True)),
                ('pas_informee', models.CharField(blank=True, help_text='pourquoi pas encore : code de la table', max_length=30)),
                ('cree_le', models.DateTimeField()),
                ('accord', models.OneToOneField(blank=True, help_text="vide : le texte ne demande pas l'accord", null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attestation', to='partage.accord')),
                ('attestee_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('destinataire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attestations', to='personnes.personne')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='attestation_demande'),
                    models.CheckConstraint(condition=models.Q(('conditions__len__gt', 0)), name='attestation_conditions'),
                    models.CheckConstraint(condition=models.Q(('raison', ''), _negated=True), name='attestation_raison'),
                    models.CheckConstraint(condition=models.Q(('informee_le__isnull', False), models.Q(('pas_informee', ''), _negated=True), _connector='OR'), name='attestation_personne_informee'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CodeDAccord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="l'accord que ce code peut donner, et lui seul")),
                ('portee', models.CharField(help_text='empreinte de ce qui a été lu à la personne', max_length=64)),
                ('condense', models.CharField(max_length=64)),
                ('cree_le', models.DateTimeField()),
                ('expire_le', models.DateTimeField()),
                ('essais', models.PositiveSmallIntegerField(default=0)),
                ('confirme_le', models.DateTimeField(blank=True, null=True)),
                ('consomme_le', models.DateTimeField(blank=True, null=True)),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes_d_accord', to='personnes.personne')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'demande_id', 'cree_le'], name='code_demande'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('expire_le__gt', models.F('cree_le'))), name='code_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Communication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fonction', models.CharField(choices=[('ACCUEIL', "Agent d'accueil"), ('TRAVAIL_SOCIAL', 'Travailleur social'), ('REFERENT_METIER', 'Référent métier'), ('ENCADREMENT', 'Encadrement'), ('COORDINATION', 'Coordination du département'), ('PARTENAIRE', 'Partenaire'), ('ELU', 'Élu'), ('BENEVOLE', 'Bénévole'), ('DPO', 'Délégué à la protection des données'), ('ADMINISTRATION', 'Administration de la structure')], max_length=20)),
                ('but', models.CharField(max_length=30)),
                ('base', models.CharField(max_length=30)),
                ('envoyee_le', models.DateTimeField()),
                ('fin', models.DateTimeField()),
                ('lue_le', models.DateTimeField(blank=True, help_text='première lecture par le destinataire', null=True)),
                ('fermee_le', models.DateTimeField(blank=True, help_text='la personne a retiré son accord', null=True)),
                ('accord', models.OneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='communication', to='partage.accord')),
                ('attestation', models.OneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='communication', to='partage.attestation')),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('expediteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='communications_envoyees', to='acteurs.structure')),
                ('lue_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='communications_recues', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'envoyee_le'], name='communication_recue'),
                    models.Index(fields=['expediteur', 'envoyee_le'], name='communication_envoyee'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('structure', models.F('expediteur')), _negated=True), name='communication_entre_deux_structures'),
                    models.CheckConstraint(condition=models.Q(('fin__gt', models.F('envoyee_le'))), name='communication_dates'),
                    models.CheckConstraint(condition=models.Q(('accord__isnull', True), ('attestation__isnull', True), _connector='XOR'), name='communication_fondee'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DemandeDeDroit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic n'enregistre qu'une demande")),
                ('genre', models.CharField(choices=[(premier_accueil.partage.regles.conservation.GenreDeDroit['ACCES'], 'Lire tout ce qui est gardé'), (premier_accueil.partage.regles.conservation.GenreDeDroit['RECTIFICATION'], 'Faire corriger'), (premier_accueil.partage.regles.conservation.GenreDeDroit['OPPOSITION'], "S'opposer à ce qu'on communique"), (premier_accueil.partage.regles.conservation.GenreDeDroit['EFFACEMENT'], 'Faire effacer')], max_length=15)),
                ('precisions', models.TextField(blank=True)),
                ('recue_le', models.DateTimeField()),
                ('echeance', models.DateTimeField()),
                ('repondue_le', models.DateTimeField(blank=True, null=True)),
                ('reponse', models.TextField(blank=True)),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='demandes_de_droit', to='personnes.personne')),
                ('recue_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('repondue_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='demandes_de_droit', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='demande_de_droit_une_fois'),
                    models.CheckConstraint(condition=models.Q(('echeance__gt', models.F('recue_le'))), name='demande_de_droit_echeance'),
                    models.CheckConstraint(condition=models.Q(('repondue_le', None), models.Q(('reponse', ''), _negated=True), _connector='OR'), name='demande_de_droit_reponse_dite'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Destruction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('etat', models.CharField(choices=[(premier_accueil.partage.regles.conservation.EtatDeDestruction['PROPOSEE'], 'proposée'), (premier_accueil.partage.regles.conservation.EtatDeDestruction['VISEE'], 'visée'), (premier_accueil.partage.regles.conservation.EtatDeDestruction['REFUSEE'], 'refusée'), (premier_accueil.partage.regles.conservation.EtatDeDestruction['FAITE'], 'faite')], default=premier_accueil.partage.regles.conservation.EtatDeDestruction['PROPOSEE'], max_length=10)),
                ('limite', models.DateTimeField(help_text='dernier contact avant ce moment')),
                ('personnes', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text='vidée par la destruction', size=None)),
                ('comptes', models.JSONField(default=dict, help_text='lignes par table, avant puis après')),
                ('proposee_le', models.DateTimeField()),
                ('visa', models.CharField(blank=True, help_text='référence du visa des archives', max_length=200)),
                ('visee_le', models.DateTimeField(blank=True, null=True)),
                ('finie_le', models.DateTimeField(blank=True, null=True)),
                ('finie_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='destructions', to='acteurs.structure')),
                ('visee_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('etat__in', ['VISEE', 'FAITE']), _negated=True), models.Q(models.Q(('visa', ''), _negated=True), ('visee_le__isnull', False)), _connector='OR'), name='destruction_visee'),
                    models.CheckConstraint(condition=models.Q(models.Q(('etat', 'FAITE'), _negated=True), ('personnes', []), _connector='OR'), name='destruction_sans_nom_ensuite'),
                    models.UniqueConstraint(condition=models.Q(('etat__in', ['PROPOSEE', 'VISEE'])), fields=('structure',), name='destruction_une_en_cours'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ElementCommunique',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rang', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=30)),
                ('texte', models.TextField()),
                ('communication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='elements', to='partage.communication')),
                ('expediteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('communication', 'code'), name='element_une_fois'),
                    models.CheckConstraint(condition=models.Q(('texte', ''), _negated=True), name='element_ecrit'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LienDeCommunication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('condense', models.CharField(max_length=64, unique=True)),
                ('cree_le', models.DateTimeField()),
                ('expire_le', models.DateTimeField()),
                ('ouvert_le', models.DateTimeField(blank=True, null=True)),
                ('communication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='liens', to='partage.communication')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('expire_le__gt', models.F('cree_le'))), name='lien_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LigneDeRegistre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('structure_id', models.BigIntegerField()),
                ('mois', models.DateField(help_text='premier jour du mois où la ligne est rangée')),
                ('rang', models.IntegerField(help_text='numéro dans le mois, à partir de 1')),
                ('a', models.DateTimeField()),
                ('empreinte', models.CharField(max_length=64)),
                ('geste', models.CharField(choices=[('ENVOI', 'Communiqué'), ('RETRAIT', 'Accord retiré, accès fermé')], max_length=10)),
                ('personne_id', models.BigIntegerField()),
                ('accord_id', models.BigIntegerField(null=True)),
                ('attestation_id', models.BigIntegerField(null=True)),
                ('compte_id', models.BigIntegerField()),
                ('destinataire_id', models.BigIntegerField()),
                ('destinataire', models.CharField(help_text='nom de la structure ce jour-là', max_length=200)),
                ('fonction', models.CharField(max_length=20)),
                ('elements', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None)),
                ('but', models.CharField(max_length=30)),
                ('base', models.CharField(max_length=30)),
            ],
            options={
                'abstract': False,
                'indexes': [
                    models.Index(fields=['structure_id', 'personne_id', 'a'], name='registre_personne'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure_id', 'mois', 'rang'), name='partage_lignederegistre_rang'),
                ],
            },
        ),
    ]
