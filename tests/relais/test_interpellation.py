"""Asking an institution about a stuck right (S3): the démarche and its dates, nothing of the situation."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.entretien.regles.demarches import Dossier, EtatDeDemarche
from premier_accueil.entretien.regles.demarches.procedures import VOIES
from premier_accueil.partage.actions import PartageRefuse
from premier_accueil.partage.regles import table_de_partage
from premier_accueil.relais.models import Relais
from premier_accueil.relais.regles import BUT_D_INTERPELLATION, GenreDeRelais, dire_la_demarche
from premier_accueil.relais.requetes import origine, relais_vu
from tests.entretien import des_demarches as demarches
from tests.partage import situations as partage
from tests.relais.situations import A, monde

JOUR = date(2026, 11, 23)
DEPOSEE = Dossier(
    "RSA", etat=EtatDeDemarche.DEPOSEE, aupres="CAF de Loire-Atlantique", deposee_le=date(2026, 9, 1),
    recue_le=date(2026, 9, 2), reference="D-778",
)  # fmt: skip


def test_la_demarche_se_dit_par_ses_dates_et_sa_question():
    dit = dire_la_demarche("Demande de RSA", DEPOSEE, JOUR)
    assert "Demande de RSA, demande déposée le 1er septembre 2026 auprès de CAF de Loire-Atlantique." in dit
    assert "Référence : D-778." in dit
    assert dit.endswith("Merci de dire où en est cette demande et ce qui manque.")


@pytest.mark.parametrize(("etat", "jour"), product(EtatDeDemarche, [date(2026, 9, 3), JOUR, date(2028, 2, 29)]))
def test_chaque_etat_a_sa_question_jamais_un_droit_affirme(etat, jour):
    decide = {"decision": "REFUSEE", "decidee_le": date(2026, 9, 3)} if etat in {"DECIDEE", "RECOURS"} else {}
    silence = {"decision": "SILENCE_REJET", "decidee_le": date(2026, 9, 3)} if etat == "SILENCE" else {}
    recours = {"recours_le": date(2026, 9, 3), "voie": next(iter(VOIES))} if etat == "RECOURS" else {}
    d = Dossier(**{**{c: getattr(DEPOSEE, c) for c in Dossier.__dataclass_fields__}, "etat": etat, **decide, **silence, **recours})
    dit = dire_la_demarche("Demande de RSA", d, jour)
    assert "Merci de" in dit
    assert "droit à" not in dit


def test_rien_a_demander_avant_le_depot():
    assert dire_la_demarche("Demande de RSA", Dossier("RSA"), JOUR) == ""


@pytest.mark.django_db
def test_une_interpellation_part_et_se_suit_comme_un_relais():
    m = monde()
    cle = demarches.deposee(m.chez_nous(), personne_id=m.partage.personne.pk)
    depuis = origine(m.partage.personne.pk, {"demarche": cle}, m.chez_nous(), A)
    textes = {"IDENTITE": "Ada Lovelace", "DEMARCHE": depuis.textes["DEMARCHE"], "BUDGET": "RSA, deux mois de retard"}
    souhait = m.partage.souhait(but=BUT_D_INTERPELLATION, textes=textes)
    recueil = partage.oui(elements=frozenset(textes))
    relais_id = m.envoyer(
        souhait=souhait, recueil=recueil, genre=GenreDeRelais.INTERPELLATION, demarche_id=depuis.demarche_id
    )
    vu = relais_vu(relais_id, m.chez_nous(), A)
    assert vu.genre == "Interpellation"
    assert [libelle for libelle, _ in vu.envoyes] == [
        "Nom et prénom", "La démarche : références, dates, ce qui est demandé"
    ]  # nothing of her budget: it does not move this purpose
    m.agir(relais_id, "accepter", eux=True)
    assert Relais.objects.get(pk=relais_id).demarche_id == cle


@pytest.mark.django_db
def test_vers_une_institution_hors_du_reseau_rien_ne_part():
    from tests import fabriques as f

    m = monde()
    caf = f.structure("CAF", "CAF")
    f.agent(caf, Fonction.TRAVAIL_SOCIAL)
    souhait = m.partage.souhait(
        destinataire_id=caf.pk, but=BUT_D_INTERPELLATION, textes={"DEMARCHE": "Demande du 1er septembre"}
    )
    with pytest.raises(PartageRefuse, match="pas engagée"):
        m.envoyer(souhait=souhait, recueil=partage.oui(elements=frozenset({"DEMARCHE"})))


def test_le_but_ne_laisse_partir_que_la_demarche():
    assert table_de_partage().buts[BUT_D_INTERPELLATION].elements == {"IDENTITE", "CONTACT", "DEMARCHE", "PAPIERS"}
