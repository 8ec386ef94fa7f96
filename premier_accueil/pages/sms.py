"""What the pages that send a paper by SMS share: read what was typed, send, say what became of it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from premier_accueil.accueil.actions.sms import Destinataire, SmsRefuse
from premier_accueil.socle.texte import propre

RIEN = Destinataire("", sans_risque=False)


def tenter(requete: HttpRequest, envoyer: Callable[[Destinataire], bool]) -> tuple[str, Destinataire]:
    """Send to whom the form says.

    Returns:
        why nothing left (empty when it did), and what was typed, to be shown again.
    """
    dit = Destinataire(propre(requete.POST.get("numero", ""))[:60], requete.POST.get("sans_risque") == "oui")
    try:
        parti = envoyer(dit)
    except SmsRefuse as refus:
        return str(refus), dit
    messages.success(requete, "SMS envoyé." if parti else "Ce SMS vient déjà de partir : rien n'est envoyé deux fois.")
    return "", dit
