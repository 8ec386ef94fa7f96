"""Démarches and domiciliations, walled in."""

from django.conf import settings
from django.db import migrations

from premier_accueil.socle.cloison import cloisonner

CONFIDENTIELLES = ('demarche', 'gestededemarche', 'domiciliation', 'contactdedomiciliation', 'absenceexpliquee')


class Migration(migrations.Migration):

    dependencies = [
        ('entretien', '0001_initial'),
        ('accueil', '0005_pieces'),
        ('acteurs', '0001_initial'),
        ('personnes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *[cloisonner(f'entretien_{table}', taches_qui_ecrivent=('conservation',)) for table in CONFIDENTIELLES],
    ]
