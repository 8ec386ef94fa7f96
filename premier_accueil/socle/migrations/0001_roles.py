"""Give the plain application role what it may do on every table to come, before any table exists."""

from django.conf import settings
from django.db import migrations
from psycopg import sql


def accorder(apps, schema_editor):
    role = settings.DATABASES["default"]["USER"]
    proprietaire = settings.DATABASES["proprietaire"]["USER"]
    if role == proprietaire:
        return
    ordres = [
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT ON TABLE django_migrations TO {role}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    ]
    with schema_editor.connection.cursor() as curseur:
        for ordre in ordres:
            curseur.execute(sql.SQL(ordre).format(role=sql.Identifier(role)))


SANS_ACCENT = """
CREATE FUNCTION cle_de_tri(texte text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, texte)), '[^a-z0-9]+', ' ', 'g'))
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    run_before = [
        ("contenttypes", "0001_initial"),
        ("auth", "0001_initial"),
        ("sessions", "0001_initial"),
        ("procrastinate", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(accorder, migrations.RunPython.noop),
        migrations.RunSQL(SANS_ACCENT, "DROP FUNCTION cle_de_tri(text)"),
    ]
