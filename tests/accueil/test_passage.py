"""Receiving somebody: nothing is asked, nothing is lost, everything leaves its line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from premier_accueil.accueil import actions
from premier_accueil.accueil.models import Attente, Besoin, Passage
from premier_accueil.accueil.regles import Concerne, Nature
from premier_accueil.accueil.requetes import passage_vu, passages_du_jour
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.faits.models import Fait
from premier_accueil.orientation.models import Manque
from premier_accueil.socle.models import Acces
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def lieu():
    ici = f.structure()
    return f.site(ici)


@pytest.fixture
def camille(lieu):
    return f.agent(lieu.structure)


def test_T5_une_personne_anonyme_est_servie_et_comptee(camille, lieu):
    recu = actions.accueillir(
        f.demande(mots="voiture en panne", besoins=(f.REPARER,)), role=camille, site_id=lieu.pk, a=f.LUNDI_10H
    )
    passage = Passage.objects.get(pk=recu.passage_id)
    assert passage.nom == ""
    assert passage.clos_le == f.LUNDI_10H
    assert list(passage.besoins.values_list("thematique", "etat")) == [(f.REPARER, "REPONDU")]
    assert [ligne.id for ligne in passages_du_jour(site_id=lieu.pk, role=camille, a=f.LUNDI_10H).lignes] == [passage.pk]


def test_une_visite_simple_ne_demande_que_la_reponse(camille, lieu):
    recu = actions.accueillir(f.demande(), role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    assert Passage.objects.get(pk=recu.passage_id).besoins.count() == 0


def test_un_double_clic_n_enregistre_qu_un_passage(camille, lieu):
    demande = f.demande(mots="bonjour", nature=Nature.TRAVAILLEUR_SOCIAL)
    premier = actions.accueillir(demande, role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    second = actions.accueillir(demande, role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    assert (second.passage_id, second.ticket, second.deja) == (premier.passage_id, premier.ticket, True)
    assert Passage.objects.count() == 1
    assert Attente.objects.count() == 1


def test_orienter_sans_service_ni_manque_est_refuse_et_rien_n_est_ecrit(camille, lieu):
    with pytest.raises(actions.DemandeRefusee, match="Choisissez au moins un service") as refus:
        actions.accueillir(f.demande(nature=Nature.ORIENTATION), role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    assert refus.value.champ == "services"
    assert not Passage.objects.exists()
    assert not Acces.objects.exists()


def test_l_orientation_garde_les_raisons_montrees_ce_jour_la(camille, lieu):
    garage = f.service(f.structure("Garage", "ASSOCIATION"))
    recu = actions.accueillir(
        f.demande(nature=Nature.ORIENTATION, services=((garage.pk, ("Couvre Loireauxence",)), (999_999, ()))),
        role=camille, site_id=lieu.pk, a=f.LUNDI_10H,
    )  # fmt: skip
    garage.delete()
    vu = passage_vu(recu.passage_id, role=camille, a=f.LUNDI_10H)
    assert vu.orientations == (("Garage solidaire", ("Couvre Loireauxence",)),)


def test_un_manque_ne_dit_rien_de_la_personne(camille, lieu):
    actions.accueillir(
        f.demande(nature=Nature.ORIENTATION, manque=True, mots="secret", nom="Durand", besoins=(f.REPARER,), commune_id=f.commune().pk),
        role=camille, site_id=lieu.pk, a=f.LUNDI_10H,
    )  # fmt: skip
    manque = Manque.objects.get()
    assert (manque.thematique, manque.commune.nom) == (f.REPARER, "Loireauxence")
    assert {c.name for c in Manque._meta.get_fields()} == {"id", "thematique", "commune", "jour"}


def test_passer_au_travailleur_social_laisse_le_besoin_ouvert_et_donne_un_ticket(camille, lieu):
    recu = actions.accueillir(
        f.demande(mots="plus de loyer", nature=Nature.TRAVAILLEUR_SOCIAL, concerne=Concerne.PROCHE, prenom_affiche="Lou"),
        role=camille, site_id=lieu.pk, a=f.LUNDI_10H,
    )  # fmt: skip
    ticket = Attente.objects.get()
    assert (recu.ticket, ticket.etape, ticket.prenom) == (1, "TRAVAIL_SOCIAL", "Lou")
    assert Besoin.objects.get().etat == "OUVERT"
    assert passage_vu(recu.passage_id, role=camille, a=f.LUNDI_10H).ouvert


def test_chaque_lecture_et_chaque_ecriture_laisse_sa_ligne_sans_les_mots(camille, lieu):
    recu = actions.accueillir(
        f.demande(mots="motif secret", nom="Durand"), role=camille, site_id=lieu.pk, a=f.LUNDI_10H
    )
    passage_vu(recu.passage_id, role=camille, a=f.LUNDI_10H)
    passages_du_jour(site_id=lieu.pk, role=camille, a=f.LUNDI_10H)
    lignes = list(Acces.objects.order_by("pk").values_list("geste", "action", "objet", "objet_id", "compte_id"))
    assert lignes == [
        ("ECRITURE", "accueillir", "PASSAGE", recu.passage_id, camille.compte_id),
        ("LECTURE", "passage_vu", "PASSAGE", recu.passage_id, camille.compte_id),
        ("LECTURE", "passages_du_jour", "PASSAGE", None, camille.compte_id),
    ]
    assert "secret" not in str(list(Acces.objects.order_by("pk").values()))


def test_si_le_journal_ne_peut_pas_s_ecrire_rien_n_est_enregistre(camille, lieu, monkeypatch):
    def panne(**_):
        raise OSError("disque plein")

    monkeypatch.setattr("premier_accueil.accueil.actions.passage.noter", panne)
    with pytest.raises(OSError, match="disque plein"):
        actions.accueillir(f.demande(), role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    assert not Passage.objects.exists()


def test_T7_le_passage_d_une_autre_structure_n_existe_pas(camille, lieu):
    recu = actions.accueillir(f.demande(), role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    ailleurs = f.agent(f.structure("Autre CCAS"))
    for essai in (
        lambda: passage_vu(recu.passage_id, role=ailleurs, a=f.LUNDI_10H),
        lambda: actions.repondre(recu.passage_id, Nature.CONSEIL, role=ailleurs, a=f.LUNDI_10H),
        lambda: actions.annuler(recu.passage_id, role=ailleurs, a=f.LUNDI_10H),
    ):
        with pytest.raises(Passage.DoesNotExist):
            essai()


def test_T10_un_elu_ne_voit_que_ses_propres_accueils(camille, lieu):
    elue = f.agent(lieu.structure, Fonction.ELU)
    recu = actions.accueillir(f.demande(), role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    le_sien = actions.accueillir(f.demande(), role=elue, site_id=lieu.pk, a=f.LUNDI_10H)
    assert [ligne.id for ligne in passages_du_jour(site_id=lieu.pk, role=elue, a=f.LUNDI_10H).lignes] == [le_sien.passage_id]
    with pytest.raises(Passage.DoesNotExist):
        passage_vu(recu.passage_id, role=elue, a=f.LUNDI_10H)


def test_annuler_efface_les_mots_et_retire_le_ticket(camille, lieu):
    recu = actions.accueillir(
        f.demande(mots="erreur", nom="X", nature=Nature.TRAVAILLEUR_SOCIAL),
        role=camille,
        site_id=lieu.pk,
        a=f.LUNDI_10H,
    )
    actions.annuler(recu.passage_id, role=camille, a=f.LUNDI_10H + timedelta(minutes=5))
    passage = Passage.objects.get()
    assert (passage.mots, passage.nom, passage.annule_le is not None) == ("", "", True)
    assert not Attente.objects.exists()
    assert not Besoin.objects.exists()
    assert passages_du_jour(site_id=lieu.pk, role=camille, a=f.LUNDI_10H).lignes == ()


@pytest.mark.parametrize("empeche", ["trop tard", "un autre agent", "déjà appelé"])
def test_annuler_est_refuse_et_dit_pourquoi(camille, lieu, empeche):
    recu = actions.accueillir(f.demande(nature=Nature.TRAVAILLEUR_SOCIAL), role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    qui, quand = camille, f.LUNDI_10H
    if empeche == "trop tard":
        quand += timedelta(minutes=16)
    elif empeche == "un autre agent":
        qui = f.agent(lieu.structure)
    else:
        actions.faire("appeler", Attente.objects.get().pk, role=camille, a=quand)
    with pytest.raises(actions.AnnulationImpossible, match="annul"):
        actions.annuler(recu.passage_id, role=qui, a=quand)


def test_un_lieu_d_une_autre_structure_est_refuse(camille):
    ailleurs = f.site(f.structure("Autre"))
    with pytest.raises(actions.DemandeRefusee, match="votre structure"):
        actions.accueillir(f.demande(), role=camille, site_id=ailleurs.pk, a=f.LUNDI_10H)


def test_les_caracteres_qu_une_base_refuse_sont_retires(camille, lieu):
    recu = actions.accueillir(
        f.demande(mots="loyer\x00 impayé \u202egnp", nom="A\x00B"), role=camille, site_id=lieu.pk, a=f.LUNDI_10H
    )
    passage = Passage.objects.get(pk=recu.passage_id)
    assert (passage.mots, passage.nom) == ("loyer impayé gnp", "AB")


def test_le_nombre_de_requetes_de_la_liste_ne_depend_pas_du_nombre_de_passages(camille, lieu):
    def requetes():
        with CaptureQueriesContext(
            connection,
        ) as prises:
            passages_du_jour(site_id=lieu.pk, role=camille, a=f.LUNDI_10H)
        return len(prises)

    actions.accueillir(f.demande(), role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    requetes()  # then this process knows where the journal's head is
    avec_un = requetes()
    for _ in range(12):
        actions.accueillir(f.demande(nature=Nature.TRAVAILLEUR_SOCIAL), role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    assert requetes() == avec_un


def test_une_longue_journee_se_lit_par_pages(camille, lieu):
    for _ in range(27):
        actions.accueillir(f.demande(), role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    seconde = passages_du_jour(site_id=lieu.pk, role=camille, a=f.LUNDI_10H, page=2)
    assert (len(seconde.lignes), seconde.total, seconde.pages) == (12, 27, 2)
    assert passages_du_jour(site_id=lieu.pk, role=camille, a=f.LUNDI_10H, page=999).page == 2


def compter(faire):
    """Return what an act gives and how many statements it sends to the counter's own tables."""
    with CaptureQueriesContext(connection) as prises:
        rendu = faire()
    return rendu, sum('"accueil_' in q["sql"] for q in prises)


