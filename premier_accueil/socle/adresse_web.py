"""Addresses of other machines that somebody writes on a page: public ones only, never the inside of the network."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

LONGUEUR_MAX = 300


def refus_d_adresse(adresse: str, longueur: int = LONGUEUR_MAX) -> str:
    """Say why an address may not be called; empty when it may: HTTPS, a public machine, no account in it."""
    if len(adresse) > longueur:
        return "Cette adresse est trop longue."
    try:
        parties = urlsplit(adresse)
        hote, port = parties.hostname or "", parties.port or 443
    except ValueError:
        return "Cette adresse n'est pas lisible."
    if parties.scheme != "https" or not hote or parties.username or parties.password:
        return "Donnez une adresse https:// sans identifiant."
    try:
        machines = {ligne[4][0] for ligne in socket.getaddrinfo(hote, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return "Ce nom de machine est introuvable."
    if not all(ipaddress.ip_address(str(machine).partition("%")[0]).is_global for machine in machines):
        return "Cette machine n'est pas sur le réseau public."
    return ""
