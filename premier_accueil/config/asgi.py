"""ASGI entry: streams first (no thread per open screen), then static files, then the pages."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "premier_accueil.config.settings")
pages = get_asgi_application()

from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.finders import get_finders  # noqa: E402
from servestatic import ServeStaticASGI  # noqa: E402

from premier_accueil.orientation.comprendre import charger  # noqa: E402
from premier_accueil.pages import flux  # noqa: E402


def _avec_fichiers_statiques(suite: Any) -> Any:
    servi = ServeStaticASGI(suite)
    for chercheur in get_finders():
        for stockage in getattr(chercheur, "storages", {}).values():
            servi.add_files(str(stockage.location), prefix=settings.STATIC_URL)
    return servi


statique = _avec_fichiers_statiques(pages)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Route a connection to the streams, the static files or the pages."""
    if scope["type"] == "lifespan":
        await _vivre(receive, send)
    elif scope["type"] == "http" and flux.concerne(scope["path"]):
        await flux.servir(scope, receive, send)
    else:
        await statique(scope, receive, send)


async def _vivre(receive: Any, send: Any) -> None:
    chauffe: asyncio.Task[Any] | None = None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            flux.veilleur.demarrer()
            # The reader of words takes a few seconds to load: the first receptionist must not wait for it.
            chauffe = asyncio.create_task(asyncio.to_thread(lambda: charger().chauffer()))
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await flux.veilleur.arreter()
            if chauffe:
                chauffe.cancel()
            await send({"type": "lifespan.shutdown.complete"})
            return
