"""Agreements, copies, links and their register, walled in. A copy belongs to its recipient and is written by its sender."""

from django.conf import settings
from django.db import migrations

from premier_accueil.socle.cloison import cloisonner
from premier_accueil.socle.journal.migrations import PURGE, VERIFICATION, ajout_seul

CONSERVATION = 'conservation'
JETON = "encode(sha256(convert_to(pa_jeton(), 'UTF8')), 'hex')"
TACHE = f"pa_tache() = '{CONSERVATION}'"
PAR_LIEN = f'(SELECT communication_id FROM partage_liendecommunication WHERE condense = {JETON})'
OUVERTE = (
    'EXISTS (SELECT FROM partage_communication c WHERE c.id = communication_id AND c.fermee_le IS NULL'
    f' AND (c.structure_id = pa_structure() OR c.id IN {PAR_LIEN}))'
)
# (read, add, change): the sender writes the copy and closes it; the recipient, or the holder of a link, reads it and
# says when. The words of a closed copy are shown to the sender only.
MURS = {
    'communication': (
        f'structure_id = pa_structure() OR expediteur_id = pa_structure() OR id IN {PAR_LIEN} OR {TACHE}',
        'expediteur_id = pa_structure()',
        f'structure_id = pa_structure() OR expediteur_id = pa_structure() OR {TACHE}',
    ),
    'elementcommunique': (
        f'expediteur_id = pa_structure() OR {OUVERTE} OR {TACHE}',
        'expediteur_id = pa_structure()',
        'false',
    ),
    'liendecommunication': (
        f'structure_id = pa_structure() OR condense = {JETON} OR {TACHE}',
        'structure_id = pa_structure()',
        f'structure_id = pa_structure() OR condense = {JETON}',
    ),
}


def _murer(table, lecture, ajout, changement):
    table = f'partage_{table}'
    return migrations.RunSQL(
        [
            f'ALTER TABLE {table} ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE {table} FORCE ROW LEVEL SECURITY',
            f'CREATE POLICY lecture ON {table} FOR SELECT USING ({lecture})',
            f'CREATE POLICY ajout ON {table} FOR INSERT WITH CHECK ({ajout})',
            f'CREATE POLICY changement ON {table} FOR UPDATE USING ({changement}) WITH CHECK ({changement})',
            f'CREATE POLICY destruction ON {table} FOR DELETE USING ({TACHE})',
        ],
        [
            *[f'DROP POLICY {nom} ON {table}' for nom in ('lecture', 'ajout', 'changement', 'destruction')],
            f'ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE {table} DISABLE ROW LEVEL SECURITY',
        ],
    )


# What left stays what it was: the sender only closes, the recipient only says when it was read, nobody opens again.
INTANGIBLE = """
CREATE FUNCTION partage_copie_intangible() RETURNS trigger LANGUAGE plpgsql AS $corps$BEGIN
    IF to_jsonb(NEW) - '{fermee_le,lue_le,lue_par_id}'::text[] <> to_jsonb(OLD) - '{fermee_le,lue_le,lue_par_id}'::text[]
       OR (OLD.fermee_le IS NOT NULL AND NEW.fermee_le IS DISTINCT FROM OLD.fermee_le)
       OR (OLD.lue_le IS NOT NULL AND NEW.lue_le IS DISTINCT FROM OLD.lue_le)
       OR (NEW.fermee_le IS DISTINCT FROM OLD.fermee_le AND OLD.expediteur_id IS DISTINCT FROM pa_structure()) THEN
        RAISE EXCEPTION 'Une communication ne se change pas et ne se rouvre pas.';
    END IF;
    RETURN NEW;
END$corps$;
CREATE TRIGGER intangible BEFORE UPDATE ON partage_communication
    FOR EACH ROW EXECUTE FUNCTION partage_copie_intangible();
CREATE FUNCTION partage_retrait_definitif() RETURNS trigger LANGUAGE plpgsql AS $corps$BEGIN
    IF to_jsonb(NEW) - '{retire_le,retire_par_id,personne_id}'::text[]
       <> to_jsonb(OLD) - '{retire_le,retire_par_id,personne_id}'::text[]
       OR (OLD.retire_le IS NOT NULL AND NEW.retire_le IS DISTINCT FROM OLD.retire_le) THEN
        RAISE EXCEPTION 'Un accord ne se change pas : il se retire, une fois.';
    END IF;
    RETURN NEW;
END$corps$;
CREATE TRIGGER definitif BEFORE UPDATE ON partage_accord
    FOR EACH ROW EXECUTE FUNCTION partage_retrait_definitif();
"""
REVERSIBLE = """
DROP TRIGGER definitif ON partage_accord; DROP FUNCTION partage_retrait_definitif();
DROP TRIGGER intangible ON partage_communication; DROP FUNCTION partage_copie_intangible();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partage', '0001_initial'),
        ('acteurs', '0001_initial'),
        ('personnes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        cloisonner('partage_accord', taches_qui_ecrivent=(CONSERVATION,)),
        *[_murer(table, *conditions) for table, conditions in MURS.items()],
        migrations.RunSQL(INTANGIBLE, REVERSIBLE),
        ajout_seul('partage_lignederegistre', 'REGISTRE_DES_COMMUNICATIONS'),
        cloisonner(
            'partage_lignederegistre', taches=(VERIFICATION,), taches_qui_ecrivent=(PURGE,), ajout_seul=True,
        ),
    ]
