"""Settings that every way of running Hashiya shares."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.utils.translation import gettext_lazy as _

from config import env
from config.settings.api import REST_FRAMEWORK, SPECTACULAR_SETTINGS  # noqa: F401 - settings like those below.

ROOT = Path(__file__).resolve().parent.parent.parent
STATE_ROOT = ROOT / env.read("STATE_ROOT")
MEDIA_ROOT = str(ROOT / env.read("MEDIA_ROOT"))

PUBLIC_URL = env.read("PUBLIC_URL")
DEBUG = False
DEMO = env.read("DEMO")
# Names that stay; without a number of the site's own, those for trials.
ARK_NAAN = env.read("ARK_NAAN") or "99999"
ARK_IS_TEST = ARK_NAAN == "99999"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "archive.User"
SITE_ID = None

INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "archive.apps.ArchiveConfig",
    "annotations.apps.AnnotationsConfig",
]

MIDDLEWARE = [
    "archive.views.middleware.RequestGuard",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "archive.views.middleware.SharedPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "archive.views.middleware.Viewer",
    "archive.views.errors.RefusalPages",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "archive/templates/allauth_overrides"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "archive.views.context.site",
            ],
            "builtins": ["archive.templatetags.dates"],
        },
    }
]

# --- Database ---------------------------------------------------------------------------------------

_SQLITE = {
    "transaction_mode": "IMMEDIATE",  # Otherwise two writers upgrade their locks at once and one is refused.
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; "
        "PRAGMA recursive_triggers=ON;"  # Otherwise INSERT OR REPLACE goes round the guards of insert-only rows.
    ),
}


def database(url: str) -> dict[str, object]:
    """Return Django's settings for the database at `url`, with the durability that trust.md asks for."""
    config = environ.Env.db_url_config(url or f"sqlite:///{STATE_ROOT / 'hashiya.sqlite3'}")
    if "sqlite" in config["ENGINE"]:
        config["OPTIONS"] = dict(_SQLITE)
        if config["NAME"] != ":memory:":
            config["NAME"] = str(ROOT / config["NAME"])
    else:
        # Only what `archive.models.statements` asks is prepared.
        config["OPTIONS"] = {
            "pool": {"min_size": 1, "max_size": 8},
            "prepare_threshold": 1,
            # Once means once: by itself PostgreSQL plans the first five times, whom may see what in 30 ms each. And to
            # compile a statement takes longer than to run any of ours.
            "options": "-c plan_cache_mode=force_generic_plan -c jit=off",
        }
    return config


DATABASES = {"default": database(env.read("DATABASE_URL"))}

# --- Background work --------------------------------------------------------------------------------

BROKER = env.read("BROKER_URL")
CELERY_BROKER_URL = BROKER
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_SOFT_TIME_LIMIT = 1740
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(STATE_ROOT / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "archive.tasks.sweep_jobs", "schedule": 15.0},
    "watch-files": {"task": "archive.tasks.watch_files", "schedule": 3600.0},
    "sweep-take-outs": {"task": "archive.tasks.sweep_take_outs", "schedule": 3600.0},
    "forget-old-mails": {"task": "archive.tasks.forget_old_mails", "schedule": 3600.0},
    "plan-mails": {"task": "archive.tasks.plan_mails", "schedule": 60.0},
    "remind": {"task": "archive.tasks.remind", "schedule": 3600.0},
    "watch-videos": {"task": "archive.tasks.watch_videos", "schedule": 3600.0},
}
if BROKER.startswith("filesystem"):
    _QUEUE = STATE_ROOT / "broker"
    for _part in ("queue", "control"):
        (_QUEUE / _part).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_QUEUE / "queue"),
        "data_folder_out": str(_QUEUE / "queue"),
        "control_folder": str(_QUEUE / "control"),
        "polling_interval": 0.1,
    }

CACHES = {"default": environ.Env.cache_url_config(env.read("CACHE_URL"))}

# --- Files ------------------------------------------------------------------------------------------

