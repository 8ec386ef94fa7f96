"""Where things lie: the state folder of this installation and the data shipped with the program."""

from __future__ import annotations

import contextlib
import os
import secrets
from functools import cache
from pathlib import Path

import platformdirs

VARIABLE = "PREMIER_ACCUEIL_DOSSIER"


def etat() -> Path:
    """Return the one folder that holds all state, made (mode 0700) on first use.

    It is ``PREMIER_ACCUEIL_DOSSIER`` when set, else the user's data folder.

    Raises:
        OSError: the folder cannot be made or written.
    """
    voulu = os.environ.get(VARIABLE)
    dossier = Path(voulu) if voulu else Path(platformdirs.user_data_dir("premier-accueil", appauthor=False))
    dossier = dossier.expanduser().absolute()
    if not dossier.exists():
        dossier.mkdir(parents=True, mode=0o700, exist_ok=True)
    return dossier


@cache
def donnees() -> Path:
    """Return the folder of reviewed data shipped with the program (lexicon, demonstration network…).

    It lies beside the package in a checkout and inside it once installed from a wheel.

    Raises:
        FileNotFoundError: neither place holds it.
    """
    paquet = Path(__file__).resolve().parent.parent
    for candidat in (paquet / "donnees", paquet.parent / "donnees"):
        if candidat.is_dir():
            return candidat
    raise FileNotFoundError("The folder 'donnees' is missing: reinstall the program.")


def secret(nom: str) -> str:
    """Return the secret kept in the state folder under this name, drawn at first use.

    Args:
        nom: file name, without folder.

    Returns:
        a URL-safe text of 64 characters or more, stable from one start to the next.
    """
    fichier = etat() / nom
    if not fichier.exists():
        # Written whole beside, then linked: whoever comes at the same moment reads the same secret, never an empty one.
        brouillon = fichier.with_name(f".{nom}.{secrets.token_hex(8)}")
        descripteur = os.open(brouillon, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descripteur, "w", encoding="ascii") as sortie:
                sortie.write(secrets.token_urlsafe(48))
                sortie.flush()
                os.fsync(descripteur)
            with contextlib.suppress(FileExistsError):
                os.link(brouillon, fichier)
        finally:
            brouillon.unlink()
    return fichier.read_text(encoding="ascii").strip()
