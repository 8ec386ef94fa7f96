"""Server-sent events: one LISTEN watcher per process wakes every open screen; no thread per stream."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg

from premier_accueil.socle.notification import CANAL

Envoi = Callable[[dict[str, Any]], Awaitable[None]]
Reception = Callable[[], Awaitable[dict[str, Any]]]
BATTEMENT_S = 20.0
REPRISE_S = 1.0
journal = logging.getLogger(__name__)


@dataclass
class _Sujet:
    """What the streams of one subject share: a version, and its text computed once for all of them."""

    version: int = 0
    bouge: asyncio.Event = field(default_factory=asyncio.Event)
    verrou: asyncio.Lock = field(default_factory=asyncio.Lock)
    texte: tuple[int, str] | None = None

    def reveiller(self) -> None:
        self.version += 1
        self.bouge.set()
        self.bouge = asyncio.Event()


class Veilleur:
    """Listen to the database and wake the streams of the subjects that moved.

    Args:
        connexion: gives the libpq parameters of the database.
    """

    def __init__(self, connexion: Callable[[], Mapping[str, Any]]) -> None:
        self._connexion = connexion
        self._sujets: dict[str, _Sujet] = defaultdict(_Sujet)
        self._tache: asyncio.Task[None] | None = None

    def demarrer(self) -> None:
        """Start listening on the running event loop; nothing when already listening on it."""
        if self._tache is None or self._tache.done():
            self._tache = asyncio.get_running_loop().create_task(self._ecouter())

    async def arreter(self) -> None:
        """Stop listening."""
        if self._tache:
            self._tache.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._tache

    async def _ecouter(self) -> None:
        while True:
            try:
                lien = await psycopg.AsyncConnection.connect(autocommit=True, **self._connexion())
                async with lien:
                    await lien.execute(f"LISTEN {CANAL}")
                    # What moved while we were deaf is unknown: every screen asks again.
                    for sujet in list(self._sujets.values()):
                        sujet.reveiller()
                    async for avis in lien.notifies():
                        if avis.payload in self._sujets:
                            self._sujets[avis.payload].reveiller()
            except psycopg.Error as erreur:
                journal.warning("listening interrupted: %s", type(erreur).__name__)
            await asyncio.sleep(REPRISE_S)

    async def etats(self, cle: str, lire: Callable[[], Awaitable[str]]) -> AsyncIterator[str]:
        """Yield the state of a subject now, then after each move; an empty text is a heartbeat.

        Args:
            cle: subject and key, e.g. ``file:12``.
            lire: computes the state; called once per move whatever the number of streams.
        """
        self.demarrer()
        sujet = self._sujets[cle]
        while True:
            bouge, version = sujet.bouge, sujet.version
            async with sujet.verrou:
                if sujet.texte is None or sujet.texte[0] < version:
                    sujet.texte = (version, await lire())
                texte = sujet.texte[1]
            yield texte
            while sujet.version == version:
                try:
                    await asyncio.wait_for(bouge.wait(), BATTEMENT_S)
                except TimeoutError:
                    yield ""


async def repondre(reception: Reception, envoi: Envoi, etats: AsyncIterator[str]) -> None:
    """Send a stream of states as ``text/event-stream`` until the browser leaves.

    Args:
        reception: ASGI receive.
        envoi: ASGI send.
        etats: one-line texts; an empty one is sent as a comment that keeps the line open.
    """
    entetes = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    await envoi({"type": "http.response.start", "status": 200, "headers": entetes})

    async def emettre() -> None:
        async for etat in etats:
            corps = f"data: {etat}\n\n" if etat else ": .\n\n"
            await envoi({"type": "http.response.body", "body": corps.encode(), "more_body": True})

    tache = asyncio.create_task(emettre())
    try:
        depart = asyncio.create_task(_jusqu_au_depart(reception))
        await asyncio.wait({tache, depart}, return_when=asyncio.FIRST_COMPLETED)
        depart.cancel()
    finally:
        tache.cancel()
        with contextlib.suppress(asyncio.CancelledError, OSError):
            await tache


async def _jusqu_au_depart(reception: Reception) -> None:
    while (await reception())["type"] != "http.disconnect":
        pass
