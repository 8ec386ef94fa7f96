"""Anybody proposes, who keeps the entry decides; before a committee each structure reads its entry again by a link."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire.actions import FicheRefusee, modifier
from premier_accueil.annuaire.actions import campagnes as actions
from premier_accueil.annuaire.actions.corrections import Proposee, proposer_une_correction, trancher
from premier_accueil.annuaire.actions.reponses import (
    Partie,
    SaisiesRefusees,
    confirmer_par_le_lien,
    corriger_par_le_lien,
    signature,
)
from premier_accueil.annuaire.models import Campagne, Correction, LienDeFiche, Permanence, Revision, Service
from premier_accueil.annuaire.regles.campagnes import GESTES, Etat, Quoi, envoi_du
from premier_accueil.annuaire.regles.historique import Objet, Origine
from premier_accueil.annuaire.requetes import champs_humains, valeurs_de, version_de
from premier_accueil.annuaire.requetes.campagnes import campagnes, invitation, liens_de_la_campagne
from premier_accueil.annuaire.requetes.histoire import histoire_de_la_structure, histoire_du_service
from tests import fabriques as f

A = f.LUNDI_10H
JOUR = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def garage(db):
    return f.service(f.structure("Garage de Loireauxence", "AUTRE", courriel="garage@exemple.fr"))


@pytest.fixture
def coordination(garage):
    return f.agent(f.structure("Département"), Fonction.COORDINATION, nom="Dominique")


def proposee(garage, **champs) -> Proposee:
    defauts = {
        "objet": Objet.SERVICE, "objet_id": garage.pk, "champ": "telephone", "valeur": "02 40 00 00 00",
        "pourquoi": "Je les ai eus ce matin.", "demande_id": uuid4(),
    }  # fmt: skip
    return Proposee(**(defauts | champs))


def test_une_correction_acceptee_corrige_la_fiche_et_dit_de_qui_elle_vient(garage, coordination):
    passant = f.agent(f.structure("CCAS d'ailleurs"), Fonction.BENEVOLE, nom="Sacha")
    dite = proposee(garage)
    une = proposer_une_correction(dite, role=passant, a=A)
    assert proposer_une_correction(dite, role=passant, a=A).pk == une.pk, "le double clic est la même proposition"
    with pytest.raises(Correction.DoesNotExist):
        trancher(une.pk, "accepter", "", role=passant, a=A)
    tenant = f.agent(garage.structure, nom="Camille")
    assert trancher(une.pk, "accepter", "Merci !", role=tenant, a=A).etat == Etat.ACCEPTEE
    revision = Revision.objects.get()
    assert (revision.apres, revision.origine, revision.auteur_dit) == (
        "02 40 00 00 00", "HUMAIN", "proposé par Sacha, CCAS d'ailleurs",
    )  # fmt: skip
    with pytest.raises(FicheRefusee, match="déjà répondu"):
        trancher(une.pk, "refuser", "Trop tard", role=coordination, a=A)
    assert champs_humains(Objet.SERVICE) == {garage.pk: frozenset({"telephone"})}


def test_une_correction_se_refuse_avec_un_mot_et_ne_s_accepte_plus_si_la_fiche_a_change(garage, coordination):
    une = proposer_une_correction(proposee(garage), role=coordination, a=A)
    for geste, mot in (("refuser", " "), ("jeter", "x")):
        with pytest.raises(FicheRefusee):
            trancher(une.pk, geste, mot, role=coordination, a=A)
    modifier(Objet.SERVICE, garage.pk, {"telephone": "3949"}, origine=Origine.HUMAIN, auteur=None, a=A)
    with pytest.raises(FicheRefusee, match="changé depuis"):
        trancher(une.pk, "accepter", "", role=coordination, a=A)
    une.refresh_from_db()
    assert une.etat == Etat.PROPOSEE
    trancher(une.pk, "refuser", "Le 3949 est le bon.", role=coordination, a=A)
    assert set(GESTES) == {"accepter", "refuser"}
    for fautive in ({"champ": "structure_id"}, {"valeur": "abc"}, {"valeur": "3949"}, {"pourquoi": " "}, {"objet_id": 0}):
        with pytest.raises(FicheRefusee):
            proposer_une_correction(proposee(garage, **fautive), role=coordination, a=A)


def demande(**champs) -> actions.Demande:
    defauts = {
        "comite_le": date(2026, 12, 10), "quoi": Quoi.TOUTES, "territoire": "", "territoire_nom": "",
        "page": "https://exemple.test/fiche/{}/",
    }  # fmt: skip
    return actions.Demande(**(defauts | champs))


@pytest.fixture
def envois(settings, tmp_path, monkeypatch):
    import json

    settings.ENVOI = "fichier"
    monkeypatch.setattr("premier_accueil.socle.envoi.dossier_des_envois", lambda: tmp_path / "envois")
    return lambda: [json.loads(x.read_text()) for x in sorted((tmp_path / "envois").glob("*.json"))]


def test_une_campagne_ecrit_une_fois_puis_relance_et_s_arrete(
    garage, coordination, envois, django_capture_on_commit_callbacks
):
    muette = f.service(f.structure("Sans adresse"))
    f.service(f.structure("Autre département", departement="49"))
    campagne = actions.ouvrir_une_campagne(demande(), role=coordination, a=A)
    assert set(campagne.liens.values_list("structure_id", flat=True)) == {garage.structure_id, muette.structure_id}
    with pytest.raises(FicheRefusee, match="déjà ouverte"):
        actions.ouvrir_une_campagne(demande(), role=coordination, a=A)
    for jours, partis in ((0, 1), (0, 0), (4, 0), (5, 1), (9, 0), (10, 1), (11, 0), (16, 0)):
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.envoyer_les_liens(a=A + jours * JOUR) == partis, jours
    messages = envois()
    assert len(messages) == 3 and {m["vers"] for m in messages} == {"garage@exemple.fr"}
    assert len({m["texte"] for m in messages}) == 1, "la relance porte la même adresse"
    assert messages[0]["objet"] == "Votre fiche dans l'annuaire"
    assert not {"social", "accueil", "aide"} & set(messages[0]["texte"].lower().split())
    secret = messages[0]["texte"].split("/fiche/")[1].split("/")[0]
    assert not LienDeFiche.objects.filter(condense__contains=secret).exists(), "la base ne garde qu'une empreinte"
    lien = LienDeFiche.objects.get(structure=garage.structure)
    vue = invitation(secret, A)
    assert vue is not None and (vue.lien_id, vue.close) == (lien.pk, "")
    nouvelle = actions.refaire_le_lien(lien.pk, role=coordination, a=A)
    assert invitation(secret, A) is None
    neuf = nouvelle.split("/fiche/")[1].strip("/")
    for geste, mot in ((actions.revoquer_le_lien_de_fiche, "arrêté"), (None, "terminée")):
        if geste:
            geste(lien.pk, role=coordination, a=A)
        else:
            neuf = actions.refaire_le_lien(lien.pk, role=coordination, a=A).split("/fiche/")[1].strip("/")
            actions.fermer_la_campagne(campagne.pk, role=coordination, a=A)
        vue = invitation(neuf, A)
        assert vue is not None and mot in vue.close
        with pytest.raises(FicheRefusee):
            confirmer_par_le_lien(neuf, [garage.pk], dit="Sam, président", a=A)
    ailleurs = f.agent(f.structure("Autre", departement="49"), Fonction.COORDINATION)
    with pytest.raises(LienDeFiche.DoesNotExist):
        actions.relancer(lien.pk, role=ailleurs, a=A)
    assert campagnes(ailleurs, A) == ()


def test_une_campagne_choisit_les_fiches_et_refuse_une_date_impossible(garage, coordination):
    vieux = f.service(f.structure("Vieux"), date_maj=date(2024, 1, 1))
    campagne = actions.ouvrir_une_campagne(demande(quoi=Quoi.A_CONFIRMER), role=coordination, a=A)
    assert [x.structure_id for x in campagne.liens.all()] == [vieux.structure_id]
    f.commune("Ancenis", "44003", epci_code="244400552", epci_nom="COMPA")
    la = f.service(f.structure("Là-bas"), site=None)
    Permanence.objects.filter(service=la).update(site=f.site(la.structure, commune=f.commune("Ancenis", "44003")))
    autre = actions.ouvrir_une_campagne(demande(territoire="244400552", territoire_nom="COMPA"), role=coordination, a=A)
    assert [x.structure_id for x in autre.liens.all()] == [la.structure_id]
    for fautive in ({"comite_le": date(2026, 11, 22)}, {"comite_le": date(2028, 1, 1)}, {"territoire": "000000000"}):
        with pytest.raises(FicheRefusee):
            actions.ouvrir_une_campagne(demande(**fautive), role=coordination, a=A)
    assert Campagne.objects.count() == 2


def test_une_structure_confirme_tout_ou_corrige_sur_place_par_son_lien(garage, coordination):
    second = f.service(garage.structure, "Prêt de voiture")
    etranger = f.service(f.structure("Voisin"))
    campagne = actions.ouvrir_une_campagne(demande(), role=coordination, a=A)
    lien = LienDeFiche.objects.get(structure=garage.structure)
    secret, dit = actions.secret_de(lien), signature(" Sam  Exemple ", "président")
    assert dit == "Sam Exemple, président"
    with pytest.raises(FicheRefusee):
        signature("Sam", " ")
    assert confirmer_par_le_lien(secret, [garage.pk, etranger.pk], dit=dit, a=A) == 1
    etranger.refresh_from_db()
    assert etranger.confirme_le is None
    permanence = Permanence.objects.get(service=second)

    def partie(objet, rangee, **champs):
        return Partie(objet, rangee.pk, valeurs_de(objet, rangee) | champs, version_de(objet, rangee))

    fautive = [partie(Objet.SERVICE, second, telephone="0240000000"), partie(Objet.PERMANENCE, permanence, horaires="lundi")]
    with pytest.raises(SaisiesRefusees) as refus:
        corriger_par_le_lien(secret, second.pk, fautive, dit=dit, a=A)
    assert set(refus.value.phrases) == {(Objet.PERMANENCE, permanence.pk)} and not Revision.objects.exists()
    with pytest.raises(FicheRefusee):
        corriger_par_le_lien(secret, second.pk, [partie(Objet.SERVICE, etranger, telephone="3949")], dit=dit, a=A)
    justes = [
        partie(Objet.SERVICE, second, telephone="0240000000"),
        partie(Objet.PERMANENCE, permanence, fermetures=[["2026-12-24", "2026-12-31", "Noël"]]),
    ]
    assert corriger_par_le_lien(secret, second.pk, justes, dit=dit, a=A) == 0
    assert {(r.champ, r.origine, r.auteur_dit) for r in Revision.objects.all()} == {
        ("telephone", "LIEN", dit), ("fermetures", "LIEN", dit),
    }  # fmt: skip
    lien.refresh_from_db()
    assert (lien.repondu_le, lien.repondu_dit) == (A, dit)
    assert [x.structure for x in liens_de_la_campagne(campagne.pk, repondu=True, page=1).lignes] == [str(garage.structure)]
    assert liens_de_la_campagne(campagne.pk, repondu=False, page=1).total == 1
    with pytest.raises(SaisiesRefusees) as refus:
        corriger_par_le_lien(secret, second.pk, justes, dit=dit, a=A)
    assert refus.value.change, "un formulaire ancien se dit, il n'écrase rien"
    ici = histoire_du_service(second.pk, 1)
    assert {(x.champ, x.par, x.annulable) for x in ici.lignes} == {("Téléphone", dit, True), ("Fermetures", dit, True)}
    assert [m.sort for m in ici.lignes[-1].morceaux] == ["ote", "mis"]
    assert histoire_de_la_structure(garage.structure_id, 1).total == 2
    assert Service.objects.get(pk=second.pk).confirme_le == date(2026, 11, 23)


def test_les_relances_suivent_les_delais_dates():
    assert envoi_du(0, None, A)
    assert not envoi_du(1, A, A + 4 * JOUR) and envoi_du(1, A, A + 5 * JOUR)
    assert not envoi_du(2, A, A + 4 * JOUR) and envoi_du(2, A, A + 5 * JOUR)
    assert not envoi_du(3, A, A + 400 * JOUR)
