"""Start, probe and stop the embedded server. "Ready" means a connection succeeded, nothing else."""

from __future__ import annotations

import contextlib
import fcntl
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg
from psycopg import sql

from premier_accueil.socle.base.lieu import BaseIndisponible, Lieu, installer

__all__ = ["APPLICATION", "BASE", "PROPRIETAIRE", "BaseIndisponible", "Serveur"]

AMORCE = "amorce"
PROPRIETAIRE = "premier_accueil_proprietaire"
APPLICATION = "premier_accueil_application"
BASE = "premier_accueil"
ESSAIS = 3
PATIENCE_S = 90  # a crash recovery after a kill -9 may take a while; the caller sees progress in the log
REGLAGES = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "log_min_messages": "warning",
    # A statement in the log could hold the words of a person: errors are logged without their text.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}


@dataclass(frozen=True)
class Serveur:
    """The embedded server of one state folder.

    Attributes:
        dossier: the state folder.
        durable: ``False`` only for tests: commits are not flushed to disk.
    """

    dossier: Path
    durable: bool = True

    @cached_property
    def lieu(self) -> Lieu:
        """Return the folders and account of the server, made at first use."""
        return installer(self.dossier)

    @property
    def _donnees(self) -> Path:
        return self.lieu.grappe / "donnees"

    def adresse(self, role: str = APPLICATION, base: str = BASE) -> dict[str, str]:
        """Return the connection parameters (libpq names) for a role and a database."""
        return {"host": str(self.lieu.socket), "port": "5432", "user": role, "dbname": base}

    def existe(self) -> bool:
        """Tell whether the cluster was already made in this state folder."""
        return (self._donnees / "PG_VERSION").exists()

    def repond(self) -> bool:
        """Tell whether a connection succeeds now."""
        try:
            psycopg.connect(**self.adresse(AMORCE, "postgres"), connect_timeout=5).close()  # type: ignore[arg-type]
        except psycopg.OperationalError:
            return False
        return True

    def demarrer(self) -> bool:
        """Make the cluster if needed, start it if it does not answer, and prepare roles and database.

        Safe when called by several processes at once, after a crash, a ``kill -9`` or a full disk.

        Returns:
            ``True`` when this call started the server, ``False`` when it already answered.

        Raises:
            BaseIndisponible: it could not start; the message says why and what to do.
        """
        with self._verrou():
            if not self.existe():
                self._creer()
            lance = not self.repond()
            if lance:
                self._lancer()
            self._preparer()
            return lance

    def arreter(self) -> bool:
        """Stop the server and wait until it no longer answers.

        Returns:
            ``True`` when it was running.
        """
        with self._verrou():
            if not self.repond():
                return False
            self._programme("pg_ctl", "stop", "-D", str(self._donnees), "-m", "fast", "-w", "-t", str(PATIENCE_S))
            return True

    @contextlib.contextmanager
    def _verrou(self) -> Iterator[None]:
        with (self.dossier / "base.verrou").open("w") as fichier:
            fcntl.flock(fichier, fcntl.LOCK_EX)
            yield

    def _programme(self, nom: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.lieu.programmes / "pginstall" / "bin" / nom), *arguments],
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, check=False, **self.lieu.identite(),
        )  # fmt: skip

    def _creer(self) -> None:
        resultat = self._programme(
            "initdb", "-D", str(self._donnees), "-U", AMORCE, "-A", "trust", "-E", "UTF8",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
            *([] if self.durable else ["--no-sync"]),
        )  # fmt: skip
        if resultat.returncode:
            raise BaseIndisponible(f"La base n'a pas pu être créée dans {self._donnees}.\n{resultat.stdout.strip()}")

    def _lancer(self) -> None:
        reglages = REGLAGES | {"unix_socket_directories": str(self.lieu.socket)}
        if not self.durable:
            # Tests: no disk to wait for, and plans that do not depend on when the autovacuum passed.
            reglages |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}
        options = " ".join(f"-c {cle}='{valeur}'" for cle, valeur in reglages.items())
        journal = self.lieu.grappe / "postgresql.log"
        commande = ("pg_ctl", "start", "-W", "-D", str(self._donnees), "-l", str(journal), "-o", options)
        # The children of a killed server take a moment to leave its shared memory: a refused start is tried again.
        for _ in range(ESSAIS):
            self._oublier_les_verrous_perimes()
            if self._lancer_detache(commande) == 0 and self._attendre():
                return
            time.sleep(1)
        raise BaseIndisponible(_explication(journal))

    def _attendre(self) -> bool:
        """Wait for a connection; ``False`` as soon as the server gave up."""
        fin = time.monotonic() + PATIENCE_S
        while not self.repond():
            if time.monotonic() > fin or not (self._donnees / "postmaster.pid").exists():
                return self.repond()
            time.sleep(0.05)
        return True

    def _lancer_detache(self, commande: tuple[str, ...]) -> int:
        # pg_ctl's child keeps its standard streams open: they must not be ours, or a caller waiting for our end hangs.
        nom, *arguments = commande
        code = subprocess.run(
            [str(self.lieu.programmes / "pginstall" / "bin" / nom), *arguments],
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, check=False, **self.lieu.identite(),
        ).returncode  # fmt: skip
        fin = time.monotonic() + 2
        while not (self._donnees / "postmaster.pid").exists() and time.monotonic() < fin:
            time.sleep(0.02)
        return code

    def _oublier_les_verrous_perimes(self) -> None:
        """Remove the lock files of a dead server whose number is a zombie's or another program's by now."""
        for fichier in (self._donnees / "postmaster.pid", self.lieu.socket / ".s.PGSQL.5432.lock"):
            try:
                pid = int(fichier.read_text(encoding="ascii").split()[0])
                programme = Path(f"/proc/{pid}/cmdline").read_bytes()
            except (FileNotFoundError, ValueError, IndexError, PermissionError):
                continue
            if str(self._donnees).encode() not in programme:
                fichier.unlink(missing_ok=True)

    def _preparer(self) -> None:
        """Make the two plain roles, the database and its extensions; nothing when they are there."""
        with psycopg.connect(**self.adresse(AMORCE, "postgres"), autocommit=True) as lien:  # type: ignore[arg-type]
            presents = {nom for (nom,) in lien.execute("SELECT rolname FROM pg_roles")}
            for role, droits in ((PROPRIETAIRE, "CREATEDB"), (APPLICATION, "NOCREATEDB")):
                if role not in presents:
                    ordre = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE {}")
                    lien.execute(ordre.format(sql.Identifier(role), sql.SQL(droits)))
            if not lien.execute("SELECT 1 FROM pg_database WHERE datname = %s", [BASE]).fetchone():
                creer_base(self, BASE)


