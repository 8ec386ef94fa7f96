"""Django settings. Everything that differs between installations comes from the environment, with a working default."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict

from premier_accueil.socle import dossiers
from premier_accueil.socle.base.serveur import APPLICATION, PROPRIETAIRE, Serveur

PAQUET = Path(__file__).resolve().parent.parent
DATABASE_URL = os.environ.get("DATABASE_URL", "")
BASE_EMBARQUEE = not DATABASE_URL


def _connexion(parametres: dict[str, Any]) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parametres.pop("dbname", ""),
        "USER": parametres.pop("user", ""),
        "PASSWORD": parametres.pop("password", ""),
        "HOST": parametres.pop("host", ""),
        "PORT": parametres.pop("port", ""),
        "OPTIONS": parametres,
        "TEST": {"MIGRATE": False},
    }


def hotes_de_tuiles(adresse: str) -> list[str]:
    """Return the origin that a map's tiles come from, for the content policy; nothing without tiles."""
    lue = urlsplit(adresse.replace("{s}.", "*."))
    return [f"{lue.scheme}://{lue.netloc}"] if lue.scheme in {"https", "http"} and lue.netloc else []


def _bases() -> dict[str, dict[str, Any]]:
    if BASE_EMBARQUEE:
        nom = os.environ.get("PREMIER_ACCUEIL_BASE", "premier_accueil")
        serveur = Serveur(dossiers.etat())
        application: dict[str, Any] = dict(serveur.adresse(APPLICATION, nom))
        proprietaire: dict[str, Any] = dict(serveur.adresse(PROPRIETAIRE, nom))
    else:
        application = dict(conninfo_to_dict(DATABASE_URL))
        # Migrations and backups use the owner: the plain role must not be able to change tables.
        proprietaire = dict(conninfo_to_dict(os.environ.get("DATABASE_URL_PROPRIETAIRE", DATABASE_URL)))
    bases = {"default": _connexion(application), "proprietaire": _connexion(proprietaire)}
    # Statements are planned once per connection: half of the database's time on a page was planning.
    bases["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 5}
    # Short questions with somebody waiting: compiling a plan, starting helpers or fearing a disk that turns costs more.
    demandes = "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
    bases["default"]["OPTIONS"]["options"] = f"{application.get('options', '')} {demandes}".strip()
    bases["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 24, "timeout": 10}
    return bases


DATABASES = _bases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SECRET_KEY = os.environ.get("PREMIER_ACCUEIL_CLE") or dossiers.secret("cle-secrete")
DEBUG = False
# The demonstration marker lies in the state folder of an embedded database; a real server asks for it in words.
DEMONSTRATION = os.environ.get("PREMIER_ACCUEIL_DEMONSTRATION", "") == "1" or (
    BASE_EMBARQUEE and (dossiers.etat() / "demonstration").exists()
)
ALLOWED_HOSTS = os.environ.get("PREMIER_ACCUEIL_HOTES", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("PREMIER_ACCUEIL_ORIGINES", "").split(",") if o]
HTTPS = any(o.startswith("https://") for o in CSRF_TRUSTED_ORIGINS)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "bootstrap",
    "django_htmx",
    "leaflet",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "procrastinate.contrib.django",
    "premier_accueil.socle",
    "premier_accueil.territoire",
    "premier_accueil.faits",
    "premier_accueil.acteurs",
    "premier_accueil.annuaire",
    "premier_accueil.reperes",
    "premier_accueil.personnes",
    "premier_accueil.partage",
    "premier_accueil.orientation",
    "premier_accueil.agenda",
    "premier_accueil.accueil",
    "premier_accueil.entretien",
    "premier_accueil.relais",
    "premier_accueil.pages",
]
MIDDLEWARE = [
    "premier_accueil.pages.erreurs.BaseAbsente",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "premier_accueil.pages.entetes.EntetesDeSecurite",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "premier_accueil.pages.compte.session.SessionDeTravail",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "premier_accueil.config.urls"
ASGI_APPLICATION = "premier_accueil.config.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "premier_accueil.pages.contexte.maison",
            ],
            "builtins": ["django.templatetags.static", "premier_accueil.pages.templatetags.maison"],
        },
    }
]

