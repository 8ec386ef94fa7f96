"""The nightly look for files that have reached their term."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.commandes import conservation
from premier_accueil.partage.models import Destruction
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.personnes import situations as p


@pytest.mark.django_db
def test_chaque_structure_recoit_sa_proposition(monkeypatch):
    class Horloge(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2029, 1, 2, 3, tzinfo=UTC)

    monkeypatch.setattr(conservation, "preparer", lambda: None)
    monkeypatch.setattr(conservation, "datetime", Horloge)
    structures = []
    for nom in ("Ici", "Ailleurs"):
        role = f.agent(f.structure(nom), Fonction.TRAVAIL_SOCIAL)
        p.personne(role)
        structures.append(role.structure_id)
    f.agent(f.structure("Vide"))
    situer()
    resultat = CliRunner().invoke(conservation.conservation, ["proposer"])
    assert "2 propositions nouvelles" in resultat.output
    for structure in structures:
        situer(structure=structure)
        assert Destruction.objects.get().etat == "PROPOSEE"
    assert "0 proposition nouvelle" in CliRunner().invoke(conservation.conservation, ["proposer"]).output
