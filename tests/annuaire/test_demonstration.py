"""The demonstration network and the mairies around it."""

from __future__ import annotations

import pytest
import yaml

from premier_accueil.annuaire import actions
from tests.annuaire.fabriques import service, structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(tmp_path):
    for nom, fiches in (("structures", [structure(1)]), ("services", [service(1)])):
        (tmp_path / nom).mkdir()
        (tmp_path / nom / "a.yaml").write_text(yaml.safe_dump(fiches, allow_unicode=True), encoding="utf-8")
    return tmp_path


def test_charger_deux_fois(dossier, a, communes):
    from premier_accueil.acteurs.models import Structure
    from premier_accueil.annuaire.models import Service

    bilan = actions.charger_demonstration(dossier, a=a)
    assert (bilan.lus, bilan.crees, bilan.refuses) == (4, 4, 0)  # two entries, two mairies of the département
    encore = actions.charger_demonstration(dossier, a=a)
    assert (encore.crees, encore.modifies, encore.inchanges) == (0, 0, 4)
    mairie = Structure.objects.get(source="mairies", source_id="44213")
    assert (mairie.nom, mairie.genre, mairie.telephone) == ("Mairie de Loireauxence", "MAIRIE", "02 40 98 30 00")
    accueil = Service.objects.get(structure=mairie)
    assert accueil.zone == ["44213"]
    permanence = accueil.permanences.select_related("site").get()
    assert permanence.horaires == "Mo-Fr 09:00-12:00"
    assert (permanence.site.adresse, permanence.site.code_postal) == ("182 rue du Maréchal-Foch", "44370")
    assert permanence.site.latitude == pytest.approx(47.39)
    # Ancenis has no mairie point here: none is invented.
    assert Structure.objects.get(source_id="44003").sites.get().latitude is None


def test_un_yaml_abime_est_dit_en_une_phrase(dossier, a, communes):
    (dossier / "services" / "b.yaml").write_text("pas une liste", encoding="utf-8")
    with pytest.raises(actions.FichierIllisible, match=r"b\.yaml"):
        actions.charger_demonstration(dossier, a=a)
