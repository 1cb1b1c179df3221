"""How is Astra put together as one Django project? Everything that differs between installations is in environment."""

import sys
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from astra.config import sqlite
from astra.config.environment import PROJECT, read_environment
from astra.config.installation import kind_of

ENV = read_environment()
INSTALLATION_KIND = kind_of(ENV.home)  # demo and practice wear a frame on every page
IS_TESTING = bool({"pytest", "mypy"} & sys.modules.keys())  # tools need no installation
SECRET_KEY = "only-for-tests" if IS_TESTING else ENV.secret()
DEBUG = False
ALLOWED_HOSTS = [*ENV.hosts, "testserver"] if IS_TESTING else list(ENV.hosts)
ROOT_URLCONF = {"desk": "astra.config.urls", "public": "astra.sites.public.urls"}[ENV.door]
WSGI_APPLICATION = "astra.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "astra.audit.apps.Room",
    "astra.vault.apps.Room",
    "astra.accounts.apps.Room",
    "astra.directory.apps.Room",
    "astra.people.apps.Room",
    "astra.consent.apps.Room",
    "astra.hotline.apps.Room",
    "astra.identification.apps.Room",
    "astra.cases.apps.Room",
    "astra.assistance.apps.Room",
    "astra.justice.apps.Room",
    "astra.rights.apps.Room",
    "astra.research.apps.Room",
    "astra.demo.apps.Room",
    "astra.sites.desk.apps.Desk",
    "astra.sites.exchange.apps.Exchange",
    "astra.sites.public.apps.Public",
    "astra.sites.mydata.apps.MyData",
]

if ENV.door == "public":  # nobody signs in there
    INSTALLED_APPS.remove("allauth.account")

DESK_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "astra.sites.answers.NothingKept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "astra.accounts.middleware.VisitMiddleware",
    "astra.sites.desk.middleware.ReadingLogged",
    "astra.sites.desk.middleware.ErrorPages",
    "allauth.account.middleware.AccountMiddleware",
]
# Whoever writes to us has no account, no session, no form token: nothing that a browser would keep beyond her visit.
PUBLIC_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "astra.sites.answers.NothingKept",
    "astra.sites.public.middleware.InHerLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "astra.sites.public.middleware.OwnForms",
    "astra.sites.public.middleware.HerConversation",
    "astra.sites.public.middleware.ErrorPages",
]
MIDDLEWARE = {"desk": DESK_MIDDLEWARE, "public": PUBLIC_MIDDLEWARE}[ENV.door]


def _database(url: str) -> dict[str, Any]:
    """Turn a database address into Django's form, with the options that keep promises on either engine."""
    parsed: dict[str, Any] = dict(dj_database_url.parse(url))
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        parsed["OPTIONS"] = sqlite.options()
        parsed["CONN_MAX_AGE"] = None
    else:
        parsed["OPTIONS"] = {**parsed.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 16}}
        # After the database was restarted no page fails on a connection that died with it.
        parsed["CONN_HEALTH_CHECKS"] = True
    return parsed


DATABASES = {"default": _database(ENV.database_url), "keystore": _database(ENV.keystore_url)}
DATABASE_ROUTERS = ["astra.vault.router.KeystoreRouter"]

# Signing in is opening the private key. From allauth come the pages for signing in and for the second factor; it
# keeps no address of anybody: its limits by address are off, guesses are slowed by our backend, per account.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["astra.accounts.backend.PassphraseBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "astra.accounts.adapters.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up by herself; allauth reads which fields exist
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "astra.accounts.forms.SignInForm"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/m/key", "reauthenticate": "10/m/user"}  # codes of one account
MFA_ADAPTER = "astra.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False  # a passkey alone opens no keys
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = False

# A sentence that a language lacks is said in this one: to visitors, who speak many, in English.
LANGUAGE_CODE = {"desk": "sr-latn", "public": "en"}[ENV.door]
LANGUAGES = [("sr-latn", "Srpski (latinica)"), ("sr", "Српски (ћирилица)"), ("en", "English")]
LOCALE_PATHS = [PROJECT / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = ENV.is_https, True, "Strict"
FORMAT_MODULE_PATH = "astra.config.formats"
USE_TZ = True
TIME_ZONE = "Europe/Belgrade"

FRAMES = {
    "desk": [
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "astra.sites.desk.context.desk",
    ],
    "public": ["astra.sites.public.context.public"],
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "src" / "astra" / "sites" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                *FRAMES[ENV.door],
                # Nobody there is real: the page that asks for a code shows it.
                *(["astra.demo.second_factors.hint"] if INSTALLATION_KIND in ("demo", "practice") else []),
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PROJECT / "static" / "built"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# Rooms that keep something of a person besides sealed sections, and let go of it when she is erased.
FORGETTING = [
    "astra.people.services.erasing",
    "astra.consent.services.forgetting",
    "astra.hotline.services.forgetting",
    "astra.identification.services.forgetting",
    "astra.assistance.services.forgetting",
    "astra.cases.services.forgetting",
    "astra.rights.services.forgetting",
    "astra.justice.services.forgetting",
]

# Rooms that recall something at once when the consent for it ends.
RECALLING = ["astra.assistance.services.referrals"]

# Who answers, for rooms before it, of whom a colleague may be told who has her file.
ASKS_LEDGER = "astra.consent.selectors.may_be_told"

# Nothing waits on disk in clear: uploads are sealed as they arrive (vault), small forms stay in memory.
FILE_UPLOAD_HANDLERS = [
    {"desk": "astra.vault.uploads.SealingUploadHandler", "public": "astra.sites.public.uploads.VisitorUploadHandler"}[
        ENV.door
    ]
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "connect-src": [SELF, *([f"ws://localhost:{ENV.bell}"] if ENV.bell.isdecimal() else [])],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"  # with "no-referrer" browsers send forms with Origin: null, which is refused
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 63_072_000 if ENV.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.is_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.is_https else None
SECURE_SSL_REDIRECT = False  # the reverse proxy does it; Astra itself listens on the loopback address
SESSION_COOKIE_NAME = "__Host-visit" if ENV.is_https else "visit"
CSRF_COOKIE_NAME = "__Host-form" if ENV.is_https else "form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None  # the form's cookie, too, is gone when the browser closes: it would tell that somebody was here
SESSION_COOKIE_AGE = 14 * 3600  # as long as the longest visit (accounts.rules.visits)
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Only what went wrong and where; never a parameter, an address or a body.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # a refused address is typed text: a name, a one-time link
}
