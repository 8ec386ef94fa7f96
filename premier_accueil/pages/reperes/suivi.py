"""What the committee and the referents follow: to decide, to review, and who has not read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.reperes.commun import sinon_introuvable
from premier_accueil.reperes.requetes import qui_a_lu, suivi


@require_GET
@entree(Droit.TENIR_LES_FICHES)
def a_suivre(requete: RequeteDe) -> HttpResponse:
    """List what waits: a decision, a review by its day, readers."""
    return render(requete, "reperes/suivi.html", {"suivi": suivi(requete.role, timezone.now())})


@require_GET
@entree(Droit.TENIR_LES_FICHES)
@sinon_introuvable()
def lectures(requete: RequeteDe, fiche_id: int) -> HttpResponse:
    """Show which colleagues have not read the version in force; other structures as numbers."""
    return render(requete, "reperes/lectures.html", {"lectures": qui_a_lu(fiche_id, requete.role, timezone.now())})
