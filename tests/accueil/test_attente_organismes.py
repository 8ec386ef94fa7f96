"""One reception, several bodies: a number passes, and nothing else; walls and races hold."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from premier_accueil.accueil import actions
from premier_accueil.accueil.models import Attente
from premier_accueil.accueil.regles import Etape, EtatDAttente, GesteImpossible, Nature
from premier_accueil.accueil.requetes import etat_de_l_ecran, organismes_du_lieu, poste_de_travail
from premier_accueil.acteurs.models import Structure
from premier_accueil.socle.cloison import situation, situer
from premier_accueil.socle.models import Acces
from tests import fabriques as f


def chez(role) -> None:
    situer(structure=role.structure_id, mission=role.mission_id)


@pytest.fixture
def maison(db):
    """Return (site, reception, hosted body's agent)."""
    lieu = f.site(f.structure("France services"), "Maison")
    caf = f.structure("CAF", "CAF")
    f.service(caf, site=lieu)
    eux, role = f.agent(caf, nom="Dominique"), f.agent(lieu.structure)
    return lieu, role, eux


def un_ticket(lieu, role, **champs):
    donne = {"etape": Etape.ACCUEIL, "prenom": "Lou"} | champs
    return actions.donner_ticket(**donne, role=role, site_id=lieu.pk, a=f.LUNDI_10H)


def test_seul_le_numero_passe(maison):
    lieu, role, eux = maison
    recu = actions.accueillir(
        f.demande(nom="Durand", mots="secret", nature=Nature.TRAVAILLEUR_SOCIAL, prenom_affiche="Lou"),
        role=role, site_id=lieu.pk, a=f.LUNDI_10H,
    )  # fmt: skip
    ticket = Attente.objects.get()
    vers = actions.passer_a_un_organisme(ticket.pk, eux.structure_id, role=role, a=f.LUNDI_10H)
    ticket.refresh_from_db()
    assert (vers.nom, ticket.etat, ticket.passee_a_id, ticket.passage_id) == ("CAF", "PASSE", eux.structure_id, recu.passage_id)
    assert Attente.objects.count() == 1  # the sender does not read the other body's row
    chez(eux)
    leur = Attente.objects.get()
    assert (leur.numero, leur.etat, leur.passee_par_id) == (recu.ticket, "EN_ATTENTE", role.structure_id)
    assert (leur.passage_id, leur.suite_de_id, leur.prenom, leur.demande_id) == (None, None, "", None)
    with connection.cursor() as curseur:
        curseur.execute("SELECT row_to_json(a)::text FROM accueil_attente a")
        lignes = [texte for (texte,) in curseur.fetchall()]
    assert len(lignes) == 1
    assert not [mot for mot in ("Lou", "Durand", "secret") if mot in lignes[0]]
    assert list(Acces.objects.filter(objet="ATTENTE").values_list("action", "compte_id")) == [("recevoir_un_numero", None)]


def test_un_lieu_partage_ne_donne_jamais_deux_fois_le_meme_numero(maison):
    lieu, role, eux = maison
    assert un_ticket(lieu, role).numero == 1
    chez(eux)
    assert poste_de_travail(eux, lieu.pk).site == "Maison"
    assert un_ticket(lieu, eux).numero == 2
    chez(role)
    assert un_ticket(lieu, role).numero == 3


def test_l_ecran_du_lieu_appelle_pour_chaque_organisme(maison):
    lieu, role, eux = maison
    jeton = actions.renouveler_ecran(role=role, site_id=lieu.pk, a=f.LUNDI_10H)
    ticket = un_ticket(lieu, role)
    actions.passer_a_un_organisme(ticket.pk, eux.structure_id, role=role, a=f.LUNDI_10H)
    chez(eux)
    actions.appeler_suivant(etape=Etape.ACCUEIL, bureau="Porte CAF", role=eux, site_id=lieu.pk, a=f.LUNDI_10H)
    with situation(jeton=jeton):
        vu = etat_de_l_ecran(lieu.pk, f.LUNDI_10H)
    assert [(t["numero"], t["prenom"], t["bureau"]) for t in vu.appeles] == [(1, "", "Porte CAF")]


def test_on_ne_passe_qu_a_un_organisme_present_ou_quelqu_un_voit_la_file(maison):
    lieu, role, eux = maison
    absente, muette = f.structure("Ailleurs"), f.structure("Sans compte")
    f.service(muette, site=lieu)
    assert [s.pk for s in organismes_du_lieu(lieu.pk, sauf=role.structure_id, a=f.LUNDI_10H)] == [eux.structure_id]
    ticket = un_ticket(lieu, role)
    for cle in (absente.pk, muette.pk, role.structure_id):
        with pytest.raises(Structure.DoesNotExist):
            actions.passer_a_un_organisme(ticket.pk, cle, role=role, a=f.LUNDI_10H)
    assert Attente.objects.get().etat == EtatDAttente.EN_ATTENTE


def test_une_file_fermee_en_face_garde_le_ticket_ici(maison):
    lieu, role, eux = maison
    chez(eux)
    actions.fermer_la_file(role=eux, site_id=lieu.pk, a=f.LUNDI_10H)
    chez(role)
    ticket = un_ticket(lieu, role)
    with pytest.raises(GesteImpossible, match="La file de CAF est fermée"):
        actions.passer_a_un_organisme(ticket.pk, eux.structure_id, role=role, a=f.LUNDI_10H)
    assert Attente.objects.get().etat == EtatDAttente.EN_ATTENTE


def test_un_numero_revient_de_l_organisme_qui_l_a_recu(maison):
    lieu, role, eux = maison
    ticket = un_ticket(lieu, role)
    actions.passer_a_un_organisme(ticket.pk, eux.structure_id, role=role, a=f.LUNDI_10H)
    chez(eux)
    actions.passer_a_un_organisme(Attente.objects.get().pk, role.structure_id, role=eux, a=f.LUNDI_10H)
    chez(role)
    assert list(Attente.objects.order_by("pk").values_list("numero", "etat")) == [(1, "PASSE"), (1, "EN_ATTENTE")]


def en_meme_temps(role, faire, fois):
    """Make the same gesture several times at once; return how many were made."""

    def un(_):
        try:
            with situation(structure=role.structure_id, mission=role.mission_id):
                faire()
        except GesteImpossible:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(fois) as ensemble:
        return sum(ensemble.map(un, range(fois)))


@pytest.fixture
def partagee(base_neuve):
    lieu = f.site(f.structure("France services"), "Maison")
    caf = f.structure("CAF", "CAF")
    f.service(caf, site=lieu)
    eux, role = f.agent(caf, nom="Dominique"), f.agent(lieu.structure)
    with situation(structure=role.structure_id, mission=role.mission_id):
        ticket = un_ticket(lieu, role, prenom="")
    return lieu, role, eux, ticket


def test_huit_passages_en_meme_temps_ne_donnent_qu_un_numero(partagee):
    _lieu, role, eux, ticket = partagee
    passer = lambda: actions.passer_a_un_organisme(ticket.pk, eux.structure_id, role=role, a=f.LUNDI_10H)  # noqa: E731
    assert en_meme_temps(role, passer, 8) == 1
    with situation(structure=eux.structure_id):
        assert Attente.objects.count() == 1


def test_huit_rappels_en_meme_temps_sont_tous_comptes(partagee):
    lieu, role, _eux, ticket = partagee
    with situation(structure=role.structure_id, mission=role.mission_id):
        actions.appeler_suivant(etape=Etape.ACCUEIL, bureau="", role=role, site_id=lieu.pk, a=f.LUNDI_10H)
    assert en_meme_temps(role, lambda: actions.faire("rappeler", ticket.pk, role=role, a=f.LUNDI_10H), 8) == 8
    with situation(structure=role.structure_id):
        assert Attente.objects.get().rappels == 8


def test_un_rappel_pendant_un_depart_ne_ressuscite_personne(partagee):
    lieu, role, _eux, ticket = partagee
    with situation(structure=role.structure_id, mission=role.mission_id):
        actions.appeler_suivant(etape=Etape.ACCUEIL, bureau="", role=role, site_id=lieu.pk, a=f.LUNDI_10H)
    gestes = iter(["partir", "rappeler"] * 4)
    en_meme_temps(role, lambda: actions.faire(next(gestes), ticket.pk, role=role, a=f.LUNDI_10H), 8)
    with situation(structure=role.structure_id):
        assert Attente.objects.get().etat == EtatDAttente.PARTI