AUTH_USER_MODEL = "acteurs.Compte"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("identifiant", "nom")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "compte:connexion"
LOGIN_REDIRECT_URL = "guichet:accueil"
# Idle end of a session, in seconds: slid by SessionDeTravail, which counts what somebody does, not what a page asks.
SESSION_COOKIE_AGE = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The map draws the communes' outlines by itself. An address of tiles, such as https://tuiles.exemple.fr/{z}/{x}/{y}.png,
# adds a background; only its host is then allowed in, and the producer's mention is shown.
CARTE_TUILES = os.environ.get("PREMIER_ACCUEIL_TUILES", "")
CARTE_MENTION = os.environ.get("PREMIER_ACCUEIL_TUILES_MENTION", "")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", *hotes_de_tuiles(CARTE_TUILES)],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
CSRF_FAILURE_VIEW = "premier_accueil.pages.erreurs.jeton_perime"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
# A form of ours holds some kilobytes; the words of a person may be long.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

# Lockout: recommandation CNIL 2022-100 on passwords, case 2 (12 characters or more, access restricted after failures).
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page says 15 minutes: trying again adds nothing
AXES_USERNAME_FORM_FIELD = "username"  # as authenticate() names it
AXES_PASSWORD_FORM_FIELD = "mot_de_passe"  # noqa: S105 — masked in what is kept of a failure
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "identifiant", "csrfmiddlewaretoken", "next"]
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "premier_accueil.pages.compte.adresse.adresse_du_client"
AXES_LOCKOUT_CALLABLE = "premier_accueil.pages.compte.adresse.reponse_deja_dite"
ECHECS_PAR_MINUTE = 60  # per address, whatever the accounts
PROXYS = int(os.environ.get("PREMIER_ACCUEIL_PROXYS", "0"))
NINJA_NUM_PROXIES = PROXYS
ANNUAIRE_INDEXE = os.environ.get("PREMIER_ACCUEIL_INDEXER", "") == "1"  # search engines may keep the public pages
API_OUVERTE = os.environ.get("PREMIER_ACCUEIL_API_OUVERTE", "240/min")  # questions of one address to the open directory
API_ORIENTATION = os.environ.get("PREMIER_ACCUEIL_API_ORIENTATION", "30/min")  # orientations asked by one address
API_ORIENTATION_EN_TOUT = os.environ.get("PREMIER_ACCUEIL_API_ORIENTATION_EN_TOUT", "600/min")  # and by all together
OTP_TOTP_ISSUER = "Premier Accueil"
OIDC = {
    nom: os.environ.get(f"PREMIER_ACCUEIL_OIDC_{nom}", defaut)
    for nom, defaut in {"EMETTEUR": "", "CLIENT": "", "SECRET": "", "LIBELLE": "ProConnect"}.items()
}

# Messages that leave (socle/envoi.py): the demonstration writes files; elsewhere nothing leaves until it is chosen.
ENVOI = os.environ.get("PREMIER_ACCUEIL_ENVOI") or ("fichier" if DEMONSTRATION else "console")
EMAIL_HOST = os.environ.get("PREMIER_ACCUEIL_SMTP_HOTE", "")
EMAIL_PORT = int(os.environ.get("PREMIER_ACCUEIL_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("PREMIER_ACCUEIL_SMTP_UTILISATEUR", "")
EMAIL_HOST_PASSWORD = os.environ.get("PREMIER_ACCUEIL_SMTP_MOT_DE_PASSE", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("PREMIER_ACCUEIL_COURRIEL", "ne-pas-repondre@localhost")

# Work that waits (commandes/taches.py). A machine that slept at the hour of a task does it when it wakes.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_ON_APP_READY = "premier_accueil.commandes.taches.inscrire"
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 26 * 3600}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français")]
TIME_ZONE = os.environ.get("PREMIER_ACCUEIL_FUSEAU", "Europe/Paris")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = PAQUET.parent / ".statique"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"simple": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "simple"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "premier_accueil.taches": {"level": "INFO"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
