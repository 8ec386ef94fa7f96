"""Ask an agreement, see what was sent, withdraw; words travel by POST, never in an address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from premier_accueil.acteurs.regles import Droit
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.partage.parcours import avancer
from premier_accueil.pages.partage.reception import liste
from premier_accueil.pages.partage.sans_accord import avancer_sans_accord
from premier_accueil.partage import actions
from premier_accueil.partage.models import Accord, Attestation
from premier_accueil.partage.regles import relire, table_de_partage
from premier_accueil.partage.requetes import accord_de, accords_de, attestations_de, dit_du_retrait, registre_de
from premier_accueil.personnes.models import Personne
from premier_accueil.personnes.requetes import Entete, entete


def _entete(requete: RequeteDe, personne_id: int) -> Entete:
    try:
        return entete(personne_id, requete.role, timezone.now())
    except Personne.DoesNotExist as erreur:
        raise Http404 from erreur


def _accord(requete: RequeteDe, accord_id: int) -> dict[str, Any]:
    try:
        personne_id, vu = accord_de(accord_id, requete.role, timezone.now())
    except Accord.DoesNotExist as erreur:
        raise Http404 from erreur
    return {"accord": vu, "personne": _entete(requete, personne_id)}


@require_GET
@entree(Droit.COMMUNIQUER)
def personne(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """List the agreements of a person."""
    qui = _entete(requete, personne_id)
    accords = accords_de(personne_id, requete.role, timezone.now())
    attestations = attestations_de(personne_id, requete.role, timezone.now())
    contexte = {"personne": qui, "accords": accords, "attestations": attestations}
    return render(requete, "partage/personne.html", contexte)


@require_http_methods(["GET", "POST"])
@entree(Droit.COMMUNIQUER)
def demander(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Ask an agreement for one communication, step by step, then send."""
    qui = _entete(requete, personne_id)
    gabarit, contexte, code = avancer(requete, personne_id, timezone.now())
    return render(requete, gabarit, {"personne": qui, "table": table_de_partage(), **contexte}, status=code)


@require_http_methods(["GET", "POST"])
@entree(Droit.COMMUNIQUER)
def sans_accord(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Communicate on a text that asks no agreement: choose it, attest its conditions, send."""
    qui = _entete(requete, personne_id)
    gabarit, contexte, code = avancer_sans_accord(requete, personne_id, timezone.now())
    return render(requete, gabarit, {"personne": qui, **contexte}, status=code)


@require_POST
@entree(Droit.COMMUNIQUER)
def dire_a_la_personne(requete: RequeteDe, attestation_id: int) -> HttpResponse:
    """Note that the person was told of what left without her agreement."""
    try:
        personne_id = actions.dire_a_la_personne(attestation_id, role=requete.role, a=timezone.now())
    except Attestation.DoesNotExist as erreur:
        raise Http404 from erreur
    messages.success(requete, "C'est noté : cette ligne se lit maintenant dans « Qui sait quoi de moi ».")
    return redirect("partage:personne", personne_id)


@require_GET
@entree(Droit.COMMUNIQUER)
def registre(requete: RequeteDe, personne_id: int) -> HttpResponse:
    """Print for the person who knows what of her; the title is neutral (T22)."""
    _entete(requete, personne_id)
    vu = registre_de(personne_id, requete.role, timezone.now())
    return render(requete, "partage/registre.html", {"vu": vu, "lignes": vu.lignes, "personne_id": personne_id})


@require_GET
@entree(Droit.COMMUNIQUER)
def accord(requete: RequeteDe, accord_id: int) -> HttpResponse:
    """Show one agreement; once withdrawn, what the person is told."""
    contexte = _accord(requete, accord_id)
    vu = contexte["accord"]
    return render(requete, "partage/accord.html", contexte | {"dit": dit_du_retrait(vu) if vu.retire_le else ()})


@require_http_methods(["GET", "POST"])
@entree(Droit.COMMUNIQUER)
def retirer(requete: RequeteDe, accord_id: int) -> HttpResponse:
    """Confirm, then withdraw: everything is cut in this very request (T1)."""
    contexte = _accord(requete, accord_id)
    if requete.method != "POST":
        return render(requete, "partage/retrait.html", contexte)
    actions.retirer_un_accord(accord_id, role=requete.role, a=timezone.now(), liste=liste(requete))
    return redirect("partage:accord", accord_id)


@require_POST
@entree()
def relire_un_texte(requete: RequeteDe) -> HttpResponse:
    """Re-read one field while one writes (T18); nothing is kept, nor logged, and nothing is prevented."""
    champ = requete.POST.get("champ", "")[:60]
    return render(requete, "partage/_relecture.html", {"remarques": relire(requete.POST.get(champ, ""))})
