"""What the migration that creates a register adds to its table: it grows, and nothing else."""

from __future__ import annotations

from django.db import migrations

PURGE = "purge_des_journaux"
VERIFICATION = "verification_du_journal"

DECLENCHEURS = {
    "journal_refuser": "BEGIN RAISE EXCEPTION 'Le registre % ne se change pas.', TG_TABLE_NAME; END",
    # The nightly job destroys whole sealed months; nobody else destroys anything.
    "journal_detruire": f"""BEGIN
        IF pa_tache() IS DISTINCT FROM '{PURGE}' THEN
            RAISE EXCEPTION 'Le registre % ne se détruit pas.', TG_TABLE_NAME;
        END IF;
        IF TG_LEVEL = 'ROW' THEN
            IF NOT EXISTS (SELECT FROM socle_segment s WHERE s.registre = TG_ARGV[0]
                           AND s.structure_id = OLD.structure_id AND s.mois = OLD.mois) THEN
                RAISE EXCEPTION 'Ce mois du registre % n''est pas scellé.', TG_TABLE_NAME;
            END IF;
            RETURN OLD;
        END IF;
        RETURN NULL;
    END""",
    "journal_avancer": """BEGIN
        IF (NEW.id, NEW.registre, NEW.structure_id) IS DISTINCT FROM (OLD.id, OLD.registre, OLD.structure_id)
           OR (NEW.mois, NEW.rang) < (OLD.mois, OLD.rang) THEN
            RAISE EXCEPTION 'La tête d''un registre ne recule pas.';
        END IF;
        RETURN NEW;
    END""",
    "journal_dater": f"""BEGIN
        IF pa_tache() IS DISTINCT FROM '{PURGE}' OR OLD.detruit_le IS NOT NULL
           OR to_jsonb(NEW) - 'detruit_le' <> to_jsonb(OLD) - 'detruit_le' THEN
            RAISE EXCEPTION 'Un mois scellé ne se change pas.';
        END IF;
        RETURN NEW;
    END""",
}


def fonctions() -> list[migrations.RunSQL]:
    """Return the operations that create the trigger functions (once, in ``socle``)."""
    return [
        migrations.RunSQL(
            f"CREATE FUNCTION {nom}() RETURNS trigger LANGUAGE plpgsql AS $corps${corps}$corps$",
            f"DROP FUNCTION {nom}()",
        )
        for nom, corps in DECLENCHEURS.items()
    ]


def ajout_seul(table: str, registre: str) -> migrations.RunSQL:
    """Return the operation that refuses every UPDATE and TRUNCATE, and every DELETE but that of a sealed month.

    Args:
        table: table of the register.
        registre: its name, as the model says it.
    """
    return _declencher(
        table,
        ("refus", "UPDATE OR TRUNCATE", "STATEMENT", "journal_refuser()"),
        ("destruction", "DELETE", "STATEMENT", "journal_detruire()"),
        ("ligne_detruite", "DELETE", "ROW", f"journal_detruire('{registre}')"),
    )


def tete_qui_avance() -> migrations.RunSQL:
    """Return the operation that keeps heads from going back or away."""
    return _declencher(
        "socle_tete",
        ("refus", "DELETE OR TRUNCATE", "STATEMENT", "journal_refuser()"),
        ("avance", "UPDATE", "ROW", "journal_avancer()"),
    )


def segment_pour_toujours() -> migrations.RunSQL:
    """Return the operation that keeps sealed months: only the day of their destruction is ever added."""
    return _declencher(
        "socle_segment",
        ("refus", "DELETE OR TRUNCATE", "STATEMENT", "journal_refuser()"),
        ("date", "UPDATE", "ROW", "journal_dater()"),
    )


def _declencher(table: str, *declencheurs: tuple[str, str, str, str]) -> migrations.RunSQL:
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} FOR EACH {niveau} EXECUTE FUNCTION {fonction}"
            for nom, quand, niveau, fonction in declencheurs
        ],
        [f"DROP TRIGGER {nom} ON {table}" for nom, *_ in declencheurs],
    )
