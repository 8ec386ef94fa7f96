"""A return with the sheet, without a name; and the file of a person, only when she asks for it (T5)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from premier_accueil.accueil import actions
from premier_accueil.accueil.models import Passage
from premier_accueil.accueil.requetes import passage_vu
from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.guichet.saisie import cle_lue
from premier_accueil.personnes.models import Personne
from premier_accueil.personnes.regles import REFUS_DU_NIR, sans_nir
from premier_accueil.personnes.requetes import chercher
from premier_accueil.socle.texte import propre

INCONNUE = "Référence ou code incorrect, ou feuille faite ailleurs. Recevez la personne : elle n'a rien à prouver."


@require_http_methods(["GET", "POST"])
@entree(Droit.RECEVOIR)
def retour(requete: RequeteDe) -> HttpResponse:
    """Find the passage of somebody who shows her sheet: no name is asked."""
    reference, code = (propre(requete.POST.get(nom, ""))[:20] for nom in ("reference", "code"))
    if requete.method != "POST":
        return render(requete, "guichet/retour.html", {"reference": "", "erreur": ""})
    trouve = actions.retrouver_par_la_feuille(reference, code, role=requete.role, a=timezone.now())
    if trouve is None:
        return render(requete, "guichet/retour.html", {"reference": reference, "erreur": INCONNUE}, status=400)
    return redirect("guichet:passage", trouve)


@require_http_methods(["GET", "POST"])
@entree(Droit.OUVRIR_UN_DOSSIER)
def rattacher(requete: RequeteDe, passage_id: int) -> HttpResponse:
    """Search the file of a person who asks that this passage joins it, then attach it."""
    role, a = requete.role, timezone.now()
    try:
        passage = passage_vu(passage_id, role=role, a=a)
        if "personne" in requete.POST:
            actions.rattacher(passage_id, cle_lue(requete.POST["personne"]) or 0, role=role, a=a)
            messages.success(requete, "À sa demande, ce passage est rattaché à son dossier.")
            return redirect("guichet:passage", passage_id)
    except (Passage.DoesNotExist, Personne.DoesNotExist) as erreur:
        raise Http404 from erreur
    except actions.RattachementImpossible as refus:
        messages.error(requete, str(refus))
        return redirect("guichet:passage", passage_id)
    texte, nir = sans_nir(propre(requete.POST.get("texte", ""))[:200])
    vus = chercher(texte, role, a) if texte and not nir else None
    contexte = {"passage": passage, "texte": texte, "vus": vus, "refus": REFUS_DU_NIR if nir else ""}
    return render(requete, "guichet/rattacher.html", contexte)


@require_POST
@entree(Droit.OUVRIR_UN_DOSSIER)
def detacher(requete: RequeteDe, passage_id: int) -> HttpResponse:
    """Detach a passage from the file it was attached to."""
    try:
        actions.detacher(passage_id, role=requete.role, a=timezone.now())
    except (Passage.DoesNotExist, Personne.DoesNotExist) as erreur:
        raise Http404 from erreur
    messages.success(requete, "Ce passage n'est plus rattaché à un dossier. Il reste compté.")
    return redirect("guichet:passage", passage_id)
