"""The one settings file; a site changes only environment variables (docs/operations.md lists them)."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlparse

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    """Return an environment variable, stripped."""
    return os.environ.get(name, default).strip()


def envbool(name: str, default: bool = False) -> bool:
    """Return an environment variable as a truth value."""
    return env(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def envlist(name: str, default: str = "") -> list[str]:
    """Return a comma-separated environment variable as a list."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


VAR_DIR = Path(env("ZHONGSHU_VAR_DIR", str(BASE_DIR / "var")))
ZHONGSHU_KEYS_DIR = Path(env("ZHONGSHU_KEYS_DIR", str(VAR_DIR / "keys")))
ZHONGSHU_BLOBS_DIR = Path(env("ZHONGSHU_BLOBS_DIR", str(VAR_DIR / "blobs")))
ZHONGSHU_QUARANTINE_DIR = Path(env("ZHONGSHU_QUARANTINE_DIR", str(VAR_DIR / "quarantine")))
ZHONGSHU_CACHE_DIR = Path(env("ZHONGSHU_CACHE_DIR", str(VAR_DIR / "cache")))
ZHONGSHU_TRAIL_HEADS_DIR = Path(env("ZHONGSHU_TRAIL_HEADS_DIR", str(VAR_DIR / "trail-heads")))
# LibreOffice: its path; empty looks for it, "off" does without.
ZHONGSHU_SOFFICE = env("ZHONGSHU_SOFFICE")
ZHONGSHU_OFFICE_HOURS = env("ZHONGSHU_OFFICE_HOURS", "08:30-12:00,14:30-17:30")
ZHONGSHU_CRYPTO = env("ZHONGSHU_CRYPTO", "zhongshu.base.crypto.SoftwareCrypto")


def secret_key() -> str:
    """Read the secret from the environment, else from a private file made at first use."""
    if given := env("ZHONGSHU_SECRET_KEY"):
        return given
    path = ZHONGSHU_KEYS_DIR / "secret.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with open(
                os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
            ) as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return path.read_text(encoding="ascii").strip()


def database() -> dict[str, object]:
    """Build the default database from DATABASE_URL; SQLite in var/ where it is absent."""
    url = urlparse(env("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'zhongshu.sqlite3'}")
    if url.scheme == "sqlite":
        path = unquote(url.path)[1:] if url.path.startswith("//") else unquote(url.path)
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        # IMMEDIATE: a deferred transaction that turns writer fails at once with "database is locked".
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;"
                " PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
            },
            # A file, not memory: browsers and threads of tests are several connections.
            "TEST": {"NAME": env("ZHONGSHU_TEST_DB") or str(VAR_DIR / f"test-{os.getpid()}.sqlite3")},
        }
    query = dict(part.split("=", 1) for part in url.query.split("&") if "=" in part)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")) or "zhongshu",
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(query.get("host", url.hostname or "")),
        "PORT": str(url.port or query.get("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"prepare_threshold": 5, "server_side_binding": True}
        if env("ZHONGSHU_PG_PREPARE", "1") == "1"
        else {},
    }


SECRET_KEY = secret_key()
DEBUG = envbool("ZHONGSHU_DEBUG")
ZHONGSHU_DEMO = envbool("ZHONGSHU_DEMO")
ZHONGSHU_HTTPS = envbool("ZHONGSHU_HTTPS", not (ZHONGSHU_DEMO or DEBUG))
ALLOWED_HOSTS = envlist("ZHONGSHU_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = envlist("ZHONGSHU_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "zhongshu.base",
    "zhongshu.ui",
    "zhongshu.people",
    "zhongshu.matters",
    "zhongshu.files",
    "zhongshu.flow",
    "zhongshu.archive",
    "zhongshu.documents",
    "zhongshu.workbench",
]
if (BASE_DIR / "demo" / "apps.py").exists():
    INSTALLED_APPS.append("demo")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "zhongshu.people.middleware.ActorMiddleware",
    "zhongshu.ui.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "zhongshu.urls"
WSGI_APPLICATION = "zhongshu.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "zhongshu.ui.context.shell",
            ],
        },
    }
]

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "zhongshu.people.sessions"
SESSION_COOKIE_NAME = "zhongshu_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ZHONGSHU_HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = ZHONGSHU_HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ZHONGSHU_HTTPS else None
SECURE_SSL_REDIRECT = ZHONGSHU_HTTPS and envbool("ZHONGSHU_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31536000 if ZHONGSHU_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if ZHONGSHU_HTTPS else None
X_FRAME_OPTIONS = "SAMEORIGIN"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [path for path in [BASE_DIR / "zhongshu" / "static"] if path.exists()]
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True


def bucket(name: str) -> dict[str, object]:
    """Describe a bucket of the office's own object storage."""
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": name,
            "endpoint_url": env("ZHONGSHU_S3_ENDPOINT") or None,
            "region_name": env("ZHONGSHU_S3_REGION") or None,
            "access_key": env("ZHONGSHU_S3_ACCESS_KEY") or None,
            "secret_key": env("ZHONGSHU_S3_SECRET_KEY") or None,
            "location": env("ZHONGSHU_S3_PREFIX"),
            "file_overwrite": True,
            "default_acl": None,
            "addressing_style": env("ZHONGSHU_S3_ADDRESSING", "path"),
        },
    }


