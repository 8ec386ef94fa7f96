"""The table of states: every gesture from every state, by everyone; nothing published that nobody decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.reperes import actions
from premier_accueil.reperes.actions import Dit, SaisieRefusee
from premier_accueil.reperes.models import FicheRepere, PasDeFiche, VersionDeFiche
from premier_accueil.reperes.regles import (
    EN_PREPARATION,
    EN_VIGUEUR,
    ETATS,
    GESTES,
    PARTIES,
    EtatDeFiche,
    GesteImpossible,
    Partie,
    gestes_de,
    verifier,
)
from tests import fabriques as f
from tests.reperes import situations as s

TOUT = replace(s.DECISION, mot="parce que")


def test_la_table_est_complete():
    assert set(ETATS) == set(EtatDeFiche) and not EN_PREPARATION & EN_VIGUEUR
    for etat in EtatDeFiche:
        for nom, geste in GESTES.items():
            for partie in Partie:
                possible = etat in geste.depuis and partie in geste.par
                assert (nom in gestes_de(etat, frozenset({partie}))) == possible
                if possible:
                    assert verifier(nom, etat, frozenset({partie})) is geste
                else:
                    with pytest.raises(GesteImpossible):
                        verifier(nom, etat, frozenset({partie}))
    # Nobody publishes a draft: from a draft to what the counters see, a decision stands in between.
    assert all(g.depuis == {EtatDeFiche.EN_RELECTURE} and g.decision for n, g in GESTES.items() if n == "valider")
    assert all(g.depuis <= EN_VIGUEUR | {EtatDeFiche.VALIDEE} for g in GESTES.values() if g.vers in EN_VIGUEUR)


@pytest.mark.django_db
def test_chaque_geste_depuis_chaque_etat():
    """The actions follow the table: what it forbids changes nothing, what it allows leaves its line."""
    ici = f.structure()
    role, decideur = f.agent(ici), s.coordination()
    fiche = s.brouillon(role)
    for etat in EtatDeFiche:
        for nom, geste in GESTES.items():
            version = s.mettre(fiche, etat.value)
            avant = PasDeFiche.objects.count()
            par = role if Partie.REDACTION in geste.par else decideur
            permis = etat in geste.depuis and nom != "remplacer"
            with transaction.atomic():
                try:
                    actions.agir(fiche, 1, nom, TOUT, role=par, a=s.A)
                except (GesteImpossible, VersionDeFiche.DoesNotExist, FicheRepere.DoesNotExist):
                    assert not permis, (nom, etat)
                    assert PasDeFiche.objects.count() == avant
                else:
                    assert permis, (nom, etat)
                    version.refresh_from_db()
                    assert version.etat == geste.vers and PasDeFiche.objects.count() == avant + 1


@pytest.mark.django_db
def test_qui_ecrit_ne_decide_pas_et_qui_decide_dit_qui_quand_quoi():
    ici = f.structure()
    role, decideur = f.agent(ici, Fonction.BENEVOLE), s.coordination()
    fiche = s.brouillon(role)
    with pytest.raises(FicheRepere.DoesNotExist):  # a draft is its writers' own
        actions.agir(fiche, 1, "soumettre", Dit(), role=decideur, a=s.A)
    actions.agir(fiche, 1, "soumettre", Dit(), role=role, a=s.A)
    with pytest.raises(GesteImpossible):
        actions.agir(fiche, 1, "valider", s.DECISION, role=role, a=s.A)
    for sans in ({"par": ""}, {"le": None}, {"decision": " "}, {"le": s.A.date().replace(year=2027)}):
        with pytest.raises(SaisieRefusee):
            actions.agir(fiche, 1, "valider", replace(s.DECISION, **sans), role=decideur, a=s.A)
    actions.agir(fiche, 1, "valider", s.DECISION, role=decideur, a=s.A)
    version = VersionDeFiche.objects.get(fiche=fiche)
    assert (version.etat, version.decidee_par, version.decision) == ("VALIDEE", s.DECISION.par, s.DECISION.decision)
    with pytest.raises(SaisieRefusee):
        actions.agir(fiche, 1, "publier", Dit(revoir_le=s.A.date()), role=role, a=s.A)
    actions.agir(fiche, 1, "publier", Dit(), role=role, a=s.A)
    assert FicheRepere.objects.get(pk=fiche).revoir_le.isoformat() == "2027-11-23"
    # The referent of a structure that writes the sheet decides too; of another one, no.
    autre = s.brouillon(role)
    actions.agir(autre, 1, "soumettre", Dit(), role=role, a=s.A)
    with pytest.raises(FicheRepere.DoesNotExist):
        actions.agir(autre, 1, "valider", s.DECISION, role=f.agent(f.structure("Ailleurs"), Fonction.ENCADREMENT), a=s.A)
    actions.agir(autre, 1, "valider", s.DECISION, role=f.agent(ici, Fonction.ENCADREMENT), a=s.A)
    with pytest.raises(IntegrityError), transaction.atomic():  # the table holds it whoever writes
        VersionDeFiche.objects.filter(fiche=autre).update(decision="")


@pytest.mark.django_db
def test_la_suivante_remplace_et_l_exemple_le_reste_jusqu_a_la_decision():
    role, decideur = f.agent(f.structure()), s.coordination()
    fiche = actions.creer_une_fiche(s.ecrit(), demande_id=f.demande().demande_id, role=role, a=s.A, exemple=True)
    actions.agir(fiche, 1, "soumettre", Dit(), role=role, a=s.A)
    actions.agir(fiche, 1, "valider", replace(s.DECISION, exemple=True), role=decideur, a=s.A)
    actions.agir(fiche, 1, "publier", Dit(publique=True), role=decideur, a=s.A)
    assert actions.preparer_la_suivante(fiche, role=role, a=s.A) == 2
    assert actions.preparer_la_suivante(fiche, role=role, a=s.A) == 2  # one at a time; a double click finds it
    v1, v2 = VersionDeFiche.objects.filter(fiche=fiche).order_by("numero")
    assert v1.exemple and v2.exemple and v2.texte_public == v1.texte_public
    s.publier(fiche, 2, role, decideur)
    v1.refresh_from_db()
    v2.refresh_from_db()
    assert (v1.etat, v2.etat) == ("REMPLACEE", "PUBLIEE")
    # The choice to show it to the public is made again at each publication.
    assert v1.publique_le is None and v2.publique_le is None and not v2.exemple


@pytest.mark.django_db
def test_la_nuit_dit_a_revoir_une_fois_et_le_comite_confirme():
    role, decideur = f.agent(f.structure()), s.coordination()
    fiche = s.publiee(role, decideur)
    un_an = s.A.replace(year=2027)
    assert actions.veiller(a=s.A) == 0 and actions.veiller(a=un_an) == 1 and actions.veiller(a=un_an) == 0
    assert VersionDeFiche.objects.get(fiche=fiche).etat == "A_REVOIR"
    assert PasDeFiche.objects.get(geste="signaler").compte is None
    actions.agir(fiche, 1, "confirmer", replace(s.DECISION, le=un_an.date()), role=decideur, a=un_an)
    assert VersionDeFiche.objects.get(fiche=fiche).etat == "PUBLIEE"
    assert FicheRepere.objects.get(pk=fiche).revoir_le.year == 2028


def test_le_guide_dit_la_table():
    from tests.environnement import RACINE

    guide = (RACINE / "docs" / "guide" / "reperes.md").read_text()
    for geste in GESTES.values():
        depuis = " ; ".join(libelle for etat, libelle in ETATS.items() if etat in geste.depuis)
        par = " ; ".join(PARTIES[p] for p in Partie if p in geste.par)
        assert f"| {geste.libelle} | {depuis} | {ETATS[geste.vers]} | {par} |" in guide
