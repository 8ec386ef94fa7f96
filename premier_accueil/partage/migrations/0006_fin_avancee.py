"""A copy may end before its date, when what it was for is over: by its sender, its recipient or its link. Never later."""

from django.db import migrations

JETON = "encode(sha256(convert_to(pa_jeton(), 'UTF8')), 'hex')"
CHANGENT = "structure_id = pa_structure() OR expediteur_id = pa_structure() OR pa_tache() = 'conservation'"
PAR_LIEN = f'id IN (SELECT communication_id FROM partage_liendecommunication WHERE condense = {JETON})'
CHANGES = "'{fermee_le,lue_le,lue_par_id}'::text[]"
FIN = "'{fermee_le,lue_le,lue_par_id,fin}'::text[]"
DE_LA_FIN = 'OR NEW.fin > OLD.fin OR (OLD.fermee_le IS NOT NULL AND NEW.fin <> OLD.fin)'


def _fonction(champs, suite):
    return f"""
CREATE OR REPLACE FUNCTION partage_copie_intangible() RETURNS trigger LANGUAGE plpgsql AS $corps$BEGIN
    IF to_jsonb(NEW) - {champs} <> to_jsonb(OLD) - {champs}
       OR (OLD.fermee_le IS NOT NULL AND NEW.fermee_le IS DISTINCT FROM OLD.fermee_le)
       OR (OLD.lue_le IS NOT NULL AND NEW.lue_le IS DISTINCT FROM OLD.lue_le)
       OR (NEW.fermee_le IS DISTINCT FROM OLD.fermee_le AND OLD.expediteur_id IS DISTINCT FROM pa_structure())
       {suite} THEN
        RAISE EXCEPTION 'Une communication ne se change pas et ne se rouvre pas.';
    END IF;
    RETURN NEW;
END$corps$;
"""


def _droit(condition):
    return f'ALTER POLICY changement ON partage_communication USING ({condition}) WITH CHECK ({condition})'


class Migration(migrations.Migration):
    dependencies = [
        ('partage', '0005_attestations_et_codes'),
    ]
    operations = [
        migrations.RunSQL(_fonction(FIN, DE_LA_FIN), _fonction(CHANGES, '')),
        migrations.RunSQL(_droit(f'{CHANGENT} OR {PAR_LIEN}'), _droit(CHANGENT)),
    ]