# Attachments lie in ZHONGSHU_BLOBS_DIR, or in a bucket; what waits for its verdict in a folder or bucket of its own.
for alias, bucket_name in (
    ("blobs", env("ZHONGSHU_S3_BUCKET")),
    ("quarantine", env("ZHONGSHU_QUARANTINE_BUCKET")),
):
    if bucket_name:
        STORAGES[alias] = bucket(bucket_name)

# Optional takers of incoming papers (docs/operations.md); a password is only ever given by the environment.
ZHONGSHU_IMAP_HOST = env("ZHONGSHU_IMAP_HOST")
ZHONGSHU_IMAP_PORT = int(env("ZHONGSHU_IMAP_PORT", "993"))
ZHONGSHU_IMAP_SECURITY = env("ZHONGSHU_IMAP_SECURITY", "tls")
ZHONGSHU_IMAP_CA = env("ZHONGSHU_IMAP_CA")
ZHONGSHU_IMAP_USER = env("ZHONGSHU_IMAP_USER")
ZHONGSHU_IMAP_PASSWORD = env("ZHONGSHU_IMAP_PASSWORD")
ZHONGSHU_IMAP_FOLDER = env("ZHONGSHU_IMAP_FOLDER", "INBOX")
ZHONGSHU_IMAP_DONE = env("ZHONGSHU_IMAP_DONE")
ZHONGSHU_WATCH_FOLDER = env("ZHONGSHU_WATCH_FOLDER")

# Live news: a path behind the same proxy, or (zhongshu serve) the next port of the same host; see docs/decisions.
ZHONGSHU_LIVE_URL = env("ZHONGSHU_LIVE_URL")
ZHONGSHU_LIVE_PORT = env("ZHONGSHU_LIVE_PORT")
LIVE_ORIGINS = [
    f"{host.replace('.', '*.', 1) if host.startswith('.') else host}:{ZHONGSHU_LIVE_PORT}"
    for host in ALLOWED_HOSTS
    if ZHONGSHU_LIVE_PORT and not host.startswith("[")
]
CONTENT_SECURITY_POLICY: dict[str, object] = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'", *LIVE_ORIGINS],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}

# A command that reads a file on standard input and ends with 0 (clean) or 1 (found), such as "clamdscan --no-summary -".
ZHONGSHU_VIRUS_SCANNER = env("ZHONGSHU_VIRUS_SCANNER")
FILE_UPLOAD_HANDLERS = ["zhongshu.files.uploads.OfficeUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
EMAIL_BACKEND = env("ZHONGSHU_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env("ZHONGSHU_EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = int(env("ZHONGSHU_EMAIL_PORT", "25"))
EMAIL_HOST_USER = env("ZHONGSHU_EMAIL_USER")
EMAIL_HOST_PASSWORD = env("ZHONGSHU_EMAIL_PASSWORD")
EMAIL_USE_TLS = envbool("ZHONGSHU_EMAIL_TLS")
EMAIL_TIMEOUT = 10
ZHONGSHU_SITE_URL = env("ZHONGSHU_SITE_URL").rstrip("/")
DEFAULT_FROM_EMAIL = env("ZHONGSHU_EMAIL_FROM", "zhongshu@localhost")

LOGGING: dict[str, object] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("ZHONGSHU_LOG_LEVEL", "WARNING")},
}
