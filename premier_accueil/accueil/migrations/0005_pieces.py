"""The slips of papers, walled in; whoever holds a reference reads that slip and its list, nothing else."""

from django.conf import settings
from django.db import migrations

from premier_accueil.socle.cloison import cloisonner

CONSERVATION = ("conservation",)
BULLETIN = "bulletin_id IN (SELECT b.id FROM accueil_bulletindepieces b WHERE b.reference = pa_jeton())"


class Migration(migrations.Migration):

    dependencies = [
        ('accueil', '0004_file_et_canaux'),
        ('acteurs', '0001_initial'),
        ('annuaire', '0003_edition'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        cloisonner(
            'accueil_bulletindepieces', lecture='reference = pa_jeton()', changement='reference = pa_jeton()',
            taches_qui_ecrivent=CONSERVATION,
        ),
        cloisonner(
            'accueil_piecemanquante', lecture=f'pa_jeton() IS NOT NULL AND {BULLETIN}',
            taches_qui_ecrivent=CONSERVATION,
        ),
    ]
