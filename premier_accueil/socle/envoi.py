"""Send a neutral SMS or e-mail, once the running transaction is committed. No word of it in any log.

Back ends (``PREMIER_ACCUEIL_ENVOI``): ``fichier`` writes one file a message (the demonstration), ``console`` says that
something would have left and sends nothing, ``package.module.function`` is an installation's own provider of SMS.
E-mails leave through Django's mail as soon as ``PREMIER_ACCUEIL_SMTP_HOTE`` is set, except with ``fichier``.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.utils.module_loading import import_string

from premier_accueil.socle import dossiers

DOSSIER = "envois"
FIXES = frozenset({
    phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.VOIP,
    phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.TOLL_FREE,
    phonenumbers.PhoneNumberType.SHARED_COST,
})  # fmt: skip
journal_technique = logging.getLogger(__name__)


class Canal(StrEnum):
    """How a message travels."""

    SMS = "SMS"
    COURRIEL = "COURRIEL"


class EnvoiImpossible(Exception):
    """Nothing was sent; the text says why and what to do, in French."""


@dataclass(frozen=True)
class Message:
    """A neutral message: whoever reads the telephone or the mailbox learns nothing of why.

    Attributes:
        vers: telephone number as it was typed, or e-mail address.
        objet: subject of an e-mail; unused by an SMS.
    """

    canal: Canal
    vers: str = field(repr=False)
    texte: str = field(repr=False)
    objet: str = field(default="", repr=False)


def envoi_possible(canal: Canal) -> bool:
    """Say whether messages of this kind really leave this installation: a screen offers nothing else."""
    if canal is Canal.COURRIEL and settings.EMAIL_HOST:
        return True
    return bool(settings.ENVOI != "console")


def numero_de_sms(texte: str) -> str:
    """Return a number that may receive an SMS, as +33612345678.

    Args:
        texte: as it was typed; a number without country is French.

    Raises:
        EnvoiImpossible: not a number, or a land line.
    """
    try:
        numero = phonenumbers.parse(texte[:60], "FR")
    except phonenumbers.NumberParseException as erreur:
        raise EnvoiImpossible("Ce numéro de téléphone n'est pas lisible : vérifiez-le avec la personne.") from erreur
    if not phonenumbers.is_possible_number(numero):
        raise EnvoiImpossible("Ce numéro n'a pas le bon nombre de chiffres : vérifiez-le avec la personne.")
    if phonenumbers.number_type(numero) in FIXES:
        raise EnvoiImpossible("Ce numéro ne reçoit pas de SMS : demandez un numéro de téléphone portable.")
    return phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.E164)


def envoyer(message: Message) -> None:
    """Check a message now and send it once the running transaction is committed; never when it is rolled back.

    A provider that fails afterwards is logged by its kind only, without the number nor the text.

    Raises:
        EnvoiImpossible: no such number or address, or an empty text.
    """
    if not message.texte.strip():
        raise EnvoiImpossible("Le message est vide : rien n'est envoyé.")
    pret = Message(message.canal, _adresse(message), message.texte.strip(), " ".join(message.objet.split()))
    transaction.on_commit(lambda: _livrer(pret))


def _adresse(message: Message) -> str:
    if message.canal is Canal.SMS:
        return numero_de_sms(message.vers)
    try:
        validate_email(message.vers.strip())
    except ValidationError as erreur:
        raise EnvoiImpossible("Cette adresse électronique n'est pas lisible : vérifiez-la.") from erreur
    return message.vers.strip()


def _livrer(message: Message) -> None:
    try:
        _fournisseur(message.canal)(message)
    except Exception as erreur:  # whatever a provider raises: the act is committed, its page must not fall
        journal_technique.error("A %s could not be delivered: %s", message.canal, type(erreur).__name__)


def _fournisseur(canal: Canal) -> Callable[[Message], None]:
    if settings.ENVOI == "fichier":
        return en_fichier
    if canal is Canal.COURRIEL and settings.EMAIL_HOST:
        return par_courriel
    if settings.ENVOI == "console":
        return en_console
    fournisseur: Callable[[Message], None] = import_string(settings.ENVOI)
    return fournisseur


def en_fichier(message: Message) -> None:
    """Write the message in the state folder, one file each, readable by the account that serves the pages only."""
    dossier = dossier_des_envois()
    dossier.mkdir(mode=0o700, exist_ok=True)
    fichier = dossier / f"{time.time_ns()}-{secrets.token_hex(4)}.json"
    fichier.touch(mode=0o600)
    contenu = {"canal": message.canal, "vers": message.vers, "objet": message.objet, "texte": message.texte}
    fichier.write_text(json.dumps(contenu, ensure_ascii=False, indent=1), encoding="utf-8")


def dossier_des_envois() -> Path:
    """Return where ``fichier`` writes."""
    return dossiers.etat() / DOSSIER


def en_console(message: Message) -> None:
    """Say that nothing left: what a terminal shows ends in a log, so neither the text nor the number is there."""
    sys.stderr.write(f"{message.canal}: not sent, no provider is configured (PREMIER_ACCUEIL_ENVOI).\n")


def par_courriel(message: Message) -> None:
    """Send an e-mail through the server of the settings, in plain text."""
    EmailMessage(message.objet, message.texte, None, [message.vers]).send()
