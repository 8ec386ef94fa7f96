"""Numbers drawn once per place and day, tickets that go on or pass to a hosted body, a way of working per structure."""

from django.conf import settings
from django.db import migrations

from premier_accueil.socle.cloison import cloisonner

ECRAN = "structure_id IN (SELECT e.structure_id FROM accueil_ecrandattente e WHERE e.jeton = pa_jeton())"
CONSERVATION = ("conservation",)


class Migration(migrations.Migration):

    dependencies = [
        ('accueil', '0003_cloison'),
        ('acteurs', '0001_initial'),
        ('annuaire', '0003_edition'),
        ('personnes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        cloisonner('accueil_reglagedaccueil', lecture=f'pa_jeton() IS NOT NULL AND {ECRAN}'),
        cloisonner(
            'accueil_fermeturedefile', lecture=f'pa_jeton() IS NOT NULL AND {ECRAN}', taches_qui_ecrivent=CONSERVATION,
        ),
    ]
