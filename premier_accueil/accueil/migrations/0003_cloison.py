"""Wall in what happens at a counter: a structure sees its own rows; the holder of a code or a screen, one thing."""

from django.db import migrations

from premier_accueil.socle.cloison import cloisonner

CONSERVATION = ("conservation",)
ECRAN = "site_id IN (SELECT e.site_id FROM accueil_ecrandattente e WHERE e.jeton = pa_jeton())"


class Migration(migrations.Migration):
    dependencies = [
        ('accueil', '0001_initial'),
        ('socle', '0002_cloison'),
    ]
    operations = [
        *[
            cloisonner(f"accueil_{table}", taches_qui_ecrivent=CONSERVATION)
            for table in ("passage", "besoin", "premierereponse", "orientation")
        ],
        cloisonner(
            "accueil_feuillederoute",
            lecture="reference = pa_jeton()",
            changement="reference = pa_jeton()",
            taches_qui_ecrivent=CONSERVATION,
        ),
        cloisonner("accueil_ecrandattente", lecture="jeton = pa_jeton()"),
        cloisonner(
            "accueil_attente", lecture=f"pa_jeton() IS NOT NULL AND {ECRAN}", taches_qui_ecrivent=CONSERVATION
        ),
    ]