def creer_base(serveur: Serveur, nom: str, modele: str = "template0") -> None:
    """Create a database that the owner role owns, with the extensions of the house.

    Args:
        serveur: a started server.
        nom: name of the new database.
        modele: database to clone; ``template0`` for an empty one.
    """
    with psycopg.connect(**serveur.adresse(AMORCE, "postgres"), autocommit=True) as lien:  # type: ignore[arg-type]
        ordre = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
        lien.execute(ordre.format(*map(sql.Identifier, (nom, PROPRIETAIRE, modele))))
    if modele != "template0":
        return
    with psycopg.connect(**serveur.adresse(AMORCE, nom), autocommit=True) as lien:  # type: ignore[arg-type]
        for extension in ("unaccent", "pg_trgm", "btree_gist"):
            lien.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))


def supprimer_base(serveur: Serveur, nom: str) -> None:
    """Drop a database, closing whoever still uses it; nothing when it does not exist."""
    with psycopg.connect(**serveur.adresse(AMORCE, "postgres"), autocommit=True) as lien:  # type: ignore[arg-type]
        lien.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nom)))


def _explication(journal: Path) -> str:
    try:
        dernieres = journal.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]
    except OSError:
        dernieres = []
    texte = "\n".join(dernieres)
    if "No space left on device" in texte:
        return (
            "Le disque est plein : la base ne peut pas démarrer. Libérez de la place, puis relancez. Rien n'est perdu."
        )
    return f"La base ne démarre pas. Dernières lignes de {journal} :\n{texte}"
