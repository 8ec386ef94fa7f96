"""The lexicon that the committee completes: nobody named, tried before it is published, taken back."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.orientation.actions import epreuve
from premier_accueil.orientation.actions.lexique import (
    Dite,
    PhraseRefusee,
    ajouter,
    effacer,
    preparer,
    proposer_une_phrase,
    publier,
    retirer,
)
from premier_accueil.orientation.models import EntreeDuLexique, EssaiDuLexique, PasDuLexique
from premier_accueil.orientation.regles.identite import designe
from premier_accueil.orientation.regles.lexique import planchers, refus
from premier_accueil.orientation.requetes import lecteur as place
from premier_accueil.orientation.requetes.lexique import entree_vue, essai_vu
from premier_accueil.socle import dossiers
from tests import fabriques as f
from tests.orientation.situations_lexique import ALIMENTATION, REPARER, donnees

CONNUS = {"caf", "francais"}


@pytest.fixture(scope="module")
def petit_dossier(tmp_path_factory):
    """Write a lexicon of ten entries, and the folder of what is learnt of it: once, learning takes seconds."""
    ici, vraies = donnees(tmp_path_factory.mktemp("lexique") / "donnees"), dossiers.donnees()
    for nom in ("lexique_identite.yaml", "epreuve/planchers.yaml"):
        (ici / nom).write_bytes((vraies / nom).read_bytes())
    return ici, tmp_path_factory.mktemp("etat")


@pytest.fixture
def petites_donnees(petit_dossier, monkeypatch):
    """Serve the small lexicon; put the true one back afterwards."""
    ici, etat = petit_dossier
    monkeypatch.setattr(dossiers, "donnees", lambda: ici)
    monkeypatch.setattr(dossiers, "etat", lambda: etat)
    monkeypatch.setattr(place, "_place", place._Place())
    assert place.prendre_le_lexique(premier=True)


@pytest.fixture
def role(db):
    return f.agent(f.structure(), Fonction.COORDINATION)


def premier(texte: str) -> str:
    vus = place.lecteur().comprendre(texte).thematiques
    return vus[0].code if vus else ""


def autre_que(phrase: str) -> str:
    """Return a need that these words are not taken for."""
    return ALIMENTATION if premier(phrase) == REPARER else REPARER


def essayee(role) -> EssaiDuLexique:
    essai = epreuve.demander_un_essai(role=role, a=f.LUNDI_10H)
    assert epreuve.demander_un_essai(role=role, a=f.LUNDI_10H) == essai  # one at a time
    assert epreuve.essayer(a=f.LUNDI_10H, essai_id=essai)
    assert "déjà" in epreuve.essayer(a=f.LUNDI_10H, essai_id=essai)
    return EssaiDuLexique.objects.get(pk=essai)


@pytest.mark.parametrize(
    "texte",
    [
        "mon voisin karim m'embête", "j'ai appelé Mme Durand", "elle s'appelle durand", "rappelle au 06 12 34 56 78",
        "1 85 05 78 006 084 36", "écris à moi@exemple.fr", "j'habite 12 rue du port", "née le 12/03/1980",
        "rendez-vous le 3 mai", "mon dossier 1234567", "je vais chez Dupuis", "j'habite à Ancenis", "AB-123-CD",
    ],
)  # fmt: skip
def test_ce_qui_designe_quelqu_un_est_refuse_en_clair(texte):
    raisons = designe(texte, CONNUS.__contains__)
    assert raisons and all((r[0].isupper() or r[0] == "«") and r.endswith(".") for r in raisons)


@pytest.mark.parametrize(
    "texte",
    [
        "ma caisse est morte", "La CAF m'a coupé", "j'ai 19 ans et 3 enfants", "je dois 12 000 euros", "le 115 ne répond pas",
        "je suis à la rue depuis hier", "cours de Français", "MON MARI ME TAPE", "madame je suis perdue", "j'ai 1 200 € par mois",
    ],
)  # fmt: skip
def test_une_facon_de_parler_passe(texte):
    assert designe(texte, CONNUS.__contains__) == ()


def test_une_phrase_proposee_ne_garde_que_ses_mots_et_son_jour(role):
    proposer_une_phrase(" ma  guimbarde tousse ", a=f.LUNDI_10H)
    proposer_une_phrase("Ma guimbarde tousse", a=f.LUNDI_10H)
    with pytest.raises(PhraseRefusee, match="prénom"):
        proposer_une_phrase("la guimbarde de karim", a=f.LUNDI_10H)
    with pytest.raises(PhraseRefusee):
        proposer_une_phrase("😀", a=f.LUNDI_10H)
    entree = EntreeDuLexique.objects.get()
    assert (entree.dit, entree.vers, entree.proposee_le) == ("ma guimbarde tousse", [], f.LUNDI_10H.date())
    assert not PasDuLexique.objects.exists()
    assert {c.name for c in EntreeDuLexique._meta.concrete_fields} == {
        "id", "dit", "cle", "vers", "registre", "etat", "proposee_le", "version",
    }  # fmt: skip
    assert effacer(entree.pk)
    assert not effacer(entree.pk)


def test_deux_personnes_du_comite_ne_s_ecrasent_pas(role):
    proposer_une_phrase("ma guimbarde tousse", a=f.LUNDI_10H)
    entree = EntreeDuLexique.objects.get()
    preparer(entree.pk, Dite("ma guimbarde tousse", [REPARER], "FAMILIER"), version=1, role=role, a=f.LUNDI_10H)
    with pytest.raises(PhraseRefusee, match="entre-temps"):
        preparer(entree.pk, Dite("ma guimbarde", [ALIMENTATION], ""), version=1, role=role, a=f.LUNDI_10H)
    for faux in ([], ["rien--du-tout"], [REPARER] * 0):
        with pytest.raises(PhraseRefusee, match="un à trois besoins"):
            preparer(entree.pk, Dite("ma guimbarde", faux, ""), version=2, role=role, a=f.LUNDI_10H)
    autre = ajouter(Dite("le zinzin du capot", [REPARER], ""), role=role, a=f.LUNDI_10H)
    with pytest.raises(PhraseRefusee, match="déjà dans la liste"):
        preparer(autre, Dite("Ma guimbarde tousse", [REPARER], ""), version=1, role=role, a=f.LUNDI_10H)
    vu = entree_vue(entree.pk)
    assert [(p.libelle, p.auteur.split(",")[0]) for p in vu.pas] == [("Préparée", role.compte)]


def test_essayer_publier_comprendre_retirer(petites_donnees, role):
    """The whole life of an entry, through what the worker does; the words serve only while they are published."""
    phrase, vers = "le zinzin blobe", autre_que("le zinzin blobe")
    entree = ajouter(Dite(phrase, [vers], "FAMILIER"), role=role, a=f.LUNDI_10H)
    essai = essayee(role)
    assert (essai.etat, essai.refus, essai.muettes) == ("FINI", [], [])
    assert essai_vu(essai.pk).publiable
    assert premier(phrase) != vers  # tried is not published
    assert publier(essai.pk, role=role, a=f.LUNDI_10H) == 1
    assert publier(essai.pk, role=role, a=f.LUNDI_10H) == 0
    for appris in (dossiers.etat() / "cache").glob("comprendre-*"):
        appris.rename(appris.with_name(f"ailleurs-{appris.name}"))
    assert not place.prendre_le_lexique()  # nobody learnt it here: the one before answers, no page learns
    assert premier(phrase) != vers
    for appris in (dossiers.etat() / "cache").glob("ailleurs-*"):
        appris.rename(appris.with_name(appris.name.removeprefix("ailleurs-")))
    assert "déjà appris" in epreuve.apprendre(a=f.LUNDI_10H)  # the try has learnt it
    assert place.prendre_le_lexique()
    assert premier(phrase) == vers
    assert not effacer(entree)
    assert retirer(entree, role=role, a=f.LUNDI_10H)
    assert not retirer(entree, role=role, a=f.LUNDI_10H)
    assert place.prendre_le_lexique()
    assert premier(phrase) != vers
    gestes = PasDuLexique.objects.filter(entree=entree).order_by("pk").values_list("geste", flat=True)
    assert list(gestes) == ["preparer", "publier", "retirer"]


def test_une_phrase_nuisible_n_est_pas_publiee(petites_donnees, role):
    for dit in ("j'ai faim", "le frigo est vide", "un colis alimentaire", "rien à manger"):
        ajouter(Dite(f"{dit} hier", [REPARER], ""), role=role, a=f.LUNDI_10H)
    for dit in ("voiture en panne aussi", "garage aussi", "réparer ma voiture aussi"):
        ajouter(Dite(dit, [ALIMENTATION], ""), role=role, a=f.LUNDI_10H)
    essai = essayee(role)
    assert essai.refus and "Compris du premier coup" in essai.refus[0]
    assert essai.apres["premier"] < essai.avant["premier"]
    with pytest.raises(PhraseRefusee, match="abîme"):
        publier(essai.pk, role=role, a=f.LUNDI_10H)
    assert not EntreeDuLexique.objects.filter(etat="PUBLIEE").exists()


def test_un_essai_ne_vaut_plus_quand_le_lexique_a_change(role):
    ajouter(Dite("ma guimbarde tousse", [REPARER], ""), role=role, a=f.LUNDI_10H)
    essai = epreuve.demander_un_essai(role=role, a=f.LUNDI_10H)
    with pytest.raises(PhraseRefusee, match="pas fini"):
        publier(essai, role=role, a=f.LUNDI_10H)
    EssaiDuLexique.objects.filter(pk=essai).update(etat="FINI")
    assert not essai_vu(essai).perime and not essai_vu(essai).contredites
    ajouter(Dite("le zinzin du capot", [REPARER], ""), role=role, a=f.LUNDI_10H)
    assert essai_vu(essai).perime
    with pytest.raises(PhraseRefusee, match="a changé depuis"):
        publier(essai, role=role, a=f.LUNDI_10H)


def test_ce_qui_est_compris_autrement_aujourd_hui_est_dit_avant_de_publier(petites_donnees, role):
    ajouter(Dite("colis alimentaire", [REPARER], ""), role=role, a=f.LUNDI_10H)
    essai = epreuve.demander_un_essai(role=role, a=f.LUNDI_10H)
    EssaiDuLexique.objects.filter(pk=essai).update(etat="FINI")
    ((dit, besoin, part),) = essai_vu(essai).contredites
    assert (dit, besoin, part >= 80) == ("colis alimentaire", "Alimentation", True)


def test_un_plancher_deja_perdu_n_est_pas_la_faute_du_changement():
    tenus = planchers()
    bons = {"premier": 0.95, "trois": 0.98, "rappel": 1.0, "precision": 0.97}
    assert refus(bons, bons, tenus) == ()
    assert refus(bons | {"premier": 0.5}, bons | {"premier": 0.5}, tenus) == ()
    assert refus(bons | {"premier": 0.5}, bons | {"premier": 0.499}, tenus)
    assert refus(bons, bons | {"rappel": 0.999}, tenus)
    assert refus(bons | {"trois": 1.0}, bons | {"trois": 0.98}, tenus)


def test_l_epreuve_livree_est_celle_des_essais_de_la_maison():
    """The set shipped with the product is the one that the tests read, not a copy that grows old."""
    from premier_accueil.orientation.comprendre import epreuve as set_livre
    from tests.orientation.test_comprendre import CAS

    for livre, essai in (("situations.tsv", "construction.tsv"), ("urgences.tsv", "urgences.tsv")):
        assert (dossiers.donnees() / "epreuve" / livre).read_bytes() == (CAS / essai).read_bytes()
    assert len(set_livre.lire(dossiers.donnees() / "epreuve")) > 800


def test_les_phrases_de_la_demonstration_ne_nomment_personne_et_n_entrent_qu_une_fois(role, monkeypatch):
    from premier_accueil.commandes import relais_vecus
    from premier_accueil.commandes.lexique_vecu import completer_le_lexique

    monkeypatch.setattr(relais_vecus, "role_du_compte", lambda identifiant, a: role)
    combien = completer_le_lexique(a=f.LUNDI_10H)
    assert combien >= 6
    assert completer_le_lexique(a=f.LUNDI_10H) == combien
    assert {e.etat for e in EntreeDuLexique.objects.order_by("pk")} == {"PROPOSEE", "PRETE"}


def test_le_serveur_suit_le_lexique_et_repond_meme_sans_base(monkeypatch):
    """At its start the server learns if it must; told that the lexicon moved, it takes it, and never learns."""
    from premier_accueil.config import asgi

    reussites, dits, chauffes = [False, True, True], [], []

    async def etats(cle, lire):
        for _ in range(3):
            yield await lire()
        assert cle == f"{place.SUJET}:0"

    monkeypatch.setattr(asgi, "_prendre", lambda *, premier: dits.append(premier) or reussites[len(dits) - 1])
    monkeypatch.setattr(asgi.flux, "veilleur", SimpleNamespace(etats=etats))
    asyncio.run(asgi._lire_les_mots())
    assert dits == [True, True, False]
    monkeypatch.undo()

    def absente():
        raise OperationalError("absente")

    monkeypatch.setattr(asgi, "chauffer", absente)
    monkeypatch.setattr(asgi, "prendre_le_lexique", absente)
    monkeypatch.setattr(asgi, "connection", SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(asgi, "lecteur", lambda: SimpleNamespace(chauffer=lambda: chauffes.append(1)))
    assert [asgi._prendre(premier=premier) for premier in (True, False)] == [False, False]
    assert len(chauffes) == 2


def test_au_depart_les_mots_et_l_index_se_preparent_cote_a_cote_et_une_base_absente_se_dit(monkeypatch):
    from premier_accueil.orientation.requetes import chauffe

    indexes, ensemble = [], threading.Barrier(2, timeout=20)

    def prendre(*, premier):
        ensemble.wait()  # passes only when the other is under way
        return premier

    def indexer():
        ensemble.wait()
        if indexes:
            raise OperationalError("absente")
        indexes.append(1)

    monkeypatch.setattr(chauffe, "prendre_le_lexique", prendre)
    monkeypatch.setattr(chauffe, "memoire", indexer)
    assert chauffe.chauffer() is True
    assert indexes
    with pytest.raises(OperationalError):
        chauffe.chauffer()
