"""The tables of this room."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('socle', '0001_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mot', models.CharField(max_length=80, unique=True)),
                ('communes', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text='identifiants, sans ordre', size=None)),
            ],
            options={
                'indexes': [
                    models.Index(django.contrib.postgres.indexes.OpClass('mot', name='text_pattern_ops'), name='mot_prefixe'),
                    django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('mot', name='gin_trgm_ops'), name='mot_trigrammes'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Commune',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=5)),
                ('genre', models.CharField(choices=[('COM', 'commune'), ('COMD', 'commune déléguée'), ('COMA', 'commune associée')], max_length=4)),
                ('nom', models.CharField(max_length=80)),
                ('cle', models.CharField(help_text='nom sans accent, pour chercher et trier', max_length=80)),
                ('departement', models.CharField(max_length=3)),
                ('epci_code', models.CharField(blank=True, max_length=9)),
                ('epci_nom', models.CharField(blank=True, max_length=120)),
                ('codes_postaux', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), default=list, size=None)),
                ('population', models.PositiveIntegerField(blank=True, null=True)),
                ('population_annee', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('origine_du_point', models.CharField(blank=True, choices=[('MAIRIE', 'mairie'), ('CONTOUR', 'point intérieur du contour')], max_length=8)),
                ('point_hors_contour', models.BooleanField(default=False, help_text='point de mairie signalé, non utilisé')),
                ('contour', models.BinaryField(blank=True, help_text='multipolygone WKB, WGS 84', null=True)),
                ('mairie', models.JSONField(default=dict, help_text='adresse, téléphone, courriel, site, horaires (OSM)')),
                ('parente', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='anciennes', to='territoire.commune')),
            ],
            options={
                'indexes': [
                    models.Index(django.contrib.postgres.indexes.OpClass('cle', name='text_pattern_ops'), name='commune_cle_prefixe'),
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['codes_postaux'], name='commune_codes_postaux'),
                    models.Index(models.OrderBy(models.F('population'), descending=True, nulls_last=True), name='commune_population'),
                    models.Index(fields=['departement', 'cle'], name='commune_departement'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('code', 'genre'), name='commune_code_genre'),
                    models.CheckConstraint(condition=models.Q(models.Q(('genre', 'COM'), ('parente', None)), models.Q(('genre', 'COM'), _negated=True), _connector='OR'), name='commune_sans_parente'),
                    models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='commune_point_sur_terre'),
                ],
            },
        ),
    ]
