"""The example relays live through the real actions, from both sides; nothing of them is sent to anybody."""

from __future__ import annotations

from datetime import date

import pytest

from premier_accueil.acteurs.models import Compte
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.requetes import structures_competentes
from premier_accueil.commandes.situations import vivre
from premier_accueil.partage.models import Communication
from premier_accueil.relais.models import LienDeRelais, Relais
from premier_accueil.relais.regles import EtatDeRelais, Mode
from premier_accueil.relais.requetes import Vue, en_retard_du_departement, partis, recus
from premier_accueil.socle import dossiers
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.fichiers import lire_yaml
from premier_accueil.territoire.models import Commune
from tests import fabriques as f
from tests.partage import situations as partage

pytestmark = pytest.mark.django_db
E = EtatDeRelais
FICHIER = lire_yaml(dossiers.donnees() / "demonstration" / "situations.yaml")
DITS = [x["relais"] for x in (*FICHIER["situations"], *FICHIER["recus"]) if "relais" in x]


def lieu(source_id: str, genre: str, compte: str = "", fonction: Fonction = Fonction.TRAVAIL_SOCIAL) -> Role | None:
    structure = f.structure(source_id, genre, source="demonstration", source_id=source_id)
    partage.engager(structure)
    f.site(structure)
    if not compte:
        return None
    role = f.agent(structure, fonction, nom=compte)
    Compte.objects.filter(pk=role.compte_id).update(identifiant=compte)
    return role


@pytest.fixture
def reseau() -> dict[str, Role]:
    roles = {
        "nous": lieu(FICHIER["structure"], "CCAS", FICHIER["compte"]),
        "eds": lieu("demonstration--eds-ancenis", "EDS", "travailleuse-eds"),
        "credit": lieu("demonstration--microcredit-loire", "ASSOCIATION", "partenaire", Fonction.PARTENAIRE),
    }
    lieu("demonstration--mission-locale-exemple", "MISSION_LOCALE")
    lieu("demonstration--pcb-ancenis", "POINT_CONSEIL_BUDGET")
    return {nom: role for nom, role in roles.items() if role}


def se_placer(role: Role) -> Role:
    situer(structure=role.structure_id, mission=role.mission_id)
    return role


def test_chaque_relais_en_est_ou_le_fichier_le_dit(reseau, settings, monkeypatch):
    a, partis_au_loin = f.LUNDI_10H, []
    settings.ENVOI = "fichier"
    monkeypatch.setattr("premier_accueil.socle.envoi.en_fichier", partis_au_loin.append)
    monkeypatch.setattr("premier_accueil.socle.envoi.transaction.on_commit", lambda livrer: livrer())
    vivre(a=a)
    vivre(a=a)
    assert (partis_au_loin, settings.ENVOI) == ([], "fichier")
    nous = se_placer(reseau["nous"])
    etats = Relais.objects.filter(structure_id=nous.structure_id).values_list("destinataire__nom", "etat", "mode")
    assert sorted(etats) == [
        ("demonstration--eds-ancenis", E.ACCEPTE, Mode.TELEPHONE),
        ("demonstration--eds-ancenis", E.ENVOYE, Mode.CRENEAU),
        ("demonstration--microcredit-loire", E.ISSUE, Mode.TELEPHONE),
        ("demonstration--mission-locale-exemple", E.SANS_REPONSE, Mode.A_PROPOSER),
        ("demonstration--pcb-ancenis", E.ENVOYE, Mode.A_PROPOSER),
    ]
    assert partis(nous, a, vue=Vue.EN_COURS).total == recus(nous, a).total + 4 == len(DITS) - 1
    assert {x.a_vous for x in partis(nous, a).lignes} == {True}
    assert sorted(LienDeRelais.objects.values_list("relais__destinataire__nom", flat=True)) == [
        "demonstration--mission-locale-exemple", "demonstration--pcb-ancenis"
    ]  # fmt: skip
    # What each relay says did leave: nothing was written for nothing.
    for dit in DITS[:-1]:
        envois = Communication.objects.filter(relais__destinataire__nom=dit["vers"], relais__but=dit["but"])
        codes = set(envois.get().elements.values_list("code", flat=True))
        assert codes >= {"IDENTITE", *dit["textes"]}, dit["vers"]
    coordination = f.agent(f.structure("Département", "AUTRE"), Fonction.COORDINATION)
    (tard,) = en_retard_du_departement(se_placer(coordination), a)
    assert tard.vers == "demonstration--mission-locale-exemple"


def test_le_secteur_propose_l_eds_competent_et_se_declare_une_seule_fois(reseau):
    (ici, _) = FICHIER["secteurs"]
    Commune.objects.update_or_create(code=FICHIER["commune"], defaults={"epci_code": ici["epci"]})
    vivre(a=f.LUNDI_10H)
    vivre(a=f.LUNDI_10H)
    commune = Commune.objects.get(code=FICHIER["commune"])
    assert structures_competentes(commune.pk, "", date(2024, 12, 31)) == ()
    (competente,) = structures_competentes(commune.pk, "", f.LUNDI_10H.date())
    assert competente.structure_id == reseau["eds"].structure_id
