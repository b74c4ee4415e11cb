"""Settings. Everything that differs between machines is a typed environment variable.

`.env.example` lists the variables. A missing or malformed one stops the program
at once, and every such variable is named in the one message.
"""

import logging
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvValidationError, validate

BASE_DIR = Path(__file__).resolve().parent.parent

# The environment


def _each_is_long(keys: list[str]) -> None:
    for key in keys:
        validate.Length(min=32, error="Each has 32 characters or more.")(key.strip())


def _each_is_an_identity(keys: list[str]) -> None:
    for key in keys:
        says = "Each is a key that `manage.py backup --new-key` prints."
        validate.Regexp("AGE-SECRET-KEY-1[0-9A-Z]{58}$", error=says)(key.strip())


def _is_no_token_or_long(token: str) -> None:
    if token:
        validate.Length(min=20, error="It has 20 characters or more.")(token)


def _is_nothing_or_an_address(url: str) -> None:
    if url:
        validate.URL(require_tld=False, schemes={"http", "https"})(url)


env = Env(eager=False)
ENV_FILE = env.str("ENV_FILE", str(BASE_DIR / ".env"))
env.read_env(ENV_FILE, recurse=False)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = (
    env.str("SECRET_KEY", "") or "for-development-only"
    if DEBUG
    else env.str("SECRET_KEY", validate=validate.Length(min=32))
)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")
HTTP_PORT = env.int("HTTP_PORT", 8000, validate=validate.Range(1, 65535))
BASE_URL = env.str(
    "BASE_URL",
    f"http://127.0.0.1:{HTTP_PORT}",
    validate=validate.URL(require_tld=False, schemes={"http", "https"}),
)
EXTRA_HOSTS = env.list("EXTRA_HOSTS", ["127.0.0.1", "localhost"])
# Any long random texts: the first encrypts what people tell, all decrypt it.
ENCRYPTION_KEYS: list[str] = env.list("ENCRYPTION_KEYS", [], validate=_each_is_long)
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
PROXY_COUNT = env.int("PROXY_COUNT", 1, validate=validate.Range(1, 10))
HSTS_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", False)
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 30, validate=validate.Range(2, 24 * 60))
SESSION_HOURS = env.int("SESSION_HOURS", 12, validate=validate.Range(1, 14 * 24))
# Whether whoever may see patients signs in with a code from their phone as well.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", True)
DATABASE = env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
CACHE = env.dj_cache_url("CACHE_URL", "locmem://")
# Without a mail server every message becomes a readable file.
EMAIL = env.dj_email_url("EMAIL_URL", f"file:///{VAR_DIR / 'mail'}")
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "website@localhost", validate=validate.Email())
TIME_ZONE = env.str(
    "TIME_ZONE",
    "America/Los_Angeles",
    validate=validate.OneOf(available_timezones(), error="Unknown."),
)
# A folder into which the worker backs up each night, how many are kept, and the keys: of age, the
# first encrypts.
BACKUP_DIR = env.path("BACKUP_DIR", None)
BACKUP_KEEP = env.int("BACKUP_KEEP", 14, validate=validate.Range(1, 10_000))
BACKUP_KEYS: list[str] = env.list("BACKUP_KEYS", [], validate=_each_is_an_identity)
# Whoever has it reads /metrics.
METRICS_TOKEN = env.str("METRICS_TOKEN", "", validate=_is_no_token_or_long)
# Called when an email could not tell of a problem.
ALARM_URL = env.str("ALARM_URL", "", validate=_is_nothing_or_an_address)
LOG_LEVEL = env.log_level("LOG_LEVEL", logging.INFO)
LOG_FORMAT = env.str(
    "LOG_FORMAT", "line", validate=validate.OneOf(["line", "json"], error="line or json.")
)

try:
    env.seal()
except EnvValidationError as error:
    wrong = "; ".join(
        f"{name}: {' '.join(why)}"
        for name, why in dict(error.error_messages).items()  # type: ignore[arg-type]
    )
    raise ImproperlyConfigured(f"Environment variables (see .env.example): {wrong}") from None

if "EMAIL_BACKEND" not in EMAIL:
    raise ImproperlyConfigured("EMAIL_URL names no kind of mail server (.env.example has one).")

try:
    VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"VAR_DIR cannot be made: {error}") from None
# A site whose owner has set no keys still keeps nothing in plain; `check --deploy` tells them.
ENCRYPTION_KEYS_NAMED = bool(ENCRYPTION_KEYS)
ENCRYPTION_KEYS = [key.strip() for key in ENCRYPTION_KEYS] or [SECRET_KEY, *SECRET_KEY_FALLBACKS]
BASE_URL = BASE_URL.rstrip("/")
SITE = urlsplit(BASE_URL)
if SITE.path or SITE.query:
    raise ImproperlyConfigured("BASE_URL is the address of the whole site, without a path.")
