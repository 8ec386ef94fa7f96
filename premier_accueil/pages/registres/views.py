"""The journal of accesses of one's own structure, and its verification."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.registres.lecture import Filtre, choix, journal_vu
from premier_accueil.partage.models import LigneDeRegistre
from premier_accueil.partage.requetes import registre_du_delegue
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.journal.conservation import conservations
from premier_accueil.socle.journal.verification import verifier as verifier_la_structure
from premier_accueil.socle.models import Acces


@require_GET
@entree(Droit.TENIR_LES_REGISTRES)
def journal(requete: RequeteDe) -> HttpResponse:
    """Show the journal, latest first; no total, no order by agent, no file to take away (T19)."""
    filtre = Filtre(requete.GET)
    vu = journal_vu(filtre, role=requete.role, a=timezone.now()) if filtre.is_valid() else None
    contexte: dict[str, Any] = {"filtre": filtre, "vu": vu, "conservation": conservations()[Acces.registre]}
    contexte |= choix(requete.role)
    if vu:
        contexte |= {"avant": _adresse(requete, vu.page - 1), "apres": _adresse(requete, vu.page + 1)}
    return render(requete, "registres/journal.html", contexte)


@require_GET
@entree(Droit.TENIR_LES_REGISTRES)
def communications(requete: RequeteDe) -> HttpResponse:
    """Show the register of communications: the person by her number only, the basis and what was attested."""
    filtre = Filtre(requete.GET)
    page = (filtre.cleaned_data.get("page") or 1) if filtre.is_valid() else 1
    lignes, suite = registre_du_delegue(requete.role, timezone.now(), page)
    contexte = {
        "lignes": lignes, "suite": suite, "page": page, "conservation": conservations()[LigneDeRegistre.registre],
        "avant": _adresse(requete, page - 1), "apres": _adresse(requete, page + 1),
    }  # fmt: skip
    return render(requete, "registres/communications.html", contexte)


@require_POST
@entree(Droit.TENIR_LES_REGISTRES)
def verifier(requete: RequeteDe) -> HttpResponse:
    """Read every register of the structure again and say whether it holds."""
    a, role = timezone.now(), requete.role
    bilan = verifier_la_structure(role.structure_id, a=a)
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="verifier_les_registres",
        objet="JOURNAL", objet_id=None, a=a,
    )  # fmt: skip
    return render(requete, "registres/verification.html", {"bilan": bilan, "a": a})


def _adresse(requete: RequeteDe, page: int) -> str:
    voulu = requete.GET.copy()
    voulu["page"] = str(page)
    return f"?{voulu.urlencode()}"
