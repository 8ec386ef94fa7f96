"""Sign in through a provider of identity (ProConnect): authorization code, PKCE S256, state, nonce, signed answers."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from premier_accueil.acteurs.models import Compte, Identite
from premier_accueil.socle.texte import propre

SIGNATURES = ["RS256", "PS256", "ES256"]
DELAI_S = 5
JETON = "oidc_jeton"
journal = logging.getLogger(__name__)


class FournisseurEnPanne(RuntimeError):
    """The provider does not answer, or answers what nobody can read."""


class IdentiteRefusee(ValueError):
    """The answer of the provider is not for us, not from it, or too old."""


@dataclass(frozen=True)
class Reconnu:
    """Who the provider recognised, once every proof was checked."""

    emetteur: str
    sujet: str
    courriel: str
    verifie: bool
    jeton: str


def libelle() -> str:
    """Return the name of the provider, empty when none is configured."""
    return str(settings.OIDC["LIBELLE"]) if settings.OIDC["EMETTEUR"] and settings.OIDC["CLIENT"] else ""


def est_relie(compte: Compte) -> bool:
    """Tell whether an account is already linked to the configured provider."""
    return Identite.objects.filter(compte=compte, emetteur=settings.OIDC["EMETTEUR"]).exists()


@lru_cache(maxsize=2)
def _client(emetteur: str, identifiant: str, secret: str) -> Any:
    # Imported here: the library is only needed by who uses a provider.
    from authlib.integrations.django_client import OAuth

    return OAuth().register(
        "fournisseur", client_id=identifiant, client_secret=secret,
        server_metadata_url=f"{emetteur.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": DELAI_S},
    )  # fmt: skip


def _pret() -> Any:
    """Return the client, its provider's description read and checked."""
    client = _client(settings.OIDC["EMETTEUR"], settings.OIDC["CLIENT"], settings.OIDC["SECRET"])
    try:
        description = client.load_server_metadata()
    except (OSError, ValueError, TypeError) as erreur:
        journal.warning("identity provider unreachable: %s", type(erreur).__name__)
        raise FournisseurEnPanne from erreur
    if description.get("issuer") != settings.OIDC["EMETTEUR"]:
        journal.error("the provider names another issuer than PREMIER_ACCUEIL_OIDC_EMETTEUR")
        _client.cache_clear()
        raise FournisseurEnPanne
    # Only asymmetric signatures, whatever the provider announces.
    description["id_token_signing_alg_values_supported"] = SIGNATURES
    return client


def partir(requete: HttpRequest) -> HttpResponseBase:
    """Send the browser to the provider.

    Raises:
        FournisseurEnPanne: it does not answer.
    """
    adresse = requete.build_absolute_uri(reverse("compte:oidc_retour"))
    client = _pret()
    try:
        # ProConnect asks for this level; another provider may ignore it.
        reponse: HttpResponseBase = client.authorize_redirect(requete, adresse, acr_values="eidas1")
    except RuntimeError as erreur:  # its description names no such page
        raise FournisseurEnPanne from erreur
    return reponse


def revenir(requete: HttpRequest) -> Reconnu:
    """Check the answer of the provider: state, code, PKCE, signature, issuer, audience, dates, nonce, user.

    Raises:
        FournisseurEnPanne: the provider does not answer.
        IdentiteRefusee: one of the checks failed.
    """
    from authlib.integrations.base_client import OAuthError
    from joserfc.errors import JoseError

    client = _pret()
    emetteur, identifiant = settings.OIDC["EMETTEUR"], settings.OIDC["CLIENT"]
    attendus = {"iss": {"essential": True, "value": emetteur}, "aud": {"essential": True, "value": identifiant}}
    try:
        jeton = client.authorize_access_token(requete, claims_options=attendus, leeway=30)
        personne = _personne(client, jeton, attendus)
        sujet = personne["sub"]
        if sujet != jeton["userinfo"]["sub"] or sujet != propre(sujet) or not 0 < len(sujet) <= 255:
            raise IdentiteRefusee("another subject, or one that nobody can keep")
    except OSError as erreur:
        journal.warning("identity provider unreachable: %s", type(erreur).__name__)
        raise FournisseurEnPanne from erreur
    except (OAuthError, JoseError, KeyError, TypeError, ValueError, RuntimeError) as erreur:
        journal.warning("identity refused: %s", type(erreur).__name__)
        raise IdentiteRefusee from erreur
    courriel = propre(str(personne.get("email") or "")).strip().lower()[:150]
    return Reconnu(emetteur, sujet, courriel, personne.get("email_verified") is True, str(jeton["id_token"]))


def _personne(client: Any, jeton: Any, attendus: Any) -> Any:
    """Return what the provider says of the person: JSON, or a signed token as ProConnect sends."""
    from joserfc import jwt
    from joserfc.jwk import KeySet

    reponse = client.get(client.server_metadata["userinfo_endpoint"], token=jeton)
    reponse.raise_for_status()
    if not reponse.headers.get("Content-Type", "").startswith("application/jwt"):
        return reponse.json()
    cles = KeySet.import_key_set(client.fetch_jwk_set())
    personne = jwt.decode(reponse.text, cles, algorithms=SIGNATURES).claims
    jwt.JWTClaimsRegistry(leeway=30, **attendus).validate(personne)
    return personne


def compte_de(reconnu: Reconnu) -> tuple[Compte | None, bool]:
    """Return the account of somebody recognised, and whether it must still be linked.

    Never makes an account. A first link needs an address that the provider says verified and that is the identifier
    of an account without link.
    """
    actifs = Compte.objects.filter(is_active=True, exemple=False)
    connu = actifs.filter(identites__emetteur=reconnu.emetteur, identites__sujet=reconnu.sujet).first()
    if connu is not None or not reconnu.verifie or not reconnu.courriel:
        return connu, False
    homonyme = actifs.filter(identifiant=reconnu.courriel).exclude(identites__emetteur=reconnu.emetteur).first()
    return homonyme, homonyme is not None


def adresse_de_sortie(requete: HttpRequest) -> dict[str, str]:
    """Return where to end the provider's own session, empty when it opened nothing or does not answer."""
    jeton = requete.session.get(JETON)
    if not jeton or not libelle():
        return {}
    retour = requete.build_absolute_uri(reverse("compte:connexion"))
    try:
        adresse = _pret().create_logout_url(retour, id_token_hint=jeton)
    except RuntimeError:  # away, or without such a page: our own session ends all the same
        return {}
    return {"adresse": adresse["url"], "fournisseur": libelle(), "titre": "Vous quittez Premier Accueil"}


def en_session(reconnu: Reconnu) -> dict[str, Any]:
    """Return what the session keeps between the provider's answer and the click that enters."""
    return asdict(reconnu)
