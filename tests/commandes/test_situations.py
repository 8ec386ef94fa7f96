"""The example situations live through the real actions: what they leave behind is what the screens show."""

from __future__ import annotations

import pytest

from premier_accueil.accueil.models import Attente, BulletinDePieces
from premier_accueil.acteurs.models import Compte
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda.models import RendezVous
from premier_accueil.commandes.situations import SUITES, vivre
from premier_accueil.entretien.models import Demarche, Domiciliation, Entretien, PointDeSituation, ReferentDeParcours
from premier_accueil.personnes.models import Personne
from premier_accueil.socle import dossiers
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.fichiers import lire_yaml
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def test_chaque_situation_laisse_ce_qu_elle_dit_une_seule_fois():
    fichier = lire_yaml(dossiers.donnees() / "demonstration" / "situations.yaml")
    ici = f.structure(source="demonstration", source_id=fichier["structure"])
    f.site(ici)
    role = f.agent(ici, Fonction.TRAVAIL_SOCIAL, nom="Dominique")
    Compte.objects.filter(pk=role.compte_id).update(identifiant=fichier["compte"])
    dites = fichier["situations"]
    assert vivre(a=f.LUNDI_10H) == len(dites)
    assert vivre(a=f.LUNDI_10H) == 0
    situer(structure=role.structure_id, mission=role.mission_id)
    assert Personne.objects.count() == len(dites)
    assert all("(exemple)" in nom for nom in Personne.objects.values_list("nom", flat=True))
    assert Entretien.objects.exclude(clos_le=None).count() == len(dites)
    assert not Attente.objects.filter(etat__in=["EN_ATTENTE", "APPELE"]).exists()
    dit = {suite: sum(bool(s.get(suite)) for s in dites) for suite in SUITES}
    for modele, suite in (
        (Demarche, "demarche"), (Domiciliation, "domiciliation"), (ReferentDeParcours, "referent"),
        (PointDeSituation, "point"), (BulletinDePieces, "pieces"),
    ):  # fmt: skip
        assert modele.objects.count() == dit[suite], suite
    # A point de situation takes its own slot in the agenda.
    assert RendezVous.objects.count() == dit["rendez_vous"] + dit["point"]


def test_sans_compte_ni_lieu_rien_n_est_fait():
    assert vivre(a=f.LUNDI_10H) == 0
