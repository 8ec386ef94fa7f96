"""The two live streams of the counter, served before Django so that an open screen holds no thread."""

from __future__ import annotations

import json
import re
from http.cookies import CookieError, SimpleCookie
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from premier_accueil.accueil.requetes import ecran_par_jeton, etat_de_l_ecran, poste_de_travail
from premier_accueil.acteurs.models import Compte
from premier_accueil.acteurs.regles import RECOIVENT
from premier_accueil.acteurs.requetes import role_de
from premier_accueil.pages.entree import VERROU
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.sse import Envoi, Reception, Veilleur, repondre

FILE = re.compile(r"^/file/evenements/$")
ECRAN = re.compile(r"^/ecran/(?P<jeton>[\w-]{20,60})/evenements/$")


def _parametres() -> dict[str, Any]:
    base = settings.DATABASES["default"]
    noms = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {cle: base[nom] for cle, nom in noms.items() if base.get(nom)}


veilleur = Veilleur(_parametres)


def concerne(chemin: str) -> bool:
    """Tell whether a path is one of the streams."""
    return bool(FILE.match(chemin) or ECRAN.match(chemin))


async def servir(scope: dict[str, Any], reception: Reception, envoi: Envoi) -> None:
    """Answer one stream: the agents' queue (signed in) or the waiting-room screen (its token)."""
    par_jeton = ECRAN.match(scope["path"])
    if par_jeton:
        jeton = par_jeton["jeton"]
        site_id = await _en_base(_site_de_l_ecran, jeton)
    else:
        site_id = await _en_base(_site_de_l_agent, _cookie(scope))
    if site_id is None:
        await envoi({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain")]})
        await envoi({"type": "http.response.body", "body": b""})
        return

    async def lire() -> str:
        return str(await _en_base(_etat, site_id, jeton))

    # Agents of several bodies share a place: their streams say that it moved, and each page asks for its own rows.
    etats = veilleur.etats(f"ecran:{site_id}", lire) if par_jeton else veilleur.etats(f"file:{site_id}", _rien)
    await repondre(reception, envoi, etats)


async def _rien() -> str:
    return "{}"


class LienRenouvele(ConnectionError):
    """The screen's link was replaced: its stream ends, and its text never reaches the new one."""


def _etat(site_id: int, jeton: str) -> str:
    with situation(jeton=jeton):
        if ecran_par_jeton(jeton) is None:
            raise LienRenouvele
        return json.dumps(etat_de_l_ecran(site_id, timezone.now()).en_json(), ensure_ascii=False)


def _site_de_l_ecran(jeton: str) -> int | None:
    with situation(jeton=jeton):
        trouve = ecran_par_jeton(jeton)
    return trouve[0] if trouve else None


def _site_de_l_agent(cle_de_session: str | None) -> int | None:
    requete = HttpRequest()
    requete.session = SessionStore(cle_de_session)
    compte = get_user(requete)
    if not isinstance(compte, Compte) or requete.session.get(VERROU):
        return None
    role = role_de(compte, requete.session.get("mission"), timezone.now())
    if role is None or role.fonction not in RECOIVENT:
        return None
    poste = poste_de_travail(role, requete.session.get("site"))
    return poste.site_id if poste else None


def _cookie(scope: dict[str, Any]) -> str | None:
    texte = "; ".join(v.decode("latin-1") for k, v in scope["headers"] if k == b"cookie")
    try:
        morceau = SimpleCookie(texte).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    return morceau.value if morceau else None


async def _en_base(fonction: Any, *arguments: Any) -> Any:
    def executer() -> Any:
        try:
            return fonction(*arguments)
        finally:
            connection.close()

    return await sync_to_async(executer, thread_sensitive=False)()
