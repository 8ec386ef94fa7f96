"""What a text asks to attest, and codes sent to agree, walled in. A copy stands on an agreement or on an attestation."""

from django.conf import settings
from django.db import migrations

from premier_accueil.socle.cloison import cloisonner

# What was attested stays what it was; one only adds that the person was told, once.
INTANGIBLE = """
CREATE FUNCTION partage_attestation_intangible() RETURNS trigger LANGUAGE plpgsql AS $corps$BEGIN
    IF to_jsonb(NEW) - '{informee_le,personne_id}'::text[] <> to_jsonb(OLD) - '{informee_le,personne_id}'::text[]
       OR (OLD.informee_le IS NOT NULL AND NEW.informee_le IS DISTINCT FROM OLD.informee_le) THEN
        RAISE EXCEPTION 'Une attestation ne se change pas.';
    END IF;
    RETURN NEW;
END$corps$;
CREATE TRIGGER intangible BEFORE UPDATE ON partage_attestation
    FOR EACH ROW EXECUTE FUNCTION partage_attestation_intangible();
"""
REVERSIBLE = 'DROP TRIGGER intangible ON partage_attestation; DROP FUNCTION partage_attestation_intangible();'


class Migration(migrations.Migration):

    dependencies = [
        ('partage', '0004_conservation'),
        ('acteurs', '0001_initial'),
        ('personnes', '0002_structure_ecartee'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *[cloisonner(f'partage_{table}', taches_qui_ecrivent=('conservation',)) for table in ('attestation', 'codedaccord')],
        migrations.RunSQL(INTANGIBLE, REVERSIBLE),
    ]
