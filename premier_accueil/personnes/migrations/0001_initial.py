"""The tables of this room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from premier_accueil.socle.cloison import cloisonner

CONFIDENTIELLES = [
    'adresseprotegee', 'blocage', 'brisdeglace', 'foyer', 'fusion', 'membredufoyer', 'mesuredeprotection', 'motdenom',
    'personne', 'regledecontact',
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('acteurs', '0001_initial'),
        ('territoire', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('socle', '0002_cloison'),
        ('territoire', '0003_contours_sans_compression'),
    ]

    operations = [
        migrations.CreateModel(
            name='Foyer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cree_le', models.DateTimeField()),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='foyers', to='acteurs.structure')),
            ],
        ),
        migrations.CreateModel(
            name='Personne',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic ne crée qu'un dossier")),
                ('nom', models.CharField(blank=True, max_length=120)),
                ('prenom', models.CharField(blank=True, max_length=120)),
                ('nom_usage', models.CharField(blank=True, max_length=120)),
                ('appellation', models.CharField(blank=True, help_text="comment on l'appelle, si elle ne dit rien", max_length=120)),
                ('cle', models.CharField(help_text='nom sans accent, pour trier', max_length=500)),
                ('naissance_annee', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('naissance_mois', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('naissance_jour', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('naissance_approximative', models.BooleanField(default=False)),
                ('adresse', models.CharField(blank=True, max_length=300)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('courriel', models.EmailField(blank=True, max_length=254)),
                ('adresse_protegee', models.BooleanField(default=False, help_text='sur sa seule parole')),
                ('cree_le', models.DateTimeField()),
                ('dernier_contact_le', models.DateTimeField(help_text='avec la personne : une consultation ne le change jamais')),
                ('version', models.PositiveIntegerField(default=1)),
                ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='personnes', to='territoire.commune')),
                ('fusionnee_dans', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbees', to='personnes.personne')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='personnes', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'dernier_contact_le'], name='personne_contact'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='personne_demande'),
                    models.CheckConstraint(condition=models.Q(('adresse_protegee', False), models.Q(('adresse', ''), ('commune', None), ('telephone', '')), _connector='OR'), name='personne_adresse_protegee_ailleurs'),
                    models.CheckConstraint(condition=models.Q(models.Q(('naissance_jour', None), ('naissance_mois__isnull', False), _connector='OR'), models.Q(('naissance_mois', None), ('naissance_annee__isnull', False), _connector='OR')), name='personne_naissance_ordonnee'),
                    models.CheckConstraint(condition=models.Q(models.Q(('naissance_mois', None), ('naissance_mois__range', (1, 12)), _connector='OR'), models.Q(('naissance_jour', None), ('naissance_jour__range', (1, 31)), _connector='OR'), models.Q(('naissance_annee', None), ('naissance_annee__range', (1880, 2200)), _connector='OR')), name='personne_naissance_possible'),
                    models.CheckConstraint(condition=models.Q(('fusionnee_dans', None), models.Q(('fusionnee_dans', models.F('pk')), _negated=True), _connector='OR'), name='personne_pas_en_soi'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MotDeNom',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('genre', models.CharField(choices=[('NOM', 'NOM'), ('PHONETIQUE', 'PHONETIQUE')], max_length=10)),
                ('mot', models.CharField(max_length=120)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mots', to='personnes.personne')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'mot'], name='mot_de_nom_structure_mot'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('personne', 'genre', 'mot'), name='mot_de_nom_une_fois'),
                    models.CheckConstraint(condition=models.Q(('genre__in', ['NOM', 'PHONETIQUE'])), name='mot_de_nom_genre'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MesureDeProtection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField()),
                ('genre', models.CharField(choices=[('SAUVEGARDE', 'Sauvegarde de justice'), ('CURATELLE', 'Curatelle'), ('TUTELLE', 'Tutelle'), ('HABILITATION_FAMILIALE', 'Habilitation familiale')], max_length=25)),
                ('debut', models.DateField()),
                ('fin', models.DateField(blank=True, null=True)),
                ('protecteur', models.CharField(blank=True, help_text='son nom, tel que la personne le dit', max_length=160)),
                ('joindre', models.CharField(blank=True, help_text='comment le joindre', max_length=160)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mesures', to='personnes.personne')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='mesure_demande'),
                    models.CheckConstraint(condition=models.Q(('fin', None), ('fin__gte', models.F('debut')), _connector='OR'), name='mesure_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MembreDuFoyer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lien', models.CharField(blank=True, help_text='avec ses mots : mère, fils, compagnon, ami…', max_length=60)),
                ('depuis', models.DateField(blank=True, null=True)),
                ('foyer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='membres', to='personnes.foyer')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('personne', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='place_au_foyer', to='personnes.personne')),
            ],
        ),
        migrations.CreateModel(
            name='Fusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('raison', models.CharField(choices=[('DIT', 'La personne le dit'), ('PAPIER', 'Un papier montré le prouve'), ('SAISIE', 'La même fiche a été saisie deux fois')], max_length=10)),
                ('etat', models.CharField(choices=[('PROPOSEE', 'à valider par une autre personne'), ('FAITE', 'faite'), ('REFUSEE', 'refusée'), ('DEFAITE', 'défaite')], default='PROPOSEE', max_length=10)),
                ('proposee_le', models.DateTimeField()),
                ('validee_le', models.DateTimeField(blank=True, null=True)),
                ('annulee_le', models.DateTimeField(blank=True, help_text='refusée ou défaite', null=True)),
                ('deplace', models.JSONField(default=list, help_text='table, clé, colonne et valeurs avant et après')),
                ('annulee_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposee_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('validee_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('absorbee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fusions_absorbees', to='personnes.personne')),
                ('gardee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fusions_gardees', to='personnes.personne')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('gardee', models.F('absorbee')), _negated=True), name='fusion_de_deux'),
                    models.CheckConstraint(condition=models.Q(('validee_par', None), models.Q(('validee_par', models.F('proposee_par')), _negated=True), _connector='OR'), name='fusion_par_deux_personnes'),
                    models.CheckConstraint(condition=models.Q(models.Q(('etat', 'FAITE'), _negated=True), models.Q(('validee_le__isnull', False), ('validee_par__isnull', False)), _connector='OR'), name='fusion_faite_validee'),
                    models.CheckConstraint(condition=models.Q(('raison', ''), _negated=True), name='fusion_raison_dite'),
                    models.UniqueConstraint(condition=models.Q(('etat__in', ['PROPOSEE', 'FAITE'])), fields=('absorbee',), name='fusion_une_en_cours'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BrisDeGlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField()),
                ('raison', models.CharField(max_length=500)),
                ('ouvert_le', models.DateTimeField()),
                ('vaut_jusqu_a', models.DateTimeField()),
                ('vu_le', models.DateTimeField(blank=True, help_text="quand la personne prévenue l'a vu", null=True)),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('prevenu', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bris_de_glace', to='personnes.personne')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'compte', 'vaut_jusqu_a'], name='bris_compte'),
                    models.Index(fields=['structure', 'prevenu'], name='bris_prevenu'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='bris_demande'),
                    models.CheckConstraint(condition=models.Q(('prevenu', models.F('compte')), _negated=True), name='bris_second_regard'),
                    models.CheckConstraint(condition=models.Q(('vaut_jusqu_a__gt', models.F('ouvert_le'))), name='bris_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Blocage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('motif', models.CharField(max_length=120)),
                ('pose_le', models.DateTimeField()),
                ('leve_le', models.DateTimeField(blank=True, null=True)),
                ('compte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('leve_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pose_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocages', to='personnes.personne')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'compte'], name='blocage_compte'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('leve_le', None)), fields=('personne', 'compte'), name='blocage_un_en_cours'),
                    models.CheckConstraint(condition=models.Q(('leve_par', None), models.Q(('leve_par', models.F('compte')), _negated=True), _connector='OR'), name='blocage_jamais_leve_par_soi'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AdresseProtegee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('adresse', models.CharField(blank=True, max_length=500)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('procedure', models.CharField(help_text='la procédure qui en a besoin', max_length=200)),
                ('posee_le', models.DateTimeField()),
                ('posee_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('personne', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='adresse_gardee', to='personnes.personne')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('procedure', ''), _negated=True), name='adresse_protegee_pour_une_procedure'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RegleDeContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numero', models.CharField(blank=True, help_text="numéro qu'elle donne pour cela", max_length=40)),
                ('heures', models.CharField(blank=True, max_length=120)),
                ('messagerie', models.BooleanField(default=False, help_text='on peut laisser un message vocal')),
                ('sms', models.BooleanField(default=False)),
                ('langue', models.CharField(blank=True, max_length=60)),
                ('interprete', models.BooleanField(default=False)),
                ('precisions', models.CharField(blank=True, max_length=200)),
                ('personne', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='regle_de_contact', to='personnes.personne')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
        ),
        migrations.CreateModel(
            name='StructureEcartee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('motif', models.CharField(max_length=120)),
                ('pose_le', models.DateTimeField()),
                ('leve_le', models.DateTimeField(blank=True, null=True)),
                ('ecartee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('leve_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='structures_ecartees', to='personnes.personne')),
                ('pose_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('leve_le', None)), fields=('personne', 'ecartee'), name='structure_ecartee_une_en_cours'),
                    models.CheckConstraint(condition=models.Q(('ecartee', models.F('structure')), _negated=True), name='structure_ecartee_une_autre'),
                ],
            },
        ),
        *[cloisonner(f'personnes_{table}', taches_qui_ecrivent=('conservation',)) for table in CONFIDENTIELLES],
    ]
