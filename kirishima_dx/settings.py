"""Settings, all from the environment, safe by default.

A production host sets the environment (docs/operations.md lists every variable). `make run` writes
var/local.env for a local start over plain HTTP. Nothing secret stands in this file.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from kirishima_dx.environment import (
    comparison_table,
    database,
    env,
    mail_server,
    switch,
    trusted_proxies,
    whole_number,
    with_habits,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

_env_file = env.str("KIRISHIMA_ENV_FILE", default=str(VAR_DIR / "local.env"))
if Path(_env_file).is_file():
    environ.Env.read_env(_env_file)

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "環境変数 SECRET_KEY がありません。手元で試すときは「make run」が var/local.env に作ります。"
        "本番では長く無作為な文字列を環境変数に設定してください。例: "
        'python -c "import secrets; print(secrets.token_urlsafe(50))"'
    )

DEBUG = switch("DEBUG", default=False)
HTTPS = switch("HTTPS", default=True)
TRUSTED_PROXY = trusted_proxies("TRUSTED_PROXY")
"""The proxies in front that are believed who asks, and by which scheme (kirishima_dx/client_address.py)."""
ACCESS_LOG = env.str("ACCESS_LOG", default="").strip()
"""The file into which `serve` writes a line a request; empty for none."""
SERVE_CONNECTIONS = whole_number("SERVE_CONNECTIONS", default=2000)
SERVE_HEAD_SECONDS = whole_number("SERVE_HEAD_SECONDS", default=10)
SERVE_PACE_SECONDS = whole_number("SERVE_PACE_SECONDS", default=30)
SERVE_IDLE_SECONDS = whole_number("SERVE_IDLE_SECONDS", default=120)
"""What a client may take of time and connections (kirishima_dx/server/limits.py)."""
SERVE_PROCESSES = whole_number("SERVE_PROCESSES", default=1)
"""How many processes answer (kirishima_dx/server/processes.py)."""
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_READING = switch("PUBLIC_READING", default=True)
"""Whether anyone on the network may read what is published (design.md §5)."""
PLAN_CODE = env.str("PLAN_CODE", default="").strip()
"""Which plan is served; may be empty where the database holds only one (plans/served.py)."""
PLAN_FILE = Path(
    env.str("PLAN_FILE", default=str(BASE_DIR / "fixtures" / "kirishima-dx-miraizu-2.0.yaml"))
)
DISK_FREE_MB = whole_number("DISK_FREE_MB", default=1024)
BACKUP_MAX_HOURS = whole_number("BACKUP_MAX_HOURS", default=26)
"""Below so much free disk, and with a last back-up older than this, the operator is warned (kirishima_dx/readiness)."""
BACKUP_DIR = Path(env.str("BACKUP_DIR", default="") or VAR_DIR / "backups")
"""Where back-ups go that are given no file, and where the note of the last one stands."""
KEPT_PAGES_MB = whole_number("KEPT_PAGES_MB", default=64, least=0)
"""Memory that each process takes at most for pages that it need not draw again; 0 keeps none (kirishima_dx/kept)."""
COMPARISON_TABLE = comparison_table("COMPARISON_COLUMNS", "COMPARISON_WORDS")
"""Order of columns and words of 新旧対照表, where a city has its own; the usual ones stand in TableWords."""

INSTALLED_APPS = [
    "people",
    "plans",
    "initiatives",
    "rounds",
    "reviews",
    "revisions",
    "portal",
    "demo",
    "kirishima_dx",
    "people.admin_config.KirishimaAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "simple_history",
]

MIDDLEWARE = [
    "kirishima_dx.middleware.whole_answers",
    "kirishima_dx.middleware.content_security_policy",
    "kirishima_dx.readiness.probe.probe",
    "django.middleware.security.SecurityMiddleware",
    "kirishima_dx.middleware.browsers_forget_https",
    "kirishima_dx.middleware.no_nul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kirishima_dx.kept.middleware.kept_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.KeepSessionAlive",
    "people.middleware.PagesOfOne",
    "people.middleware.ReadingIsOpen",
    "people.downloads.RecordsDownloads",
    "people.middleware.OwnPasswordFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "kirishima_dx.middleware.SettingsFit",
    "kirishima_dx.middleware.method_not_allowed_page",
]

ROOT_URLCONF = "kirishima_dx.urls"
WSGI_APPLICATION = "kirishima_dx.wsgi.application"

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
                "plans.context_processors.plan",
            ],
            "builtins": ["kirishima_dx.templatetags.kirishima"],
        },
    },
]
FORM_RENDERER = "kirishima_dx.form_renderer.FormRenderer"

# Not a URL: the folder's name may hold letters that mean something in one.
EMBEDDED = {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "kirishima.sqlite3"}
DATABASES = {"default": with_habits(database("DATABASE_URL") or EMBEDDED)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "living_plan"
LOGOUT_REDIRECT_URL = "living_plan"

SIGN_IN_ADDRESS_LIMIT = switch("SIGN_IN_ADDRESS_LIMIT", default=True)
"""Whether failures are also counted by address alone; off where all terminals come from one (people/lock_out.py)."""

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

FORCE_SCRIPT_NAME = env.str("SCRIPT_NAME", default="") or None
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str(
            "STATICFILES_BACKEND", default="kirishima_dx.style_bundle.StyleBundleStorage"
        )
    },
}

# Sixty idle minutes, begun anew by people.middleware.KeepSessionAlive; sign_in_and_continue carries a form over.
# The browser forgets a session when it is closed.
SESSION_COOKIE_AGE = whole_number("SESSION_IDLE_SECONDS", default=3600)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = FORCE_SCRIPT_NAME or "/"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "people.views.sign_in.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
HSTS_SECONDS = whole_number("HSTS_SECONDS", default=3600, least=0)
"""How long browsers insist on https once they came over it; 0 lets them forget it at their next visit."""
SECURE_HSTS_SECONDS = HSTS_SECONDS if HTTPS else 0
# Neither for the subdomains, which are other systems of the city, nor in the lists that browsers ship: the first could
# lock those out, the second cannot be taken back (decision 0028). Django would warn of both.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}

# Without a mail server nothing is sent: reminders are then texts to hand on.
_mail = mail_server("EMAIL_URL")
SENDS_MAIL = _mail is not None
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
globals().update(_mail or {})
EMAIL_TIMEOUT = whole_number("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="") or "noreply@localhost"

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Beyond what any form takes, so that the form says in words how many are too many.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"suspicious": {"()": "kirishima_dx.refusals_in_log.OneLineAMinute"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["suspicious"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    # A refused or missing page is the proxy's to note; here each would bring a traceback.
    # A worker that is busy is no news: seventeen browsers ask for more at once than there are workers.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "waitress.queue": {"level": "ERROR"},
    },
}
