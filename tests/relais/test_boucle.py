"""The whole loop: from the slot to the need that closes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from premier_accueil.accueil.models import Besoin
from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda.models import RendezVous
from premier_accueil.faits.models import Fait
from premier_accueil.partage.models import Accord, Communication
from premier_accueil.relais import actions
from premier_accueil.relais.actions import RendezVousVoulu, SaisieRefusee
from premier_accueil.relais.models import Relais
from premier_accueil.relais.regles import EtatDeRelais, GesteImpossible, Mode
from premier_accueil.relais.requetes import (
    accueil_du_destinataire,
    relais_vu,
)
from tests import fabriques as f
from tests.agenda import situations as agenda
from tests.relais.situations import A, Monde, monde

pytestmark = pytest.mark.django_db
E = EtatDeRelais
DEMAIN = A + timedelta(days=1)


@pytest.fixture
def m() -> Monde:
    return monde()


def creneau(m: Monde, **champs) -> tuple[int, datetime]:
    """Open an agenda there, for relays; return its first slot."""
    chez_eux = m.chez_eux()
    cle = agenda.plage(chez_eux, f.site(m.partage.eux).pk, **champs)
    return cle, agenda.premier(m.chez_nous(), cle)


def f_passage(m: Monde):
    """A visit of the person, with one need."""
    from premier_accueil.accueil import actions as accueil
    from premier_accueil.accueil.models import Passage

    lieu = f.site(m.partage.ici)
    recu = accueil.accueillir(f.demande(besoins=(f.REPARER,)), role=m.chez_nous(), site_id=lieu.pk, a=A)
    Passage.objects.filter(pk=recu.passage_id).update(personne=m.partage.personne)
    return Passage.objects.get(pk=recu.passage_id)


def tiers_structure(role):
    return Structure.objects.get(pk=role.structure_id)


def test_la_boucle_entiere_jusqu_au_besoin_qui_se_ferme(m):
    passage = f_passage(m)
    besoin = Besoin.objects.get(passage=passage)
    Besoin.objects.update(etat=Besoin.Etat.OUVERT)
    cle = m.envoyer(passage_id=passage.pk, besoin_id=besoin.pk)
    assert m.etat(cle) is E.ENVOYE
    m.agir(cle, "accepter", eux=True)
    assert m.relais(cle).confie_a_id == m.lui.compte_id
    rendez_vous = m.relais(cle).quand
    with pytest.raises(GesteImpossible, match="pas encore passé"):
        m.agir(cle, "rencontrer", eux=True)
    m.agir(cle, "rencontrer", rendez_vous, eux=True)
    m.agir(cle, "rendre_compte", rendez_vous, eux=True, motif="DROIT_OUVERT")
    m.chez_nous()
    assert Besoin.objects.get(pk=besoin.pk).etat != Besoin.Etat.REPONDU  # only the sender closes it
    vu = relais_vu(cle, m.nous, rendez_vous)
    assert (vu.issue, vu.besoin_propose, vu.a_nous) == ("Un droit est ouvert", "REPONDU", True)
    m.agir(cle, "clore", rendez_vous, motif="REPONDU")
    assert m.etat(cle) is E.CLOS
    assert Besoin.objects.get(pk=besoin.pk).etat == Besoin.Etat.REPONDU
    gestes = list(Fait.objects.filter(genre="RELAIS").order_by("pk").values_list("attributs__geste", flat=True))
    assert gestes == ["RECUEILLIR_L_ACCORD", "ENVOYER", "ACCEPTER", "RENCONTRER", "RENDRE_COMPTE", "CLORE"]


def test_tout_part_ensemble_ou_rien_ne_part(m):
    with pytest.raises(SaisieRefusee, match="au téléphone"), transaction.atomic():
        m.proposer(rendez_vous=RendezVousVoulu(Mode.TELEPHONE, quand=A + timedelta(days=3), lieu="EDS"))
    m.chez_nous()
    assert not Relais.objects.exists()
    assert not Accord.objects.exists()
    assert not Communication.objects.exists()


def test_un_double_clic_n_envoie_qu_une_fois(m):
    demande = m.demande()
    premier = actions.proposer(demande, role=m.chez_nous(), a=A)
    second = actions.proposer(demande, role=m.chez_nous(), a=DEMAIN)
    assert (second.relais_id, second.deja) == (premier.relais_id, True)
    assert Communication.objects.count() == 1


def test_le_creneau_se_prend_dans_la_meme_transaction_et_porte_le_nom_qui_part(m):
    plage_id, debut = creneau(m)
    cle = m.envoyer(rendez_vous=RendezVousVoulu(Mode.CRENEAU, plage_id, debut))
    r = m.relais(cle)
    assert (r.quand, r.rendez_vous.nom, r.rendez_vous.structure_id) == (debut, "Ada Lovelace", m.partage.eux.pk)
    souhait = m.partage.souhait(textes={"BESOIN": "Ne peut plus payer son loyer"})
    suivant = agenda.premier(m.chez_nous(), plage_id)
    sans_nom = m.envoyer(souhait=souhait, rendez_vous=RendezVousVoulu(Mode.CRENEAU, plage_id, suivant))
    assert m.relais(sans_nom).rendez_vous.nom == ""


def test_un_creneau_d_un_autre_service_est_refuse(m):
    tiers = f.agent(f.structure("Autre EDS", "EDS"), Fonction.TRAVAIL_SOCIAL)
    cle = agenda.plage(tiers, f.site(tiers_structure(tiers)).pk)
    with pytest.raises(SaisieRefusee, match="pas de ce service"), transaction.atomic():
        m.envoyer(rendez_vous=RendezVousVoulu(Mode.CRENEAU, cle, A + timedelta(days=1)))


def test_deux_destinataires_acceptent_en_meme_temps_un_seul_gagne_et_l_autre_le_sait(m):
    cle = m.envoyer()
    perime = m.relais(cle)
    m.agir(cle, "accepter", eux=True)
    from premier_accueil.relais.actions.commun import auteur_de, bouger

    m.chez_eux()
    perime = Relais.objects.select_related("destinataire", "structure").get(pk=perime.pk)
    perime.etat = E.ENVOYE  # as the second one had read it
    with pytest.raises(GesteImpossible, match="devenu « accepté »"):
        bouger(perime, "accepter", auteur_de(perime, m.lui), A)


def test_une_autre_date_se_demande_a_la_personne(m):
    cle = m.envoyer()
    with pytest.raises(SaisieRefusee, match="passée"):
        m.agir(cle, "proposer_une_date", eux=True, quand=A - timedelta(days=1))
    m.agir(cle, "proposer_une_date", eux=True, quand=A + timedelta(days=15), lieu="Antenne de Varades")
    vu = relais_vu(cle, m.chez_nous(), A)
    assert (vu.autre_quand, vu.autre_lieu) == (A + timedelta(days=15), "Antenne de Varades")
    assert "convient" in vu.dit
    m.agir(cle, "convenir")
    assert m.relais(cle).quand == A + timedelta(days=15)


def test_une_fois_recue_il_n_y_a_plus_rien_a_lui_annoncer(m):
    cle = m.accepte()
    assert "confirmé" in relais_vu(cle, m.chez_nous(), A).dit
    m.agir(cle, "rencontrer", m.relais(cle).quand, eux=True)
    assert relais_vu(cle, m.chez_nous(), A).dit == ""


def test_annuler_libere_le_creneau(m):
    plage_id, debut = creneau(m)
    cle = m.envoyer(rendez_vous=RendezVousVoulu(Mode.CRENEAU, plage_id, debut))
    m.agir(cle, "annuler", motif="PERSONNE")
    m.chez_nous()
    assert RendezVous.objects.get().etat == "ANNULE_SERVICE"
    assert agenda.premier(m.nous, plage_id) == debut


def test_on_voit_les_creneaux_le_trajet_et_le_delai_avant_d_ecrire(m):
    _, debut = creneau(m)
    ville = f.commune("Ancenis", "44003", latitude=47.36, longitude=-1.17)
    vu = accueil_du_destinataire(m.partage.eux.pk, m.chez_nous(), A, commune_id=ville.pk)
    assert vu.creneaux[0].debut == debut
    assert vu.minutes and vu.minutes > 5
    assert vu.reponse is None


def test_un_relais_vers_sa_propre_structure_est_refuse(m):
    with pytest.raises(SaisieRefusee, match="la vôtre"):
        m.envoyer(souhait=m.partage.souhait(destinataire_id=m.partage.ici.pk))
