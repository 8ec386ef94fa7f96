"""A structure with a place, a social worker and a receptionist."""

from __future__ import annotations

import pytest

from premier_accueil.acteurs.regles import Fonction
from tests import fabriques as f
from tests.agenda import situations as s


@pytest.fixture
def lieu(db):
    return f.site(f.structure(), "Pôle social", telephone="02 61 91 00 01")


@pytest.fixture
def accueil(lieu):
    return f.agent(lieu.structure, Fonction.ACCUEIL)


@pytest.fixture
def dominique(lieu):
    return f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Dominique")


@pytest.fixture
def plage(dominique, lieu):
    return s.plage(dominique, lieu.pk, agent_id=dominique.compte_id)