MEDIA_URL = "/media/"  # Never served: every byte goes through an authorised view.
SEND_FILES = env.read("SEND_FILES")
REPLICA_ROOT = str(ROOT / env.read("REPLICA_ROOT")) if env.read("REPLICA_ROOT") else ""
REPLICA_S3_ENDPOINT = env.read("REPLICA_S3_ENDPOINT")
REPLICA_S3_BUCKET = env.read("REPLICA_S3_BUCKET")
REPLICA_S3_KEY_ID = env.read("REPLICA_S3_KEY_ID")
REPLICA_S3_SECRET = env.read("REPLICA_S3_SECRET")
REPLICA_S3_REGION = env.read("REPLICA_S3_REGION")
REPLICA_S3_READ_BACK = env.read("REPLICA_S3_READ_BACK")
#: Whether all downloads of a release are made as soon as it is public; else each when somebody asks for it.
EXPORTS_WHEN_PUBLISHED = True
ERASURE_GRACE_DAYS = env.read("ERASURE_GRACE_DAYS")
ERASURE_LIST = (
    str(ROOT / env.read("ERASURE_LIST")) if env.read("ERASURE_LIST") else str(STATE_ROOT / "erasures.txt")
)
STATIC_URL = "/static/"
STATIC_ROOT = str(STATE_ROOT / "static")
#: Vite names these after their content, so they may be kept for ever.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$"
STATICFILES_DIRS = [ROOT / "frontend/dist"] if (ROOT / "frontend/dist").exists() else []
VITE_MANIFEST = ROOT / "frontend/dist/manifest.json"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = ["archive.media.upload.LimitedUploadHandler"]
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
MAX_TEXT_BYTES = 10 * 1024 * 1024
MAX_IMAGE_PIXELS = 200_000_000

# --- Languages --------------------------------------------------------------------------------------

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "config/locale"]
FORMAT_MODULE_PATH = ["config.formats"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "ar"
MODELTRANSLATION_LANGUAGES = ("ar", "en")
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("ar", "en"), "en": ("ar",), "ar": ("en",)}
TIME_ZONE = env.read("TIME_ZONE")
USE_I18N = USE_TZ = True

# --- Accounts ---------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SIGNUP = env.read("SIGNUP")
REQUIRE_MFA = env.read("REQUIRE_MFA")
LOGIN_REDIRECT_URL = "desk"
LOGIN_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if env.read("EMAIL_URL") else "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "archive.views.accounts.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# Besides those of allauth: requests by people outside, from one address. Mails are stopped by the machines of mail
# providers, for many people each.
ACCOUNT_RATE_LIMITS = {"public_request": "10/h/ip", "public_report": "20/h/ip", "stop_mails": "120/h/ip"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SENDS_MAIL = bool(env.read("EMAIL_URL"))
if SENDS_MAIL:
    vars().update(environ.Env.email_url_config(env.read("EMAIL_URL")))
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# What EMAIL_URL names is talked to from the background alone; whoever sends mail promises a job.
MAIL_SENDER = EMAIL_BACKEND
if SENDS_MAIL:
    EMAIL_BACKEND = "archive.actions.send_later.Backend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.read("EMAIL_FROM")
OUTSIDE_NETWORK = env.read("OUTSIDE_NETWORK")
YT_DLP = env.read("YT_DLP")
YT_DLP_PROXY = env.read("YT_DLP_PROXY")
MAP_TILES = env.read("MAP_TILES")
MAP_TILES_CREDIT = env.read("MAP_TILES_CREDIT")
HYPOTHESIS_CLIENT = str(ROOT / env.read("HYPOTHESIS_CLIENT")) if env.read("HYPOTHESIS_CLIENT") else ""
HYPOTHESIS_ORIGINS = env.read("HYPOTHESIS_ORIGINS")

# --- Security ---------------------------------------------------------------------------------------

#: A hundred people with all roles of CRediT are 1,800.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "hashiya_session"
CSRF_COOKIE_NAME = "hashiya_csrf"
CSRF_FAILURE_VIEW = "archive.views.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = "hashiya_language"
#: The host of map tiles is the only one from which pictures may come besides.
_TILES = urlsplit(MAP_TILES)
_PICTURES = f"'self' data: blob: {_TILES.scheme}://{_TILES.netloc}" if MAP_TILES else "'self' data: blob:"
CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {_PICTURES}; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; frame-src https://www.youtube-nocookie.com https://player.vimeo.com "
    "https://archive.org; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.read("LOG_LEVEL")},
}
