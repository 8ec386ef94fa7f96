"""Appointments end: with the person's file, or with their own date; a merge carries them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda import actions
from premier_accueil.agenda.models import Rappel, RendezVous, RendezVousAnonyme, Silence
from premier_accueil.partage.actions.conservation import faire_une_destruction, proposer_une_destruction
from premier_accueil.personnes.actions import proposer_une_fusion, valider_une_fusion
from premier_accueil.socle.declarations import declarations
from tests import fabriques as f
from tests.agenda import situations as s
from tests.personnes import situations as personnes

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H


def test_deux_ans_apres_rien_ne_reste(accueil, dominique, lieu, plage):
    louise = personnes.personne(accueil)
    avec = s.prendre(accueil, plage, personne_id=louise)
    sans = s.prendre(accueil, plage, nom="Madame au chien")
    actions.deplacer(sans, plage, s.premier(accueil, plage), demande_id=uuid4(), role=accueil, a=A)
    Rappel.objects.create(structure_id=accueil.structure_id, rendez_vous_id=avec, suite="ENVOYE", fait_le=A)
    actions.ne_plus_ecrire(louise, "DECES", role=accueil, a=A)
    dpo = f.agent(lieu.structure, Fonction.DPO)
    tard = A + timedelta(days=800)
    destruction = proposer_une_destruction(structure_id=dpo.structure_id, a=tard)
    faire_une_destruction("viser", destruction, visa="AD44-1", role=dpo, a=tard)
    faire_une_destruction("detruire", destruction, role=dpo, a=tard)
    s.se_placer(dpo)
    assert not RendezVous.objects.exists() and not Rappel.objects.exists() and not Silence.objects.exists()


def test_ce_qui_est_garde_d_une_personne_est_declare():
    declares = {d.modele for d in declarations()}
    assert {"agenda.RendezVous", "agenda.RendezVousAnonyme", "agenda.Rappel", "agenda.Silence"} <= declares


def test_sans_dossier_ne_compte_que_ceux_sans_dossier(accueil, plage):
    s.prendre(accueil, plage, personne_id=personnes.personne(accueil))
    sans = s.prendre(accueil, plage)
    assert [r.pk for r in RendezVousAnonyme._default_manager.order_by("pk")] == [sans]


def test_t6_un_rapprochement_emporte_les_rendez_vous(accueil, dominique, plage):
    un, autre = personnes.personne(accueil), personnes.personne(accueil, nom="Martin-Durand")
    cle = s.prendre(accueil, plage, personne_id=autre)
    fusion = proposer_une_fusion(un, autre, raison="DIT", role=accueil, a=A)
    s.se_placer(dominique)
    valider_une_fusion(fusion, role=dominique, a=A)
    assert RendezVous.objects.get(pk=cle).personne_id == un
