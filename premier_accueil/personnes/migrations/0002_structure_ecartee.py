"""Structures that must never receive anything of a person, walled in."""

from django.conf import settings
from django.db import migrations

from premier_accueil.socle.cloison import cloisonner


class Migration(migrations.Migration):

    dependencies = [
        ('personnes', '0001_initial'),
        ('acteurs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        cloisonner('personnes_structureecartee', taches_qui_ecrivent=('conservation',)),
    ]
