"""A rule is read by its structure, by whoever may book on it, by whoever booked on it; its exceptions with it."""

from django.db import migrations

# Opened to its host: the structure that holds the place. Opened to relays: any structure; the engagement is asked above.
LISENT = (
    "structure_id = pa_structure()"
    " OR pa_structure() IS NOT NULL AND 'RELAIS' = ANY(ouverte_a)"
    " OR 'HEBERGEUR' = ANY(ouverte_a)"
    " AND EXISTS (SELECT FROM annuaire_site s WHERE s.id = site_id AND s.structure_id = pa_structure())"
    " OR EXISTS (SELECT FROM agenda_rendezvous r WHERE r.plage_id = agenda_plagedagenda.id"
    " AND r.reservee_par_id = pa_structure())"
    " OR pa_tache() IN ('agenda', 'conservation')"
)
AVEC_LA_PLAGE = 'EXISTS (SELECT FROM agenda_plagedagenda p WHERE p.id = plage_id)'


def lecture(table: str, avant: str, apres: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f'ALTER POLICY lecture ON {table} USING ({apres})', f'ALTER POLICY lecture ON {table} USING ({avant})'
    )


class Migration(migrations.Migration):
    dependencies = [
        ('agenda', '0001_initial'),
    ]
    operations = [
        lecture('agenda_plagedagenda', 'true', LISENT),
        lecture('agenda_exceptiondagenda', 'true', AVEC_LA_PLAGE),
    ]
