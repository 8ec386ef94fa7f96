"""Closed for good, or moved: in doubt at once, decided in one touch, undone whole; no import brings it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire.actions import FicheRefusee, modifier
from premier_accueil.annuaire.actions.campagnes import secret_de
from premier_accueil.annuaire.actions.corrections import revenir_sur, trancher
from premier_accueil.annuaire.actions.declarations import Declaration, declarer, declarer_par_le_lien
from premier_accueil.annuaire.actions.importer import importer_lignes
from premier_accueil.annuaire.actions.parties import Adresse
from premier_accueil.annuaire.imports.lecture import Ligne
from premier_accueil.annuaire.models import Correction, Permanence, Service, Site
from premier_accueil.annuaire.regles.declarations import Sort
from premier_accueil.annuaire.regles.historique import Objet, Origine
from premier_accueil.annuaire.regles.recherche import Criteres
from premier_accueil.annuaire.requetes import chercher_public
from premier_accueil.annuaire.requetes.fraicheur import service_a_confirmer
from premier_accueil.annuaire.requetes.recherche import chercher
from premier_accueil.orientation.requetes import proposer
from tests import fabriques as f
from tests.annuaire.fabriques import service, structure
from tests.annuaire.situations_tenue import campagne
from tests.orientation import reseau

pytestmark = pytest.mark.django_db
LE = date(2026, 11, 2)


@pytest.fixture
def offre(communes, a):
    importer_lignes([Ligne(1, structure(1))], [Ligne(1, service(1))], "s", "v", a=a)
    return Service.objects.get()


@pytest.fixture(autouse=True)
def lecteur(monkeypatch):
    monkeypatch.setattr(proposer, "_lecteur", reseau.LecteurSimple)


def ferme(offre, **champs):
    return Declaration(**({"service_id": offre.pk, "quoi": Sort.FERME, "le": LE, "mot": "", "demande_id": uuid4()} | champs))


def dans_les_suggestions(offre):
    reponse = proposer.propositions(
        "de l'argent", commune="44213", a=f.LUNDI_10H, limite=50, thematiques=["mobilite--financer-ma-mobilite"]
    )
    return {p.service_id for p in reponse.propositions}


def test_t15_dit_ferme_par_lien_le_service_est_aussitot_a_confirmer_et_une_decision_le_ferme(offre, a):
    lien = campagne(offre)
    assert not service_a_confirmer(offre, a) and offre.pk in dans_les_suggestions(offre)
    for _ in range(2):
        assert declarer_par_le_lien(secret_de(lien), ferme(offre), dit="Élodie, présidente", a=f.LUNDI_10H) == 0
    lien.refresh_from_db()
    assert lien.repondu_dit == "Élodie, présidente", "la campagne a sa réponse"
    dite = Correction.objects.get()
    offre.refresh_from_db()
    assert service_a_confirmer(offre, a) and (offre.confirme_le, offre.date_maj) == (None, None)
    # The file goes on saying that it is fresh: the doubt stays.
    importer_lignes([Ligne(1, structure(1))], [Ligne(1, service(1, date_maj="2026-11-20"))], "s", "v", a=a)
    offre.refresh_from_db()
    assert service_a_confirmer(offre, a) and offre.pk in dans_les_suggestions(offre), "proposé, mais à confirmer"

    role = replace(f.agent(f.structure("Département"), Fonction.COORDINATION), departement="44")
    trancher(dite.pk, "accepter", "", role=role, a=a)
    offre.refresh_from_db()
    assert (offre.ferme_le, offre.thematiques, Permanence.objects.count()) == (LE, ["mobilite--financer-ma-mobilite"], 0)
    importer_lignes([Ligne(1, structure(1))], [Ligne(1, service(1, date_maj="2026-11-21"))], "s", "v", a=a)
    assert offre.pk not in dans_les_suggestions(offre) and not Permanence.objects.exists()
    assert not chercher_public("Service 1", None, a) and chercher(Criteres(mots="Service 1"), role, a).nombre == 0
    with pytest.raises(FicheRefusee, match="déjà"):
        declarer(ferme(offre), par=None, par_dit="x", a=a)

    # Back, in one touch: as before, but still in doubt; then refused, nothing is left of it.
    assert revenir_sur(dite.pk, role=role, a=a).etat == "PROPOSEE"
    with pytest.raises(FicheRefusee, match="ne l'est plus"):
        revenir_sur(dite.pk, role=role, a=a)
    offre.refresh_from_db()
    assert (offre.ferme_le, offre.thematiques) == (None, ["mobilite--financer-ma-mobilite"])
    assert Permanence.objects.get().horaires == "Mo-Fr 09:00-12:00" and service_a_confirmer(offre, a)
    trancher(dite.pk, "refuser", "Ils sont là, je les ai vus.", role=role, a=a)
    offre.refresh_from_db()
    assert offre.date_maj == date(2026, 10, 1) and not service_a_confirmer(offre, a)
    importer_lignes([Ligne(1, structure(1))], [Ligne(1, service(1, date_maj="2026-11-22"))], "s", "v", a=a)
    offre.refresh_from_db()
    assert offre.date_maj == date(2026, 11, 22)


def test_dit_demenage_le_lieu_change_d_adresse_et_le_service_est_confirme(offre, communes, a):
    ou, lieu = Adresse(communes["44003"].pk, "3 quai de Loire", "", "44150"), Site.objects.get()
    role = replace(f.agent(offre.structure, Fonction.COORDINATION), departement="44")
    with pytest.raises(FicheRefusee, match="à venir"):
        declarer(ferme(offre, le=date(2027, 1, 1)), par=None, par_dit="x", a=a)
    with pytest.raises(FicheRefusee, match="Choisissez"):
        declarer(ferme(offre, quoi=Sort.DEMENAGE), par=None, par_dit="x", a=a)
    dite = declarer(ferme(offre, quoi=Sort.DEMENAGE, lieu=lieu.pk, ou=ou), par=None, par_dit="Sam", a=a)
    assert service_a_confirmer(Service.objects.get(), a)
    modifier(Objet.SITE, lieu.pk, {"adresse": "9 rue Autre"}, origine=Origine.HUMAIN, auteur=None, a=a)
    with pytest.raises(FicheRefusee, match="changé depuis"):
        trancher(dite.pk, "accepter", "", role=role, a=a)
    modifier(Objet.SITE, lieu.pk, {"adresse": "1 rue de l'Essai"}, origine=Origine.HUMAIN, auteur=None, a=a)
    trancher(dite.pk, "accepter", "", role=role, a=a)
    lieu.refresh_from_db()
    offre.refresh_from_db()
    assert (lieu.commune_id, lieu.adresse, lieu.latitude) == (ou.commune_id, "3 quai de Loire", None)
    assert not service_a_confirmer(offre, a + timedelta(days=300))
    revenir_sur(dite.pk, role=role, a=a)
    lieu.refresh_from_db()
    assert (lieu.adresse, lieu.latitude, lieu.point_verifie) == ("1 rue de l'Essai", 47.4, True)
