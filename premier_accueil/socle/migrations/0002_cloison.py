"""Who asks, as the policies read it. Written so that a setting never made, or emptied, is nobody."""

from django.db import migrations

FONCTIONS = {
    "pa_structure": ("bigint", "structure"),
    "pa_mission": ("bigint", "mission"),
    "pa_tache": ("text", "tache"),
    "pa_jeton": ("text", "jeton"),
}


class Migration(migrations.Migration):
    dependencies = [("socle", "0001_roles")]
    operations = [
        migrations.RunSQL(
            f"CREATE FUNCTION {nom}() RETURNS {genre} LANGUAGE sql STABLE PARALLEL SAFE"
            f" RETURN nullif(current_setting('premier_accueil.{reglage}', true), '')::{genre}",
            f"DROP FUNCTION {nom}()",
        )
        for nom, (genre, reglage) in FONCTIONS.items()
    ]
