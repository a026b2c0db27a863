"""Django's settings, derived from one options object; see docs/settings.md."""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from huiying.config.options import Options, load_options

OPTIONS = load_options()
PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = OPTIONS.data_dir
MODE = OPTIONS.mode
DEBUG = OPTIONS.debug


def _database(url: str) -> dict[str, Any]:
    """Django's dictionary for a database URL; empty means SQLite in the data folder."""
    parts = urlsplit(url)
    if parts.scheme.startswith("postgres"):
        query = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.get("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,  # after a restart of the server nobody meets a dead connection
            # A statement that a connection has run five times is prepared there, and not planned again.
            "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5},
        }
    return {
        "ENGINE": "huiying.config.sqlite",
        "NAME": str(OPTIONS.sqlite_path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what is acknowledged has reached the disk. The write-ahead log is carried over in the background
            # (records.periodic); only where that does not keep up does a writer have to do it, at 32 MB.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=8000;"
            " PRAGMA journal_size_limit=67108864;",
        },
        # A file, not memory: races and kill tests need a second connection to the same database.
        "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
    }


def _secret_key() -> str:
    """The signing key written by the first `huiying migrate`; before that, one that dies with the process."""
    file = OPTIONS.secret_key_path
    return file.read_text(encoding="ascii").strip() if file.is_file() else secrets.token_urlsafe(48)


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = list(OPTIONS.hosts)
DATABASES = {"default": _database(OPTIONS.database_url)}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "huiying.records.apps.RecordsConfig",
    "huiying.registry.apps.RegistryConfig",
    "huiying.petitions.apps.PetitionsConfig",
    "huiying.issues.apps.IssuesConfig",
    "huiying.emergency.apps.EmergencyConfig",
    "huiying.publishing.apps.PublishingConfig",
    "huiying.learning.apps.LearningConfig",
    "huiying.web.apps.WebConfig",
]
MIDDLEWARE = [
    "huiying.web.shared.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "huiying.config.language.LanguageMiddleware",
    "huiying.web.shared.middleware.MethodsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "huiying.web.shared.middleware.RefusalsMiddleware",
]
CSRF_FAILURE_VIEW = "huiying.web.shared.errors.csrf_failure"
ROOT_URLCONF = "huiying.config.urls"
WSGI_APPLICATION = "huiying.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "huiying.web.shared.jinja.environment"},
    }
]

AUTH_USER_MODEL = "registry.Staff"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "console:sign_in"
SESSION_ENGINE = "huiying.web.shared.sessions"
SESSION_COOKIE_AGE = 30 * 60  # idle time-out: 30 minutes, renewed at each request
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
# Not no-referrer: browsers then send "Origin: null" with every form, which the CSRF check must refuse.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["huiying.web.shared.uploads.MemoryUploads"]  # never a temporary file in the clear
DATA_UPLOAD_MAX_NUMBER_FILES = 30

# Cookies travel over TLS only where the public address does.
_TLS = OPTIONS.public_url.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
CSRF_TRUSTED_ORIGINS = [OPTIONS.public_url] if OPTIONS.public_url else []


def hsts_seconds(options: Options) -> int:
    """How long browsers shall come by TLS alone: a year for real people at an https:// address, else not at all."""
    return 365 * 24 * 3600 if options.production and options.public_url.startswith("https://") else 0


# The proxy ends TLS and speaks plain HTTP to us: HeadersMiddleware sends this, and redirecting is the proxy's own matter.
SECURE_HSTS_SECONDS = hsts_seconds(OPTIONS)
SECURE_SSL_REDIRECT = False

LANGUAGE_CODE = "zh-hans"  # the language of the sources; the portal's own default is HUIYING["language"]
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = None  # the files are served from the package itself; nothing is collected
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

# To stderr, where the service manager keeps it. No address of a visitor: the server writes no access log, and a
# refused page (4xx) is not logged, because its path may hold somebody's receipt code. A failure names its page, not
# its path.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "huiying.web.shared.logs.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "filters": {
        "without_path": {"()": "huiying.web.shared.logs.WithoutPath"},
        "strange_hosts": {
            "()": "huiying.web.shared.logs.Counted",
            "sentence": "A request named a host that the setting `hosts` does not list.",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR", "filters": ["without_path"]},
        "django.security.DisallowedHost": {"filters": ["strange_hosts"]},
        "django.security.csrf": {"level": "ERROR"},
        # What a reader says of a broken file may repeat a piece of it.
        "pikepdf": {"level": "CRITICAL"},
        "PIL": {"level": "CRITICAL"},
        "huiying": {"level": "INFO"},
    },
}

EMAIL_HOST = OPTIONS.mail.host
EMAIL_PORT = OPTIONS.mail.port
EMAIL_HOST_USER = OPTIONS.mail.user
EMAIL_HOST_PASSWORD = OPTIONS.mail.password
EMAIL_USE_TLS = OPTIONS.mail.starttls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = OPTIONS.mail.sender

HUIYING: dict[str, Any] = {
    "data_dir": DATA_DIR,
    "mode": MODE,
    "options": OPTIONS,
    "language": OPTIONS.language,
    "public_url": OPTIONS.address_shown,
    "mail_adapter": OPTIONS.mail.adapter,
    "mail_folder": OPTIONS.mail_folder,
    "master_key_path": OPTIONS.master_key_path,
    "file_megabytes": OPTIONS.files.megabytes,
    "sms_providers": [each.model_dump() for each in OPTIONS.sms.providers],
    "sms_address": OPTIONS.sms.address,
    "voice_providers": [each.model_dump() for each in OPTIONS.voice.providers],
    "voice_secret": OPTIONS.voice.secret,
}