def test_une_liste_et_un_passage_se_lisent_en_peu_de_requetes(camille, lieu):
    garages = [f.service(f.structure(f"Garage {n}", "ASSOCIATION")) for n in range(2)]
    recu = actions.accueillir(
        f.demande(
            nature=Nature.ORIENTATION, besoins=(f.REPARER, "mobilite--acceder-a-un-vehicule"), mots="en panne",
            services=tuple((g.pk, (f"raison {g.pk}",)) for g in garages),
        ),
        role=camille, site_id=lieu.pk, a=f.LUNDI_10H,
    )  # fmt: skip
    actions.repondre(recu.passage_id, Nature.INFORMATION, role=camille, a=f.LUNDI_10H + timedelta(minutes=1))
    vu, requetes = compter(lambda: passage_vu(recu.passage_id, role=camille, a=f.LUNDI_10H))
    assert requetes == 1  # the passage with its lists
    assert vu.reponses == ("Orientation", "Information")
    assert vu.orientations == tuple((g.nom, (f"raison {g.pk}",)) for g in garages)
    assert [ouvert for _, ouvert in vu.besoins] == [False, False]
    vus, requetes = compter(lambda: passages_du_jour(site_id=lieu.pk, role=camille, a=f.LUNDI_10H))
    assert requetes == 2  # the count, and the lines with their lists
    [ligne] = vus.lignes
    assert (ligne.reponses, ligne.ticket, ligne.ouvert) == (("Orientation", "Information"), None, False)


