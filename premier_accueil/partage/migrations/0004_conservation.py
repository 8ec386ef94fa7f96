"""Destructions and exercised rights, walled in."""

from django.conf import settings
from django.db import migrations

from premier_accueil.socle.cloison import cloisonner


class Migration(migrations.Migration):

    dependencies = [
        ('partage', '0003_accords_et_communications'),
        ('acteurs', '0001_initial'),
        ('personnes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *[cloisonner(f'partage_{table}', taches_qui_ecrivent=('conservation',)) for table in ('destruction', 'demandededroit')],
    ]
