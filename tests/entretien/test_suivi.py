"""Points de situation, référent, absences, promises, the worker's day and a person's path."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from premier_accueil.acteurs.models import Mission, Structure
from premier_accueil.entretien import actions
from premier_accueil.entretien.models import PointDeSituation, ReferentDeParcours
from premier_accueil.entretien.requetes import entretien_vu, ma_journee, parcours, point_vu, proposition, referent_de
from premier_accueil.faits.models import Fait
from premier_accueil.personnes.actions import SaisieRefusee
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.declarations import declarations
from tests import fabriques as f
from tests.entretien.situations import DEMANDE, clos, travailleuse
from tests.personnes import situations as p

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H
TROIS_MOIS = A + timedelta(days=92)  # Tuesday 23 February 2027


@pytest.fixture
def camille():
    return travailleuse()


@pytest.fixture
def dominique(camille):
    role = travailleuse(Structure.objects.get(pk=camille.structure_id), nom="Dominique")
    p.se_placer(camille)
    return role


def prevoir(role, cle, rang=2, quand=TROIS_MOIS, compte=None, demande=None):
    return actions.prevoir(
        cle, rang=rang, quand=quand, compte_id=compte or role.compte_id, demande_id=demande or uuid4(), role=role, a=A
    )


def partir(role, fin):
    Mission.objects.filter(compte_id=role.compte_id).update(fin=fin)


def test_un_point_se_prevoit_avec_la_meme_personne(camille):
    cle = clos(camille, personne_id=p.personne(camille))
    vu = proposition(cle, 2, compte_id=camille.compte_id, role=camille, a=A)
    assert vu.quand.date() == date(2027, 2, 23) and not vu.avec_un_autre
    demande = uuid4()
    point = prevoir(camille, cle, quand=vu.quand, demande=demande)
    assert prevoir(camille, cle, quand=vu.quand, demande=demande) == point
    with pytest.raises(actions.GesteRefuse, match="déjà prévu"):
        prevoir(camille, cle)


@pytest.mark.parametrize(
    ("quand", "dit"),
    [
        (A - timedelta(days=1), "passé"),
        (A + timedelta(days=5), "samedi"),
        (A + timedelta(days=32), "férié"),  # 25 December 2026
    ],
)
def test_t11_un_jour_ferme_est_refuse(camille, quand, dit):
    with pytest.raises(SaisieRefusee, match=dit):
        prevoir(camille, clos(camille), quand=quand)


def test_t11_un_collegue_parti_laisse_un_point_a_confier(camille, dominique):
    point = prevoir(camille, clos(camille))
    assert not point_vu(point, role=dominique, a=A).a_replacer
    partir(camille, date(2027, 1, 31))
    assert point_vu(point, role=dominique, a=A).a_replacer
    assert [x.id for x in ma_journee(dominique, A).points] == [point]
    with pytest.raises(SaisieRefusee, match="ne sera plus là"):
        actions.reprevoir(
            point, quand=TROIS_MOIS, compte_id=camille.compte_id, motif="COLLEGUE_PARTI", prevenue=True, version=1,
            role=dominique, a=A,
        )  # fmt: skip
    changer = {"quand": TROIS_MOIS, "compte_id": dominique.compte_id, "motif": "COLLEGUE_PARTI", "version": 1}
    with pytest.raises(SaisieRefusee, match="Prévenez d'abord la personne"):
        actions.reprevoir(point, **changer, prevenue=False, role=dominique, a=A)
    actions.reprevoir(point, **changer, prevenue=True, role=dominique, a=A)
    vu = point_vu(point, role=dominique, a=A)
    assert (vu.compte, vu.prevenue_le, vu.a_replacer, vu.etat) == ("Dominique", A, False, "PREVU")
    with pytest.raises(actions.GesteRefuse, match="modifié par quelqu'un d'autre"):
        actions.reprevoir(point, **changer, prevenue=True, role=dominique, a=A)


def test_t11_une_date_passee_ne_termine_rien(camille):
    point = prevoir(camille, clos(camille))
    plus_tard = TROIS_MOIS + timedelta(days=40)
    assert point_vu(point, role=camille, a=plus_tard).etat == "PREVU"
    assert [x.en_retard for x in ma_journee(camille, plus_tard).points] == [True]


def test_chaque_geste_d_un_point_depuis_chaque_etat(camille):
    point = prevoir(camille, clos(camille))
    actions.faire_un_geste("manquer", point, version=1, role=camille, a=A)
    with pytest.raises(actions.GesteRefuse):
        actions.faire_un_geste("manquer", point, version=2, role=camille, a=A)
    actions.faire_un_geste("annuler", point, version=2, role=camille, a=A)
    with pytest.raises(actions.GesteRefuse):
        actions.faire_un_geste("manquer", point, version=3, role=camille, a=A)
    assert point_vu(point, role=camille, a=A).gestes == ()


def test_s4_a_la_troisieme_rencontre_l_ecran_demande(camille):
    from premier_accueil.accueil.regles import Canal
    from premier_accueil.annuaire.models import Site

    personne_id = p.personne(camille)
    cle = clos(camille, personne_id=personne_id)
    site = Site.objects.filter(structure_id=camille.structure_id)[0].pk
    for rang in (2, 3):
        point = prevoir(camille, cle, rang=rang)
        ouvrir = {"demande_id": uuid4(), "site_id": site, "canal": Canal.GUICHET}
        cle = actions.commencer_le_point(point, **ouvrir, role=camille, a=A + timedelta(days=rang))
        assert actions.commencer_le_point(point, **ouvrir, role=camille, a=A) == cle
        vu = entretien_vu(cle, role=camille, a=A)
        assert (vu.rencontres, vu.qui.id, vu.a_decider) == (rang, personne_id, rang == 3)
    assert "TROISIEME_RENCONTRE" in [s.code for s in vu.suggestions]
    actions.decider(cle, "RELAIS", role=camille, a=A)
    assert entretien_vu(cle, role=camille, a=A).suite == "Passer le relais"
    assert PointDeSituation.objects.values("entretien_id").distinct().count() == 1


def test_un_referent_se_nomme_quand_la_personne_accepte(camille, dominique):
    personne_id = p.personne(camille)
    with pytest.raises(SaisieRefusee, match="accepté"):
        actions.nommer_referent(
            personne_id, camille.compte_id, acceptee=False, demande_id=DEMANDE, role=camille, a=A
        )  # fmt: skip
    un = actions.nommer_referent(personne_id, camille.compte_id, acceptee=True, demande_id=DEMANDE, role=camille, a=A)
    assert un == actions.nommer_referent(
        personne_id, camille.compte_id, acceptee=True, demande_id=DEMANDE, role=camille, a=A
    )
    with pytest.raises(actions.GesteRefuse, match="a déjà un référent"):
        actions.nommer_referent(personne_id, dominique.compte_id, acceptee=True, demande_id=uuid4(), role=camille, a=A)
    with pytest.raises(SaisieRefusee, match="doit savoir"):
        actions.passer_la_suite(un, dominique.compte_id, informee=False, demande_id=uuid4(), role=camille, a=A)
    deux = actions.passer_la_suite(un, dominique.compte_id, informee=True, demande_id=uuid4(), role=camille, a=A)
    assert referent_de(personne_id, camille, A).compte == "Dominique"
    assert ReferentDeParcours.objects.get(pk=un).personne_informee_le == A
    with pytest.raises(actions.GesteRefuse):
        actions.passer_la_suite(un, dominique.compte_id, informee=True, demande_id=uuid4(), role=camille, a=A)
    actions.finir_l_accompagnement(deux, "FIN_D_ACCOMPAGNEMENT", informee=True, role=dominique, a=A)
    assert referent_de(personne_id, camille, A) is None
    gestes = [x.attributs["geste"] for x in Fait.objects.filter(genre="ACCOMPAGNEMENT").order_by("pk")]
    assert gestes == ["commencer", "finir"]


def test_une_absence_nomme_qui_remplace(camille, dominique):
    personne_id = p.personne(camille)
    actions.nommer_referent(personne_id, camille.compte_id, acceptee=True, demande_id=DEMANDE, role=camille, a=A)
    dates = (A.date(), A.date() + timedelta(days=3))
    ids = (camille.compte_id, dominique.compte_id)
    actions.noter_une_absence(*ids, *dates, demande_id=DEMANDE, role=camille, a=A)
    assert referent_de(personne_id, camille, A).remplacant == "Dominique"
    assert referent_de(personne_id, camille, A + timedelta(days=4)).remplacant == ""
    with pytest.raises(SaisieRefusee, match="avant le départ"):
        actions.noter_une_absence(*ids, *reversed(dates), demande_id=uuid4(), role=camille, a=A)
    with pytest.raises(SaisieRefusee, match="autre pour remplacer"):
        actions.noter_une_absence(ids[0], ids[0], *dates, demande_id=uuid4(), role=camille, a=A)


def test_ce_que_j_ai_promis_cette_semaine(camille, dominique):
    cle = clos(camille)
    for jours, texte in ((1, "Appeler le bailleur"), (30, "Plus tard")):
        actions.promettre(
            cle, texte, A.date() + timedelta(days=jours), demande_id=uuid4(), role=camille, a=A
        )  # fmt: skip
    assert [x.texte for x in ma_journee(camille, A).promesses] == ["Appeler le bailleur"]
    assert ma_journee(dominique, A).promesses == ()
    actions.tenir_promesse(ma_journee(camille, A).promesses[0].id, role=camille, a=A)
    assert ma_journee(camille, A).promesses == ()
    with pytest.raises(SaisieRefusee, match="passé"):
        actions.promettre(cle, "Hier", A.date() - timedelta(days=1), demande_id=uuid4(), role=camille, a=A)


def test_le_parcours_dit_des_titres_et_des_dates(camille):
    personne_id = p.personne(camille)
    prevoir(camille, clos(camille, personne_id=personne_id))
    actions.nommer_referent(personne_id, camille.compte_id, acceptee=True, demande_id=DEMANDE, role=camille, a=A)
    vus = parcours(personne_id, role=camille, a=A)
    assert vus.qui.id == personne_id
    assert {e.titre for e in vus.evenements} == {"Passage", "Entretien", "Point de situation", "Référent nommé"}
    assert not [e for e in vus.evenements if "Loyer" in e.detail]


def test_un_entretien_suit_le_dossier_et_finit_avec_lui(camille):
    """Purge and export run over the declarations; an anonymous interview ends with its own date."""
    personne_id = p.personne(camille)
    cle = clos(camille, personne_id=personne_id)
    clos(camille, a=A - timedelta(days=3))
    prevoir(camille, cle)
    miennes = [d for d in declarations() if d.modele.startswith("entretien.")]
    assert {d.modele.split(".")[1] for d in miennes} >= {
        "Entretien", "Evaluation", "NotePrivee", "DomaineAborde", "Promesse", "SuiteDuBesoin", "PointDeSituation",
        "ReferentDeParcours", "Absence", "DemandeDeConseil", "Vignette",
    }  # fmt: skip
    note = next(d for d in miennes if d.modele == "entretien.NotePrivee")
    assert "délégué à la protection des données" in note.tait and "texte" in note.colonnes and note.decision
    from premier_accueil.accueil.models import Passage
    from premier_accueil.entretien.models import Entretien

    with situation(tache="conservation"):
        Passage.objects.filter(personne_id=personne_id).delete()
    p.se_placer(camille)
    assert Entretien.objects.count() == 1 and not PointDeSituation.objects.exists()


def test_un_point_prend_le_creneau_du_meme_agent_et_le_rend(camille):
    from datetime import time

    from premier_accueil.agenda.models import RendezVous
    from premier_accueil.annuaire.models import Site
    from tests.agenda import situations as agenda

    site = Site.objects.filter(structure_id=camille.structure_id)[0].pk
    agenda.plage(camille, site, agent_id=camille.compte_id, jours=(2,), heure_debut=time(14), heure_fin=time(16))
    cle = clos(camille, a=A, personne_id=p.personne(camille))
    premier = A - timedelta(days=60)
    from premier_accueil.entretien.models import Entretien

    Entretien.objects.filter(pk=cle).update(ouvert_le=premier)  # the second meeting is due in a month
    vu = proposition(cle, 2, compte_id=camille.compte_id, role=camille, a=A)
    assert (vu.quand.weekday(), vu.quand.hour) == (2, 14)  # the first Wednesday slot on or after the day
    point = prevoir(camille, cle, quand=vu.quand)
    assert RendezVous.objects.get().etat == "PRIS"
    assert RendezVous.objects.get().pk == PointDeSituation.objects.get(pk=point).rendez_vous_id
    actions.faire_un_geste("annuler", point, version=1, role=camille, a=A)
    assert RendezVous.objects.get().etat.startswith("ANNULE")


def test_la_note_sort_quand_le_delegue_a_repondu_et_pas_avant(camille):
    """Reception prints what is kept: it reads no interview on the way (two texts, two rights)."""
    from dataclasses import replace

    from premier_accueil.acteurs.regles import Fonction
    from premier_accueil.partage.actions.conservation import exercer_un_droit, repondre_a_un_droit
    from premier_accueil.partage.regles.conservation import GenreDeDroit
    from premier_accueil.partage.requetes.conservation import donnees_de_la_personne
    from tests.entretien.situations import DIT

    personne_id = p.personne(camille)
    dit = replace(DIT, note="Note de bureau", resume="Un résumé", domaines={"BUDGET": "Au bout du mois"})
    clos(camille, ecrit=dit, personne_id=personne_id)
    chez = Structure.objects.get(pk=camille.structure_id)
    secrets = ("Note de bureau", "Un résumé", "Au bout du mois", DIT.diagnostic)

    def sorti(quand):
        return [s for s in secrets if s in str(donnees_de_la_personne(personne_id, role=accueil, a=quand))]

    accueil, dpo = f.agent(chez), f.agent(chez, Fonction.DPO)
    assert sorti(A) == []
    droit = exercer_un_droit(personne_id, GenreDeDroit.ACCES, demande_id=DEMANDE, precisions="", role=accueil, a=A)
    assert sorti(A) == []
    repondre_a_un_droit(droit, reponse="Remis en main propre.", role=dpo, a=A)
    assert sorti(A) == list(secrets)
    assert sorti(A + timedelta(days=60)) == []