HTTPS = SITE.scheme == "https"

# The program

INSTALLED_APPS = [
    "blog",
    "comments",
    "booking",
    "demo",
    "wordpress",
    "clinic_site.pages",
    "clinic_site.documents",
    "clinic_site.appearance",
    "clinic_site.images",
    "clinic_site.page_cache",
    "clinic_site.page_views",
    "clinic_site.mail",
    "clinic_site.jobs",
    "clinic_site.logs",
    "clinic_site.http",
    "clinic_site.privacy",
    "clinic_site.data_requests",
    "clinic_site.backups",
    "clinic_site.staff",
    "clinic_site.health",
    "clinic_site.second_factor",
    "clinic_site.access_log",
    "clinic_site.clinic",
    "clinic_site.admin",
    "clinic_site.database_check",
    "clinic_site.environment",
    "crispy_forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "clinic_site.accounts.apps.StaffUsersConfig",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    # Last: after `migrate` it grants roles the permissions that the apps above have just created.
    "clinic_site.accounts",
]

# These put their headers on every response: errors, redirects, static files, and what the server
# itself refuses. The last one redirects to https, so the others stand around it.
HEADERS_MIDDLEWARE = [
    "clinic_site.http.security.ContentSecurityPolicyMiddleware",
    "clinic_site.http.security.CrossOriginResourcePolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
]

MIDDLEWARE = [
    "clinic_site.page_views.middleware.PageViewsMiddleware",
    *HEADERS_MIDDLEWARE,
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "clinic_site.http.methods.MethodMiddleware",
    "clinic_site.http.record_numbers.RecordNumberMiddleware",
    "clinic_site.http.csrf.CsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clinic_site.accounts.session_timeout.SessionTimeoutMiddleware",
    "clinic_site.second_factor.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "clinic_site.admin.required_permissions.RequiredPermissionsMiddleware",
    "clinic_site.admin.malformed_forms.MalformedFormMiddleware",
    "clinic_site.http.sent_once.SentOnceMiddleware",
    "clinic_site.access_log.middleware.AccessLogMiddleware",
    # Last: it looks again at what nobody else has answered.
    "clinic_site.pages.redirects.RedirectMiddleware",
]

ROOT_URLCONF = "clinic_site.urls"
WSGI_APPLICATION = "clinic_site.wsgi.application"

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
                "clinic_site.pages.context.clinic_context",
            ],
        },
    }
]

FORM_RENDERER = "clinic_site.forms.renderer.FormRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "form_pack"
CRISPY_TEMPLATE_PACK = "form_pack"

# Data

DATABASES = {"default": {**DATABASE, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "clinic_site.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue for the lock when they begin, instead of failing half-way through.
        "transaction_mode": "IMMEDIATE",
        "timeout": 4.5,  # seconds; see clinic_site.sqlite.write_lock
        # What is deleted is overwritten, and not merely forgotten.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        ),
    }
else:
    # A server that takes the connection and never answers, or a host that is gone, holds nobody up.
    SILENCE = {"connect_timeout": 3, "keepalives_idle": 30, "tcp_user_timeout": 10_000}
    DATABASES["default"]["OPTIONS"] = DATABASE.get("OPTIONS", {}) | SILENCE

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if CACHE["BACKEND"].endswith(".RedisCache"):
    CACHE["BACKEND"] = "clinic_site.http.redis_cache.ForgivingRedisCache"
CACHES = {
    "default": CACHE,
    # In each process's own memory, whatever CACHE_URL says: see clinic_site.page_cache. A page
    # takes about 50 KB with its compressed forms.
    "pages": {
        "BACKEND": "clinic_site.page_cache.objects.ObjectCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_BYTES": 32 * 1024 * 1024},
    },
    # What pages are made of; everybody gets a copy.
    "facts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "facts",
        "OPTIONS": {"MAX_ENTRIES": 500, "CULL_FREQUENCY": 10},
    },
}
if DEBUG:  # a change of a template is to be seen at once
    for name in ("pages", "facts"):
        CACHES[name] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "clinic_site.http.static_files.BundledStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# A proxy that serves pictures itself reads them as a member of the site's group; nobody else does.
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o710

# The largest file that any form takes: a phone's best photograph.
LARGEST_FILE = 20 * 1024 * 1024
# What a form may send in its fields; files do not count towards it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Anything larger is refused unread; pictures are the largest thing that anybody sends.
LARGEST_BODY = 25 * 1024 * 1024
# A staff form is answered in words up to here. Of a file above LARGEST_FILE nothing is kept.
LARGEST_STAFF_BODY = 250 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "clinic_site.http.uploads.RejectLargeUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Wagtail's page editor posts one field for every small part of a page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000


