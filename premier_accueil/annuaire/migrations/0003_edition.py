"""Number the editions of the directory, so that a reader knows whether what it kept is still true."""

from django.db import migrations

FONCTION = """
CREATE FUNCTION annuaire_nouvelle_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A row is visible with what was written, no sooner; writers never wait for each other.
    INSERT INTO annuaire_edition DEFAULT VALUES;
    DELETE FROM annuaire_edition WHERE id IN (
        SELECT id FROM annuaire_edition ORDER BY id DESC OFFSET 200 FOR UPDATE SKIP LOCKED
    );
    RETURN NULL;
END $$
"""
TABLES = (
    "territoire_commune", "acteurs_structure",
    "annuaire_site", "annuaire_service", "annuaire_permanence", "annuaire_fermeture",
)  # fmt: skip


def _declencheur(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER nouvelle_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION annuaire_nouvelle_edition()",
        f"DROP TRIGGER nouvelle_edition ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ('annuaire', '0001_initial'),
        ('acteurs', '0001_initial'),
        ('territoire', '0003_contours_sans_compression'),
    ]
    operations = [
        migrations.RunSQL(FONCTION, "DROP FUNCTION annuaire_nouvelle_edition()"),
        *[_declencheur(table) for table in TABLES],
    ]
