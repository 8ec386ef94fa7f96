"""ASGI entry: streams first (no thread per open screen), then static files, then the pages."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "premier_accueil.config.settings")
pages = get_asgi_application()

from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.finders import get_finders  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402
from servestatic import ServeStaticASGI  # noqa: E402

from premier_accueil.orientation.requetes import chauffer  # noqa: E402
from premier_accueil.orientation.requetes.lecteur import SUJET, lecteur, prendre_le_lexique  # noqa: E402
from premier_accueil.pages import flux  # noqa: E402


def _avec_fichiers_statiques(suite: Any) -> Any:
    servi = ServeStaticASGI(suite)
    for chercheur in get_finders():
        for stockage in getattr(chercheur, "storages", {}).values():
            servi.add_files(str(stockage.location), prefix=settings.STATIC_URL)
    return servi


journal = logging.getLogger("premier_accueil.lexique")
statique = _avec_fichiers_statiques(pages)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Route a connection to the streams, the static files or the pages."""
    if scope["type"] == "lifespan":
        await _vivre(receive, send)
    elif scope["type"] == "http" and flux.concerne(scope["path"]):
        await flux.servir(scope, receive, send)
    else:
        await statique(scope, receive, send)


async def _lire_les_mots() -> None:
    """Load the reader of words, which takes a few seconds, before the first receptionist; then follow the lexicon."""
    servi = False

    async def suivre() -> str:
        nonlocal servi
        servi = await asyncio.to_thread(_prendre, premier=not servi) or servi
        return ""

    async for _ in flux.veilleur.etats(f"{SUJET}:0", suivre):
        pass


def _prendre(*, premier: bool) -> bool:
    """Take the published lexicon; when the database does not answer, what is shipped reads the words meanwhile."""
    try:
        pris = chauffer() if premier else prendre_le_lexique()
        lecteur().preparer()
        return pris
    except DatabaseError as erreur:
        journal.warning("lexicon not read: %s", type(erreur).__name__)
        lecteur().chauffer()
        return False
    finally:
        connection.close()


async def _vivre(receive: Any, send: Any) -> None:
    chauffe: asyncio.Task[Any] | None = None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            flux.veilleur.demarrer()
            chauffe = asyncio.create_task(_lire_les_mots())
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await flux.veilleur.arreter()
            if chauffe:
                chauffe.cancel()
            await send({"type": "lifespan.shutdown.complete"})
            return
