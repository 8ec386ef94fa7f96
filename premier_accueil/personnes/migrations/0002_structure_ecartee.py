"""Structures that must never receive anything of a person, walled in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from premier_accueil.socle.cloison import cloisonner


class Migration(migrations.Migration):

    dependencies = [
        ('acteurs', '0003_identite'),
        ('personnes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                'constraints': [models.UniqueConstraint(condition=models.Q(('leve_le', None)), fields=('personne', 'ecartee'), name='structure_ecartee_une_en_cours'), models.CheckConstraint(condition=models.Q(('ecartee', models.F('structure')), _negated=True), name='structure_ecartee_une_autre')],
            },
        ),
        cloisonner('personnes_structureecartee', taches_qui_ecrivent=('conservation',)),
    ]
