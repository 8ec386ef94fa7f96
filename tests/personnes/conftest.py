"""Two structures, three agents."""

from __future__ import annotations

import pytest

from premier_accueil.acteurs.regles import Fonction
from tests import fabriques as f
from tests.personnes import situations as s


@pytest.fixture
def ici(db):
    return f.structure()


@pytest.fixture
def camille(ici):
    """Return who works at the counter here; the database knows her."""
    return s.se_placer(f.agent(ici, nom="Camille"))


@pytest.fixture
def driss(ici):
    """Return the social worker of the same structure."""
    return f.agent(ici, Fonction.TRAVAIL_SOCIAL, nom="Driss")


@pytest.fixture
def ailleurs(db):
    """Return a social worker of another structure."""
    return f.agent(f.structure("EDS d'Ancenis", "EDS"), Fonction.TRAVAIL_SOCIAL, nom="Ines")