def test_accueillir_ecrit_en_peu_de_requetes(camille, lieu):
    def requetes(nature):
        demande = f.demande(mots="en panne", besoins=(f.REPARER,), nature=nature)
        return compter(lambda: actions.accueillir(demande, role=camille, site_id=lieu.pk, a=f.LUNDI_10H))[1]

    assert requetes(Nature.INFORMATION) == 3  # the passage, its need, its answer
    assert requetes(Nature.TRAVAILLEUR_SOCIAL) == 6  # and how the place works, the former days, the ticket


def test_passer_deux_fois_garde_le_ticket_et_la_premiere_reponse(camille, lieu):
    recu = actions.accueillir(f.demande(nature=Nature.TRAVAILLEUR_SOCIAL), role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    encore = actions.passer_au_travailleur_social(
        recu.passage_id, prenom="Lou", role=camille, a=f.LUNDI_10H + timedelta(minutes=5)
    )
    assert (recu.ticket, encore, Attente.objects.count()) == (1, 1, 1)
    assert passage_vu(recu.passage_id, role=camille, a=f.LUNDI_10H).reponses == ("Passer au travailleur social",)


def faits():
    return sorted(
        (x.genre, x.commune, tuple(sorted(x.attributs.items())), x.nombre)
        for x in Fait.objects.order_by("pk")
    )


@pytest.mark.django_db
def test_chaque_acte_ecrit_ses_faits_une_fois_et_sans_personne():
    lieu = f.site(f.structure())
    camille = f.agent(lieu.structure)
    grande, petite = f.commune(), f.commune("Montrelais", "44104", population=850)
    for ou in (grande, petite):
        demande = f.demande(besoins=(f.REPARER,), commune_id=ou.pk, nom="Martin", mots="Ma voiture", nature=Nature.CONSEIL)
        for _ in range(2):
            recu = actions.accueillir(demande, role=camille, site_id=lieu.pk, a=f.LUNDI_10H)
    passage = ("PASSAGE", (("canal", "GUICHET"), ("concerne", "SOI")))
    attendus = [
        (genre, code, attributs, 1)
        for genre, attributs in (passage, ("BESOIN", (("thematique", f.REPARER),)), ("REPONSE", (("nature", "CONSEIL"),)))
        for code in ("44213", "")
    ]
    assert faits() == sorted(attendus)
    for _ in range(2):
        actions.repondre(recu.passage_id, Nature.INFORMATION, role=camille, a=f.LUNDI_10H)
    assert faits() == sorted([*attendus, ("REPONSE", "", (("nature", "INFORMATION"),), 1)])
    actions.annuler(recu.passage_id, role=camille, a=f.LUNDI_10H)
    assert sum(nombre for _, code, _, nombre in faits() if code == "") == 0
