"""The journal of accesses, the heads of the chains and the sealed months: they grow, and nothing else."""

from django.db import migrations, models

from premier_accueil.socle.cloison import cloisonner
from premier_accueil.socle.journal.migrations import (
    PURGE,
    VERIFICATION,
    ajout_seul,
    fonctions,
    segment_pour_toujours,
    tete_qui_avance,
)


def _mur(table, **options):
    return cloisonner(table, taches=(VERIFICATION,), taches_qui_ecrivent=(PURGE,), **options)


class Migration(migrations.Migration):
    dependencies = [('socle', '0002_cloison')]

    operations = [
        migrations.CreateModel(
            name='Acces',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('structure_id', models.BigIntegerField()),
                ('mois', models.DateField(help_text='premier jour du mois où la ligne est rangée')),
                ('rang', models.IntegerField(help_text='numéro dans le mois, à partir de 1')),
                ('a', models.DateTimeField()),
                ('empreinte', models.CharField(max_length=64)),
                ('compte_id', models.BigIntegerField(blank=True, help_text='vide : la personne, par son code', null=True)),
                ('geste', models.CharField(choices=[('LECTURE', 'lecture'), ('ECRITURE', 'écriture'), ('RECHERCHE', 'recherche'), ('EXPORT', 'export')], max_length=10)),
                ('action', models.CharField(help_text="nom de l'action ou de la lecture dans le code", max_length=60)),
                ('objet', models.CharField(max_length=30)),
                ('objet_id', models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['structure_id', 'a'], name='socle_acces_a'), models.Index(fields=['structure_id', 'objet', 'objet_id'], name='socle_acces_objet')],
                'constraints': [models.UniqueConstraint(fields=('structure_id', 'mois', 'rang'), name='socle_acces_rang')],
            },
        ),
        migrations.CreateModel(
            name='Segment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('registre', models.CharField(max_length=40)),
                ('structure_id', models.BigIntegerField()),
                ('mois', models.DateField()),
                ('nombre', models.IntegerField()),
                ('derniere', models.CharField(max_length=64)),
                ('sceau', models.CharField(max_length=64)),
                ('scelle_le', models.DateTimeField()),
                ('detruit_le', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('registre', 'structure_id', 'mois'), name='socle_segment_un_par_mois')],
            },
        ),
        migrations.CreateModel(
            name='Tete',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('registre', models.CharField(max_length=40)),
                ('structure_id', models.BigIntegerField()),
                ('mois', models.DateField()),
                ('rang', models.IntegerField()),
                ('empreinte', models.CharField(max_length=64)),
                ('sceau', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('registre', 'structure_id'), name='socle_tete_une_par_registre')],
            },
        ),
        *fonctions(),
        ajout_seul('socle_acces', 'JOURNAL_DES_ACCES'),
        tete_qui_avance(),
        segment_pour_toujours(),
        _mur('socle_acces', ajout_seul=True),
        _mur('socle_tete'),
        _mur('socle_segment', ajout_seul=True),
    ]
