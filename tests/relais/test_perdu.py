"""T12: the lost relay. Silence, absence, refusal, closing: somebody always has to act."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from premier_accueil.acteurs.models import Convention, Engagement, Mission, Organisme, Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda.actions import CreneauPris
from premier_accueil.annuaire.models import Fermeture, Permanence
from premier_accueil.partage.models import Accord
from premier_accueil.relais import actions
from premier_accueil.relais.actions import RendezVousVoulu, SaisieRefusee
from premier_accueil.relais.models import Relais
from premier_accueil.relais.regles import EtatDeRelais, GesteImpossible, Mode
from premier_accueil.relais.requetes import (
    Vue,
    en_retard_du_departement,
    partis,
    relais_vu,
    temps_de_reponse,
)
from tests import fabriques as f
from tests.agenda import situations as agenda
from tests.partage import situations as partage
from tests.relais.situations import A, Monde, monde, se_placer

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


def test_t12_un_creneau_pris_entre_la_vue_et_l_envoi_n_envoie_rien(m):
    plage_id, debut = creneau(m)
    agenda.prendre(m.chez_eux(), plage_id, debut=debut)
    with pytest.raises(CreneauPris) as pris, transaction.atomic():
        m.envoyer(rendez_vous=RendezVousVoulu(Mode.CRENEAU, plage_id, debut))
    assert pris.value.prochains[0].debut > debut
    m.chez_nous()
    assert not Relais.objects.exists()
    assert not Accord.objects.exists()


def test_t12_relance_a_trois_jours_silence_a_sept_et_l_emetteur_reste_responsable(m):
    cle = m.envoyer()
    assert not actions.veiller(m.partage.ici.pk, A + timedelta(days=2))
    j3 = datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert actions.veiller(m.partage.ici.pk, j3) == {"relancer": 1}
    assert not actions.veiller(m.partage.ici.pk, j3)  # twice does nothing more
    assert m.etat(cle) is E.RELANCE
    j7 = datetime(2026, 12, 2, 10, tzinfo=UTC)
    assert actions.veiller(m.partage.ici.pk, j7) == {"constater_le_silence": 1}
    m.chez_nous()
    ligne = partis(m.nous, j7).lignes[0]
    assert (ligne.id, ligne.a_vous, ligne.responsable) == (cle, True, "Nadia")
    m.agir(cle, "accepter", j7, eux=True)  # late is better than never
    assert m.etat(cle) is E.ACCEPTE


def test_t12_la_coordination_voit_le_retard_sans_personne(m):
    m.envoyer()
    coordination = f.agent(f.structure("Département", "AUTRE"), Fonction.COORDINATION)
    assert en_retard_du_departement(coordination, A) == ()
    tard = A + timedelta(days=9)
    (vu,) = en_retard_du_departement(se_placer(coordination), tard)
    assert (vu.de, vu.vers, vu.jours) == ("CCAS de Loireauxence", "EDS d'Ancenis", 9)
    assert vu.agit == vu.vers
    assert "Lovelace" not in str(vu)
    assert not Relais.objects.exists()  # raw: the task is over, the coordinator sees no row
    ailleurs = f.agent(f.structure("Autre département", "AUTRE", departement="35"), Fonction.COORDINATION)
    assert en_retard_du_departement(se_placer(ailleurs), tard) == ()


@pytest.mark.parametrize("comment", ["quitte le réseau", "part en congé"])
def test_t12_un_destinataire_ferme_rend_le_relais_aussitot(m, comment):
    f.service(m.partage.eux, "Accueil social")
    cle = m.envoyer()
    if comment == "quitte le réseau":
        Engagement.objects.filter(structure=m.partage.eux).update(fin=A.date())
    else:
        permanence = Permanence.objects.get(service__structure=m.partage.eux)
        Fermeture.objects.create(permanence=permanence, du=A.date(), au=A.date() + timedelta(days=40))
    assert actions.veiller(m.partage.ici.pk, DEMAIN) == {"rendre": 1}
    vu = relais_vu(cle, m.chez_nous(), DEMAIN)
    assert (vu.etat, vu.motif, vu.a_nous) == (E.REFUSE, "Structure fermée, déménagée ou en congé", True)
    assert "rebondir" in vu.gestes


def test_t12_un_refus_revient_avec_sa_raison_et_le_relais_suivant_le_remplace(m):
    cle = m.envoyer()
    with pytest.raises(SaisieRefusee):
        m.agir(cle, "refuser", eux=True)
    m.agir(cle, "refuser", DEMAIN, eux=True, motif="COMPLET")
    assert "arrivé à sa fin" in relais_vu(cle, m.chez_eux(), DEMAIN).communication.message  # their access ended with it
    autre = f.structure("EDS de Nantes", "EDS")
    partage.engager(autre)
    f.agent(autre, Fonction.TRAVAIL_SOCIAL)
    suivant = m.envoyer(DEMAIN, souhait=m.partage.souhait(destinataire_id=autre.pk), suite_de=cle)
    assert (m.etat(cle), m.etat(suivant), m.relais(suivant).suite_de_id) == (E.REBONDI, E.ENVOYE, cle)


def test_t12_une_absence_appelle_un_rappel_et_une_nouvelle_date(m):
    cle = m.accepte()
    quand = m.relais(cle).quand
    m.agir(cle, "constater_l_absence", quand, eux=True)
    actions.noter_le_rappel(cle, role=m.chez_nous(), a=quand)
    with pytest.raises(GesteImpossible, match="déjà été rappelée"):
        actions.noter_le_rappel(cle, role=m.nous, a=quand)
    m.agir(cle, "redonner_une_date", quand, quand=quand + timedelta(days=5))
    r = m.relais(cle)
    assert (r.etat, r.quand) == (E.ACCEPTE, quand + timedelta(days=5))


def test_confier_a_un_collegue_et_reprendre_ce_que_personne_ne_suit(m):
    cle = m.accepte()
    collegue = f.agent(m.partage.ici, Fonction.TRAVAIL_SOCIAL, nom="Inès")
    actions.confier(cle, collegue.compte_id, role=m.chez_nous(), a=A)
    assert m.relais(cle).suivi_par_id == collegue.compte_id
    with pytest.raises(SaisieRefusee, match="quelqu'un d'autre"):
        actions.confier(cle, m.lui.compte_id, role=m.chez_nous(), a=A)
    assert partis(m.nous, A, vue=Vue.EN_COURS, miens=True).total == 0
    Mission.objects.filter(compte_id=collegue.compte_id).update(fin=A.date() - timedelta(days=1))
    (ligne,) = partis(m.nous, A, vue=Vue.EN_COURS, miens=True).lignes
    assert (ligne.id, ligne.sans_responsable) == (cle, True)


def test_le_temps_de_reponse_se_montre_quand_assez_de_relais_le_disent(m):
    for _ in range(4):
        m.agir(m.envoyer(), "accepter", A + timedelta(days=2), eux=True)
    assert temps_de_reponse(A + timedelta(days=9)) == {}
    m.agir(m.envoyer(), "refuser", A + timedelta(days=4), eux=True, motif="COMPLET")
    assert temps_de_reponse(A + timedelta(days=9)) == {m.partage.eux.pk: (2, 5)}
    assert temps_de_reponse(A + timedelta(days=400)) == {}


def test_t12_la_convention_dit_qui_prevenir_et_le_message_ne_nomme_personne(m, monkeypatch):
    partis = []
    monkeypatch.setattr("premier_accueil.relais.actions.veille.envoyer", partis.append)
    ici, la = (Organisme.objects.create(nom=nom) for nom in ("Commune", "Département"))
    Structure.objects.filter(pk=m.partage.ici.pk).update(organisme=ici)
    Structure.objects.filter(pk=m.partage.eux.pk).update(organisme=la)
    Convention.objects.create(organisme=ici, avec=la, debut=A.date(), delai_jours=5, escalade="chef@exemple.fr")
    cle = m.envoyer()
    assert not actions.veiller(m.partage.ici.pk, datetime(2026, 11, 27, 10, tzinfo=UTC))  # five days were agreed
    assert actions.veiller(m.partage.ici.pk, datetime(2026, 11, 30, 10, tzinfo=UTC)) == {"relancer": 1}
    assert actions.veiller(m.partage.ici.pk, datetime(2026, 12, 8, 10, tzinfo=UTC)) == {"constater_le_silence": 1}
    (message,) = [x for x in partis if x.vers == "chef@exemple.fr"]
    assert "EDS d'Ancenis" in message.texte
    assert "Lovelace" not in message.texte
    assert m.etat(cle) is E.SANS_REPONSE
