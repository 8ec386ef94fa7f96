"""A tiny provider of identity on loopback: it behaves as ProConnect does, and misbehaves when a test asks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "premier-accueil", "secret-de-test"
CLE = RSAKey.generate_key(2048, {"kid": "essai", "use": "sig", "alg": "RS256"})
AUTRE_CLE = RSAKey.generate_key(2048, {"kid": "essai", "use": "sig", "alg": "RS256"})


class Fournisseur:
    """What the provider knows and how it lies.

    Attributes:
        personne: claims of who is signed in there.
        mensonges: claims that replace the true ones in the id_token.
        cle: the key that signs.
        userinfo_signe: userinfo as a signed token (ProConnect) or as JSON.
    """

    def __init__(self, adresse: str) -> None:
        self.adresse = adresse
        self.personne = {"sub": "sujet-1", "email": "marie@ccas.example", "email_verified": True}
        self.mensonges: dict[str, object] = {}
        self.autre_sujet: str | None = None
        self.cle = CLE
        self.userinfo_signe = True
        self.pannes: set[str] = set()
        self.codes: dict[str, dict[str, str]] = {}
        self.demandes: list[dict[str, str]] = []
        self.jetons_servis = 0

    def description(self) -> dict[str, object]:
        pages = {"authorization": "authorize", "token": "token", "userinfo": "userinfo", "end_session": "fin"}
        return {
            "issuer": self.adresse,
            **{f"{nom}_endpoint": f"{self.adresse}/{chemin}" for nom, chemin in pages.items()},
            "jwks_uri": f"{self.adresse}/jwks",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "code_challenge_methods_supported": ["S256"],
        }

    def autoriser(self, adresse: str) -> dict[str, str]:
        """Sign the person in, as the browser would; return the query that goes back to us."""
        demande = {cle: v[0] for cle, v in parse_qs(urlsplit(adresse).query).items()}
        self.demandes.append(demande)
        assert demande["client_id"] == CLIENT
        assert demande["response_type"] == "code"
        assert demande["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(12)
        self.codes[code] = demande
        return {"code": code, "state": demande["state"]}

    def echanger(self, champs: dict[str, str]) -> tuple[int, dict[str, object]]:
        demande = self.codes.pop(champs.get("code", ""), None)  # a code serves once
        if demande is None or champs.get("redirect_uri") != demande["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        preuve = hashlib.sha256(champs.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(preuve).rstrip(b"=").decode() != demande["code_challenge"]:
            return 400, {"error": "invalid_grant", "error_description": "PKCE"}
        self.jetons_servis += 1
        maintenant = int(time.time())
        dit = {
            "iss": self.adresse, "aud": CLIENT, "sub": self.personne["sub"], "nonce": demande["nonce"],
            "iat": maintenant, "exp": maintenant + 60,
        } | self.mensonges  # fmt: skip
        return 200, {"access_token": "acces", "token_type": "Bearer", "id_token": self._signer(dit)}

    def userinfo(self) -> tuple[str, str]:
        dit = dict(self.personne)
        if self.autre_sujet:
            dit["sub"] = self.autre_sujet
        if not self.userinfo_signe:
            return "application/json", json.dumps(dit)
        maintenant = int(time.time())
        return "application/jwt", self._signer(
            dit | {"iss": self.adresse, "aud": CLIENT, "iat": maintenant, "exp": maintenant + 60}
        )

    def _signer(self, dit: dict[str, object]) -> str:
        return jwt.encode({"alg": "RS256", "kid": "essai"}, dit, self.cle)


@contextmanager
def fournisseur_local():
    """Serve a provider on loopback."""

    class Guichet(BaseHTTPRequestHandler):
        def do_GET(self):
            chemin = urlsplit(self.path).path
            if chemin in fournisseur.pannes:
                return self._repondre(503, "text/plain", "en panne")
            if chemin == "/.well-known/openid-configuration":
                return self._json(200, fournisseur.description())
            if chemin == "/jwks":
                return self._json(200, {"keys": [CLE.as_dict(private=False)]})
            if chemin == "/userinfo" and self.headers["Authorization"] == "Bearer acces":
                return self._repondre(200, *fournisseur.userinfo())
            return self._json(401, {})

        def do_POST(self):
            corps = self.rfile.read(int(self.headers["Content-Length"])).decode()
            attendu = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            if "/token" in fournisseur.pannes:
                return self._repondre(503, "text/plain", "en panne")
            if self.headers["Authorization"] != attendu:
                return self._json(401, {"error": "invalid_client"})
            return self._json(*fournisseur.echanger({k: v[0] for k, v in parse_qs(corps).items()}))

        def _json(self, code, objet):
            self._repondre(code, "application/json", json.dumps(objet))

        def _repondre(self, code, genre, texte):
            octets = texte.encode()
            self.send_response(code)
            self.send_header("Content-Type", genre)
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            self.wfile.write(octets)

        def log_message(self, *_):
            pass

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Guichet)
    fournisseur = Fournisseur(f"http://127.0.0.1:{serveur.server_port}")
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    fil.start()
    try:
        yield fournisseur
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join()


def forger(algorithme: str, dit: dict[str, object]) -> str:
    """Make a token without signature, or signed with the public key as if it were a shared secret."""

    def b64(octets: bytes) -> bytes:
        return base64.urlsafe_b64encode(octets).rstrip(b"=")

    corps = b".".join(b64(json.dumps(p).encode()) for p in ({"alg": algorithme, "kid": "essai"}, dit))
    cle = CLE.as_pem(private=False)
    signature = b"" if algorithme == "none" else hmac.new(cle, corps, hashlib.sha256).digest()
    return (corps + b"." + b64(signature)).decode()


def retour(parametres: dict[str, str]) -> str:
    """Return the address at which the browser comes back."""
    return f"/compte/fournisseur/retour/?{urlencode(parametres)}"
