"""The papers: what is awaited, find a slip, choose a procedure, tick what is there. None refuses anybody (T13)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.accueil.actions.pieces import editer_bulletin
from premier_accueil.accueil.actions.pieces_retour import ouvrir_bulletin
from premier_accueil.accueil.models import Passage
from premier_accueil.accueil.regles.pieces import Procedure, listes
from premier_accueil.accueil.requetes import passage_vu
from premier_accueil.accueil.requetes.pieces import bulletin_par_reference, bulletins_attendus, bulletins_du_passage
from premier_accueil.accueil.requetes.pieces_lieux import lieux_de_retour
from premier_accueil.acteurs.regles import Droit
from premier_accueil.annuaire.models import Site
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.guichet.views import poste
from premier_accueil.pages.pieces.saisie import SaisieDeBulletin, sans_copie
from premier_accueil.socle.texte import propre

AILLEURS = (
    "Aucun bulletin de votre structure ne porte cette référence, ou le code est incorrect. Un bulletin fait ailleurs "
    "s'ouvre avec sa référence et son code à 6 chiffres, tous deux imprimés dessus."
)


@require_GET
@entree(Droit.RECEVOIR)
def attendus(requete: RequeteDe) -> HttpResponse:
    """List the slips awaited at this place, or at every place; choose a procedure for somebody else."""
    return _attendus(requete)


def _attendus(requete: RequeteDe, reference: str = "", erreur: str = "") -> HttpResponse:
    ici, page = poste(requete), requete.GET.get("page", "1")
    partout = requete.GET.get("lieux") == "tous"
    vus = bulletins_attendus(
        site_id=None if partout else ici.site_id, role=requete.role, a=timezone.now(),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )  # fmt: skip
    contexte = {
        "vus": vus, "poste": ici, "partout": partout, "procedures": listes().procedures.values(),
        "reference": reference, "erreur": erreur,
    }  # fmt: skip
    return render(requete, "pieces/attendus.html", contexte, status=400 if erreur else 200)


@require_POST
@entree(Droit.RECEVOIR)
@sans_copie
def trouver(requete: RequeteDe) -> HttpResponse:
    """Find the slip that somebody shows: ours by its reference, another structure's with its code as well."""
    reference, a = propre(requete.POST.get("reference", ""))[:20].strip().lower(), timezone.now()
    code = requete.POST.get("code", "")[:20]
    sien = bulletin_par_reference(reference, role=requete.role, a=a) if reference else None
    if sien is not None:
        return redirect("pieces:bulletin", sien)
    ailleurs = ouvrir_bulletin(reference, code, a=a) if reference and code.strip() else None
    if ailleurs is not None:
        return render(requete, "pieces/liste.html", {"bulletin": ailleurs, "agent": True})
    return _attendus(requete, reference, AILLEURS)


@require_GET
@entree(Droit.RECEVOIR)
def choisir(requete: RequeteDe, passage_id: int) -> HttpResponse:
    """Choose the procedure whose papers are looked at, for a passage."""
    try:
        passage = passage_vu(passage_id, role=requete.role, a=timezone.now())
    except Passage.DoesNotExist as erreur:
        raise Http404 from erreur
    faits = bulletins_du_passage(passage_id, role=requete.role)
    contexte = {"passage": passage, "procedures": listes().procedures.values(), "faits": faits}
    return render(requete, "pieces/choisir.html", contexte)


@require_http_methods(["GET", "POST"])
@entree(Droit.RECEVOIR)
@sans_copie
def preparer(requete: RequeteDe, procedure: str, passage_id: int | None = None) -> HttpResponse:
    """Tick what is there, say what does not concern her, choose where she comes back; then the slip."""
    liste = _procedure(procedure)
    if passage_id is not None and not _passage_ouvert(requete, passage_id):
        raise Http404
    saisie = SaisieDeBulletin(liste, requete.POST if requete.method == "POST" else None)
    if requete.method != "POST" or not saisie.is_valid():
        return _page(requete, saisie, passage_id)
    ici = poste(requete)
    try:
        cle = editer_bulletin(saisie.demande(passage_id), role=requete.role, site_id=ici.site_id, a=timezone.now())
    except Site.DoesNotExist:
        saisie.add_error("retour", "Ce lieu n'est pas un lieu de votre structure. Choisissez-en un autre.")
        return _page(requete, saisie, passage_id)
    return redirect("pieces:bulletin", cle)


def _procedure(code: str) -> Procedure:
    trouvee = listes().procedures.get(code)
    if trouvee is None:
        raise Http404
    return trouvee


def _passage_ouvert(requete: RequeteDe, passage_id: int) -> bool:
    try:
        return not passage_vu(passage_id, role=requete.role, a=timezone.now()).annule
    except Passage.DoesNotExist:
        return False


def _page(requete: RequeteDe, saisie: SaisieDeBulletin, passage_id: int | None) -> HttpResponse:
    ici = poste(requete)
    lieux = lieux_de_retour(site_id=ici.site_id, passage_id=passage_id, role=requete.role, a=timezone.now())
    contexte = {
        "saisie": saisie, "procedure": saisie.procedure, "lignes": saisie.lignes(), "lieux": lieux, "poste": ici,
        "retour": str(saisie["retour"].value() or ici.site_id), "passage_id": passage_id,
    }  # fmt: skip
    return render(requete, "pieces/preparer.html", contexte, status=400 if saisie.errors else 200)
