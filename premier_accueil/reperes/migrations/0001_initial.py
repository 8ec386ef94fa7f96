"""The tables of this room."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import premier_accueil.reperes.regles.etats


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('acteurs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('acteurs', '0004_jetons'),
    ]

    operations = [
        migrations.CreateModel(
            name='FicheRepere',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='adresse de la version grand public', max_length=80, unique=True)),
                ('departement', models.CharField(blank=True, help_text='vide : tout le pays', max_length=3)),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic n'en crée qu'une", unique=True)),
                ('revoir_le', models.DateField(blank=True, null=True)),
                ('cree_le', models.DateTimeField()),
                ('proprietaires', models.ManyToManyField(related_name='fiches_reperes', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['departement', 'revoir_le'], name='fiche_a_revoir'),
                ],
            },
        ),
        migrations.CreateModel(
            name='GuideOperationnel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(unique=True)),
                ('titre', models.CharField(max_length=120)),
                ('departement', models.CharField(blank=True, max_length=3)),
                ('introduction', models.TextField(blank=True, help_text='markdown')),
                ('avec_le_curseur', models.BooleanField(default=True, help_text="les règles entre l'accueil et le suivi")),
                ('revision', models.PositiveIntegerField(default=1)),
                ('cree_le', models.DateTimeField()),
                ('ecrit_le', models.DateTimeField()),
                ('ecrit_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proprietaires', models.ManyToManyField(related_name='guides_operationnels', to='acteurs.structure')),
            ],
        ),
        migrations.CreateModel(
            name='FicheDuGuide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rang', models.PositiveSmallIntegerField()),
                ('fiche', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reperes.ficherepere')),
                ('guide', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='reperes.guideoperationnel')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('guide', 'fiche'), name='guide_une_fois'),
                    models.UniqueConstraint(fields=('guide', 'rang'), name='guide_rang'),
                ],
            },
        ),
        migrations.CreateModel(
            name='VersionDeFiche',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numero', models.PositiveSmallIntegerField()),
                ('etat', models.CharField(choices=[('BROUILLON', 'brouillon'), ('EN_RELECTURE', 'en relecture'), ('VALIDEE', 'validée, à publier'), ('PUBLIEE', 'publiée'), ('A_REVOIR', 'à revoir'), ('REMPLACEE', 'remplacée'), ('RETIREE', 'retirée'), ('ABANDONNEE', 'abandonnée')], default='BROUILLON', max_length=12)),
                ('revision', models.PositiveIntegerField(default=1, help_text='change à chaque enregistrement')),
                ('exemple', models.BooleanField(default=False, help_text='écrite par nous, à valider par le comité')),
                ('titre', models.CharField(max_length=120)),
                ('thematiques', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, help_text="data·inclusion v1 : l'orientation montre la fiche", size=None)),
                ('urgences', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, help_text='codes de donnees/urgences.yaml', size=None)),
                ('numeros', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, help_text='numéros de donnees/urgences.yaml', size=None)),
                ('papiers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, help_text='démarches de donnees/pieces.yaml', size=None)),
                ('appeler', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, help_text="thématiques : services près d'ici, lus dans l'annuaire", size=None)),
                ('conduite', models.TextField(blank=True, help_text='markdown')),
                ('texte', models.TextField(blank=True, help_text='markdown')),
                ('titre_public', models.CharField(blank=True, help_text='vide : le titre', max_length=120)),
                ('texte_public', models.TextField(blank=True, help_text='markdown, langage clair')),
                ('cree_le', models.DateTimeField()),
                ('ecrit_le', models.DateTimeField()),
                ('decision', models.CharField(blank=True, max_length=500)),
                ('decidee_par', models.CharField(blank=True, help_text='comité, instance, personne', max_length=160)),
                ('decidee_le', models.DateField(blank=True, null=True)),
                ('publiee_le', models.DateTimeField(blank=True, null=True)),
                ('publique_le', models.DateTimeField(blank=True, help_text='choisi : la version grand public se lit', null=True)),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ecrit_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fiche', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='reperes.ficherepere')),
                ('structures', models.ManyToManyField(blank=True, help_text='à appeler, toujours', related_name='+', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(condition=models.Q(('etat__in', [premier_accueil.reperes.regles.etats.EtatDeFiche['A_REVOIR'], premier_accueil.reperes.regles.etats.EtatDeFiche['PUBLIEE']])), fields=['thematiques'], name='version_thematiques'),
                    django.contrib.postgres.indexes.GinIndex(condition=models.Q(('etat__in', [premier_accueil.reperes.regles.etats.EtatDeFiche['A_REVOIR'], premier_accueil.reperes.regles.etats.EtatDeFiche['PUBLIEE']])), fields=['urgences'], name='version_urgences'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('fiche', 'numero'), name='version_numero'),
                    models.UniqueConstraint(condition=models.Q(('etat__in', [premier_accueil.reperes.regles.etats.EtatDeFiche['BROUILLON'], premier_accueil.reperes.regles.etats.EtatDeFiche['EN_RELECTURE'], premier_accueil.reperes.regles.etats.EtatDeFiche['VALIDEE']])), fields=('fiche',), name='version_une_seule_en_preparation'),
                    models.UniqueConstraint(condition=models.Q(('etat__in', [premier_accueil.reperes.regles.etats.EtatDeFiche['A_REVOIR'], premier_accueil.reperes.regles.etats.EtatDeFiche['PUBLIEE']])), fields=('fiche',), name='version_une_seule_en_vigueur'),
                    models.CheckConstraint(condition=models.Q(models.Q(('etat__in', ['VALIDEE', 'PUBLIEE', 'A_REVOIR', 'REMPLACEE', 'RETIREE']), _negated=True), models.Q(models.Q(('decision', ''), _negated=True), models.Q(('decidee_par', ''), _negated=True), ('decidee_le__isnull', False)), _connector='OR'), name='version_decidee_par_ecrit'),
                    models.CheckConstraint(condition=models.Q(models.Q(('etat__in', [premier_accueil.reperes.regles.etats.EtatDeFiche['A_REVOIR'], premier_accueil.reperes.regles.etats.EtatDeFiche['PUBLIEE']]), _negated=True), ('publiee_le__isnull', False), _connector='OR'), name='version_publiee_un_jour'),
                    models.CheckConstraint(condition=models.Q(('publique_le', None), models.Q(('texte_public', ''), _negated=True), _connector='OR'), name='version_publique_dit_quelque_chose'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PasDeFiche',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('geste', models.CharField(max_length=20)),
                ('avant', models.CharField(choices=[('BROUILLON', 'brouillon'), ('EN_RELECTURE', 'en relecture'), ('VALIDEE', 'validée, à publier'), ('PUBLIEE', 'publiée'), ('A_REVOIR', 'à revoir'), ('REMPLACEE', 'remplacée'), ('RETIREE', 'retirée'), ('ABANDONNEE', 'abandonnée')], max_length=12)),
                ('apres', models.CharField(choices=[('BROUILLON', 'brouillon'), ('EN_RELECTURE', 'en relecture'), ('VALIDEE', 'validée, à publier'), ('PUBLIEE', 'publiée'), ('A_REVOIR', 'à revoir'), ('REMPLACEE', 'remplacée'), ('RETIREE', 'retirée'), ('ABANDONNEE', 'abandonnée')], max_length=12)),
                ('mot', models.CharField(blank=True, max_length=700)),
                ('le', models.DateTimeField()),
                ('compte', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pas', to='reperes.versiondefiche')),
            ],
        ),
        migrations.CreateModel(
            name='LectureDeFiche',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lu_le', models.DateTimeField()),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='acteurs.structure')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lectures', to='reperes.versiondefiche')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['compte', 'structure'], name='lecture_de_qui'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('version', 'structure', 'compte'), name='lecture_une_fois'),
                ],
            },
        ),
    ]
