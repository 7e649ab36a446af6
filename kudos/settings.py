"""Settings of Kudos, read top to bottom. What a company sets comes from the environment
(README, "Settings"); what a culture lead sets lives in the database (accounts.Company)."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP

from kudos.lib import cache, database, env, mail, queue

BASE_DIR = Path(__file__).resolve().parent.parent

# --- From the environment -------------------------------------------------------------

KUDOS_HOME = Path(os.environ.get("KUDOS_HOME") or BASE_DIR / "var").resolve()
KUDOS_HOME.mkdir(parents=True, exist_ok=True)

# The address that people type. Hosts, origins, cookies and the links in mails follow from it.
KUDOS_URL = (os.environ.get("KUDOS_URL") or "http://127.0.0.1:8000").rstrip("/")
PUBLIC = urlsplit(KUDOS_URL)
IS_HTTPS = PUBLIC.scheme == "https"

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key(KUDOS_HOME, PUBLIC)
# How many of our own proxies stand in front and set X-Forwarded-For and -Proto.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
REDIS_URL = os.environ.get("REDIS_URL", "")
DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{KUDOS_HOME / 'kudos.sqlite3'}"
EMAIL_URL = os.environ.get("EMAIL_URL", "")
DIGEST_EMAIL_URL = os.environ.get("DIGEST_EMAIL_URL") or EMAIL_URL
# What whoever reads /health/metrics must show; without it there is no such page.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")

# --- Apps -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "kudos",
    "accounts",
    "stories",
    "stories.notices",
    "stories.digests",
    "allauth",
    "allauth.account",
    "django_htmx",
    "heroicons",
    "anymail",
    "accounts.admin_site.KudosAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.NoStoreMiddleware",
    "accounts.middleware.KeptPostMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "accounts.middleware.TimeZoneMiddleware",
]

ROOT_URLCONF = "kudos.urls"
WSGI_APPLICATION = "kudos.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.company",
                "accounts.context.roles_of",
                "stories.review.context.reviewing",
            ],
        },
    },
]

# --- Database, cache, queue -----------------------------------------------------------

DATABASES = {"default": database.connection(DATABASE_URL, home=KUDOS_HOME)}

CACHES = {"default": cache.backend(REDIS_URL, home=KUDOS_HOME)}

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "kudos"
# A request never waits for the broker: a wake-up that fails is found by the next tick.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_TRANSPORT_OPTIONS = queue.transport_options(REDIS_URL, home=KUDOS_HOME)

# --- Mail -----------------------------------------------------------------------------

MAILERS = {
    "default": mail.mailer(EMAIL_URL, folder=KUDOS_HOME / "mail"),
    "digest": mail.mailer(DIGEST_EMAIL_URL, folder=KUDOS_HOME / "mail"),
}
DEFAULT_FROM_EMAIL = mail.sender(EMAIL_URL, default=f"Kudos <kudos@{PUBLIC.hostname}>")
DIGEST_FROM_EMAIL = mail.sender(DIGEST_EMAIL_URL, default=DEFAULT_FROM_EMAIL)
# Where copies that cannot be delivered come back to, each to an address of its own.
DIGEST_BOUNCE_DOMAIN = mail.bounce_domain(DIGEST_EMAIL_URL)
ANYMAIL = mail.anymail(DIGEST_EMAIL_URL)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- People and sign-in ---------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "feed"

ACCOUNT_ADAPTER = "accounts.adapter.ClosedSignup"
# People without a mailbox sign in with their employee number, which allauth calls a username.
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "employee_id"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = PUBLIC.scheme
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# allauth's own would copy each address into a second table, where it still opened the account
# after the company gave the person another one.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# A whole office may share one address, so guessing is limited by account first.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password": "100/m/ip,5/m/key",
    "reset_password_from_key": "200/m/ip",
}

# --- Language and time ----------------------------------------------------------------

LANGUAGE_CODE = "en"
# Each by its own name: whoever looks for theirs may not read the one that the page is in.
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "kudos" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files ----------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = KUDOS_HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Uploads have no address of their own: a view that asks `may_see` serves them.
MEDIA_ROOT = KUDOS_HOME / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A request is at most one story: its text and one photo.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Security -------------------------------------------------------------------------

ALLOWED_HOSTS = [PUBLIC.hostname or "127.0.0.1", "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [KUDOS_URL]
CSRF_FAILURE_VIEW = "accounts.views.expired.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
# The container's own health check and what watches it inside the house ask without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    # HSTS for subdomains and in browsers' preload lists binds a company's whole domain:
    # theirs to choose, at their proxy.
    "security.W005",
    "security.W021",
]
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "kudos": {"level": "INFO"},
        "stories": {"level": "INFO"},
        # What visitors mistype or may not see is answered, not reported.
        "django.request": {"level": "ERROR"},
    },
}
