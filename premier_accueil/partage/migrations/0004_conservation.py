"""Destructions and exercised rights, walled in."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from premier_accueil.socle.cloison import cloisonner


class Migration(migrations.Migration):

    dependencies = [
        ('acteurs', '0003_identite'),
        ('partage', '0003_accords_et_communications'),
        ('personnes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DemandeDeDroit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic n'enregistre qu'une demande")),
                ('genre', models.CharField(choices=[('ACCES', 'Lire tout ce qui est gardé'), ('RECTIFICATION', 'Faire corriger'), ('OPPOSITION', "S'opposer à ce qu'on communique"), ('EFFACEMENT', 'Faire effacer')], max_length=15)),
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
                'constraints': [models.UniqueConstraint(fields=('structure', 'demande_id'), name='demande_de_droit_une_fois'), models.CheckConstraint(condition=models.Q(('echeance__gt', models.F('recue_le'))), name='demande_de_droit_echeance'), models.CheckConstraint(condition=models.Q(('repondue_le', None), models.Q(('reponse', ''), _negated=True), _connector='OR'), name='demande_de_droit_reponse_dite')],
            },
        ),
        migrations.CreateModel(
            name='Destruction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('etat', models.CharField(choices=[('PROPOSEE', 'proposée'), ('VISEE', 'visée'), ('REFUSEE', 'refusée'), ('FAITE', 'faite')], default='PROPOSEE', max_length=10)),
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
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('etat__in', ['VISEE', 'FAITE']), _negated=True), models.Q(models.Q(('visa', ''), _negated=True), ('visee_le__isnull', False)), _connector='OR'), name='destruction_visee'), models.CheckConstraint(condition=models.Q(models.Q(('etat', 'FAITE'), _negated=True), ('personnes', []), _connector='OR'), name='destruction_sans_nom_ensuite'), models.UniqueConstraint(condition=models.Q(('etat__in', ['PROPOSEE', 'VISEE'])), fields=('structure',), name='destruction_une_en_cours')],
            },
        ),
        *[cloisonner(f'partage_{table}', taches_qui_ecrivent=('conservation',)) for table in ('destruction', 'demandededroit')],
    ]
