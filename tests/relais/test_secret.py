"""What a relay never tells: withdrawal, protected address, blocks, other houses, the thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda.actions import rappeler
from premier_accueil.agenda.regles import ModeDeRappel, Suite
from premier_accueil.partage.actions import PartageRefuse, retirer_un_accord
from premier_accueil.partage.requetes import registre_de
from premier_accueil.relais import actions
from premier_accueil.relais.actions import RendezVousVoulu, SaisieRefusee
from premier_accueil.relais.models import BrouillonDeRelais, MessageDeRelais, Relais
from premier_accueil.relais.regles import EtatDeRelais, GesteImpossible, Mode
from premier_accueil.relais.requetes import (
    Vue,
    partis,
    recus,
    relais_vu,
)
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.agenda import situations as agenda
from tests.partage import situations as partage
from tests.partage.situations import TEXTES
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


def avec_note(m: Monde):
    return m.partage.souhait(textes={"BESOIN": "Ne peut plus payer son loyer", "NOTE": "À recevoir vite"})


def test_avant_l_envoi_le_destinataire_ne_voit_rien(m):
    saisie = {"but": "ACCOMPAGNEMENT", "texte_NOTE": "à relire avec elle"}
    cle = actions.garder_le_brouillon(uuid4(), m.partage.personne.pk, m.partage.eux.pk, saisie, role=m.chez_nous(), a=A)
    assert BrouillonDeRelais.objects.get().saisie == saisie
    assert m.etat(cle) is E.BROUILLON
    m.chez_eux()
    assert not Relais.objects.exists()
    assert not BrouillonDeRelais.objects.exists()


def test_le_brouillon_part_avec_le_relais_et_s_efface(m):
    demande = m.demande()
    actions.garder_le_brouillon(
        demande.demande_id, m.partage.personne.pk, m.partage.eux.pk, {}, role=m.chez_nous(), a=A
    )
    with pytest.raises(actions.BrouillonChange, match="entre-temps"):
        actions.proposer(demande, role=m.chez_nous(), a=A)  # it was never read
    actions.proposer(replace(demande, version=1), role=m.chez_nous(), a=A)
    assert not BrouillonDeRelais.objects.exists()
    with pytest.raises(SaisieRefusee, match="déjà parti"):
        actions.garder_le_brouillon(
            demande.demande_id, m.partage.personne.pk, m.partage.eux.pk, {}, role=m.chez_nous(), a=A
        )


def test_t1_le_retrait_coupe_le_relais_dans_la_meme_requete(m):
    plage_id, debut = creneau(m)
    cle = m.envoyer(rendez_vous=RendezVousVoulu(Mode.CRENEAU, plage_id, debut), lien=True)
    m.agir(cle, "accepter", eux=True)
    m.ouvrir(cle)
    assert relais_vu(cle, m.chez_eux(), A).communication.lignes
    retirer_un_accord(m.relais(cle).accord_id, role=m.chez_nous(), a=DEMAIN)
    r = m.relais(cle)
    assert (r.etat, r.fini_le, r.rendez_vous.nom) == (E.RETIRE, DEMAIN, "")
    vu = relais_vu(cle, m.chez_eux(), DEMAIN)
    assert "retiré son accord" in vu.communication.message
    assert (vu.communication.lignes, vu.gestes, vu.messages) == ((), {}, ())
    with pytest.raises(GesteImpossible, match="accord retiré"):
        m.agir(cle, "rencontrer", debut, eux=True)


def test_t3_l_adresse_protegee_ne_part_pas_par_un_relais(m):
    m.partage.personne.adresse_protegee = True
    m.chez_nous()
    m.partage.personne.save(update_fields=["adresse_protegee"])
    souhait = m.partage.souhait(textes={"BESOIN": "Un logement", "ADRESSE": "12 rue Cachée, 44370"})
    recueil = partage.oui(elements=frozenset({"BESOIN", "ADRESSE"}))
    cle = m.envoyer(souhait=souhait, recueil=recueil)
    m.agir(cle, "accepter", eux=True)
    with pytest.raises(PartageRefuse, match="adresse est protégée"):
        actions.ecrire(cle, "NOTE", "Elle vit 12 rue Cachée", demande_id=uuid4(), role=m.chez_nous(), a=A)
    m.ouvrir(cle)
    assert "Cachée" not in str(relais_vu(cle, m.chez_eux(), A))
    assert not MessageDeRelais.objects.exists()


def test_t4_une_personne_bloquee_n_a_pas_de_relais_pour_ce_collegue(m):
    from premier_accueil.personnes.models import Blocage

    cle = m.envoyer()
    collegue = f.agent(m.partage.ici, Fonction.TRAVAIL_SOCIAL, nom="Voisin")
    Blocage.objects.create(
        structure=m.partage.ici, personne=m.partage.personne, compte_id=collegue.compte_id, motif="voisin",
        pose_le=A, pose_par_id=m.nous.compte_id,
    )  # fmt: skip
    with pytest.raises(Relais.DoesNotExist):
        relais_vu(cle, collegue, A)
    assert partis(collegue, A, vue=Vue.EN_COURS).total == 0


def test_t7_un_tiers_ne_sait_pas_qu_un_relais_existe(m):
    m.envoyer()
    tiers = f.agent(f.structure("CCAS d'à côté"), Fonction.TRAVAIL_SOCIAL)
    assert (Relais.objects.count(), partis(tiers, A).total, recus(tiers, A).total) == (0, 0, 0)
    situer()
    assert not Relais.objects.exists()


def test_une_autre_fonction_de_la_meme_structure_ne_lit_pas_ce_qui_ne_lui_est_pas_adresse(m):
    cle = m.envoyer()
    referent = f.agent(m.partage.eux, Fonction.REFERENT_METIER)
    with pytest.raises(Relais.DoesNotExist):
        relais_vu(cle, referent, A)


def test_le_fil_passe_par_la_projection_dans_les_deux_sens_et_s_inscrit(m):
    cle = m.envoyer(souhait=avec_note(m), recueil=partage.oui(elements=frozenset({"BESOIN", "NOTE"})))
    with pytest.raises(GesteImpossible, match="accepté"):
        actions.ecrire(cle, "NOTE", "Bonjour", demande_id=uuid4(), role=m.chez_nous(), a=A)
    m.agir(cle, "accepter", eux=True)
    une_fois = uuid4()
    for _ in range(2):
        actions.ecrire(cle, "NOTE", "Elle viendra avec sa sœur", demande_id=une_fois, role=m.chez_nous(), a=A)
    actions.ecrire(cle, "NOTE", "Dossier complet, merci", demande_id=uuid4(), role=m.chez_eux(), a=A)
    vu = relais_vu(cle, m.chez_nous(), A)
    assert [(x.texte, x.de_nous) for x in vu.messages] == [
        ("Elle viendra avec sa sœur", True), ("Dossier complet, merci", False)
    ]  # fmt: skip
    lignes = registre_de(m.partage.personne.pk, m.nous, A).lignes
    assert [ligne.structure for ligne in lignes] == ["CCAS de Loireauxence", "EDS d'Ancenis", "EDS d'Ancenis"]


def test_ce_que_la_personne_a_garde_ne_passe_pas_par_le_fil(m):
    cle = m.accepte()  # she did not say yes to a note
    with pytest.raises(PartageRefuse, match="n'a pas dit oui"):
        actions.ecrire(cle, "NOTE", "Au fait…", demande_id=uuid4(), role=m.chez_nous(), a=A)


def test_chaque_lecture_et_chaque_geste_sont_au_journal(m):
    cle = m.envoyer()
    relais_vu(cle, m.chez_nous(), A)
    partis(m.nous, A)
    ecrits = set(Acces.objects.filter(objet="RELAIS").values_list("action", flat=True))
    assert {"envoyer_un_relais", "recueillir_l_accord_un_relais", "relais_vu", "relais_partis"} <= ecrits


def test_le_rappel_demande_avec_le_relais_part_de_chez_eux_sans_dire_pourquoi(m, settings, monkeypatch):
    partis = []
    settings.ENVOI = "fichier"
    monkeypatch.setattr("premier_accueil.socle.envoi.en_fichier", partis.append)
    monkeypatch.setattr("premier_accueil.socle.envoi.transaction.on_commit", lambda g: g())
    plage_id, debut = creneau(m)
    voulu = RendezVousVoulu(Mode.CRENEAU, plage_id, debut, rappel=ModeDeRappel.SMS, joindre="06 12 34 56 78")
    textes = {"BESOIN": TEXTES["BESOIN"], "IDENTITE": "Ada Lovelace"}
    m.envoyer(rendez_vous=voulu, souhait=m.partage.souhait(textes=textes))
    partis.clear()
    assert rappeler(m.partage.eux.pk, debut - timedelta(days=1)) == {Suite.ENVOYE: 1}
    (message,) = partis
    assert message.vers == "+33612345678"
    assert "Rendez-vous le" in message.texte
    assert not [mot for mot in (*TEXTES.values(), "EDS") if mot in message.texte]