# Mail

# Whatever is sent is queued first; the worker hands it to the mail server.
EMAIL_BACKEND = "clinic_site.mail.backend.QueueBackend"
MAIL_TRANSPORT = EMAIL["EMAIL_BACKEND"]
if MAIL_TRANSPORT == "django.core.mail.backends.smtp.EmailBackend":
    MAIL_TRANSPORT = "clinic_site.mail.smtp.LimitedBackend"
EMAIL_FILE_PATH = EMAIL["EMAIL_FILE_PATH"]
EMAIL_HOST = EMAIL["EMAIL_HOST"]
EMAIL_PORT = EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_SSL = EMAIL["EMAIL_USE_SSL"]
EMAIL_USE_TLS = EMAIL["EMAIL_USE_TLS"]
# Seconds for one email, from the first word to the last.
EMAIL_TIMEOUT = EMAIL["EMAIL_TIMEOUT"] or 10
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Words and times

LANGUAGE_CODE = "en-us"
FORMAT_MODULE_PATH = "clinic_site.formats"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en-us", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]  # what Wagtail's texts say in the clinic's words
USE_TZ = True

# Security

ALLOWED_HOSTS = [SITE.hostname, *EXTRA_HOSTS]

CSRF_FAILURE_VIEW = "clinic_site.pages.views.errors.csrf_failure"
METHOD_FAILURE_VIEW = "clinic_site.pages.views.errors.not_allowed"
STILL_SENDING_VIEW = "clinic_site.pages.views.admin_errors.still_sending_page"
# Over https a browser takes a cookie of such a name from this very host alone, and for all of it.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
MESSAGES_COOKIE_NAME = f"{COOKIE_PREFIX}messages"
MESSAGE_STORAGE = "clinic_site.http.messages.MessageStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_AGE = None  # it ends with the browser
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HSTS_SUBDOMAINS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's editor shows the page it previews in a frame
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # the CSRF middleware is a subclass of Django's
    "security.W005",  # HSTS binds other names of the clinic only if it says so
    "security.W021",
    "security.W019",  # the frame of the preview
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
    }
}

PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "clinic_site.forms.passwords.ClinicWordsValidator"},
]
AUTH_USER_MODEL = "accounts.User"
PASSWORD_RESET_TIMEOUT = 3600  # seconds that the link for a new password works
KNOWN_BROWSER_COOKIE = f"{COOKIE_PREFIX}knownbrowser"
REMEMBERED_BROWSER_COOKIE = f"{COOKIE_PREFIX}rememberedbrowser"
KNOWN_BROWSER_AGE = 90 * 24 * 3600  # seconds after the last sign-in in it
LOGIN_URL = "wagtailadmin_login"

# Wagtail

WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"localtime"})
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"
WAGTAILADMIN_USER_LOGIN_FORM = "clinic_site.accounts.sign_in.RateLimitedLoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "clinic_site.accounts.sign_in.RateLimitedPasswordResetForm"  # noqa: S105
# Private pages are for those who sign in; a shared password would need a cookie of every reader.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_SITE_NAME = "Clinic website"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no word about this site to anyone
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []
WAGTAIL_I18N_ENABLED = False
# What the name of a file may end in. What it is, its content tells.
WAGTAILIMAGES_EXTENSIONS = [
    *("avif", "gif", "heic", "heif", "jfif", "jpe", "jpeg", "jpg", "mpo", "png", "webp")
]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = LARGEST_FILE
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # a phone's best photograph
# What reading one of them may take of memory, of a processor, and of the editor's patience.
IMAGE_DECODER_MEMORY = 1024 * 1024 * 1024
IMAGE_DECODER_CPU_SECONDS = 10
IMAGE_DECODER_SECONDS = 30.0
WAGTAILIMAGES_IMAGE_MODEL = "images.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "clinic_site.images.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "documents.SiteDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "clinic_site.documents.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = LARGEST_FILE
# The lowest at which the fine lines and letters of the drawings stay clean.
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_WEBP_QUALITY = 78
WAGTAILIMAGES_JPEG_QUALITY = 80
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "clinic_site.search.backend"}}

TAGGIT_CASE_INSENSITIVE = True

# Logging

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "clinic_site.logs.formatters.LineFormatter"},
        "json": {"()": "clinic_site.logs.formatters.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Each logs a line for every save of a page.
        **{name: {"level": "WARNING"} for name in ("django_tasks", "wagtail")},
        # What strangers send is refused and no event; a HEAD is none either.
        **{
            f"django.security.{name}": {"level": "CRITICAL"}
            for name in ("DisallowedHost", "RequestDataTooBig", "SuspiciousFileOperation")
        },
        "waitress": {"level": "ERROR"},
    },
}
