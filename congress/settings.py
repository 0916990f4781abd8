"""One settings file: runs with an empty environment, becomes production by environment variables alone."""

import hashlib
import logging
import os
import secrets
import tempfile
from pathlib import Path

import drf_spectacular_sidecar
import environ
import structlog
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from congress.schedule import BEAT_SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# The dictionary of phrases would cost every process 44 MB, and names are no phrases.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
# The machine itself is always allowed: it asks for the portal's health.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[]), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])


def _local_secret(name):
    """A secret of this installation, made on first use where the environment names none."""
    path = DATA_DIR / f".{name.lower()}"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = env("SECRET_KEY", default="") or _local_secret("SECRET_KEY")
# Comma separated, newest first: the first encrypts, all decrypt.
PERSONAL_DATA_KEYS = env.list("PERSONAL_DATA_KEYS", default=[]) or [_local_secret("PERSONAL_DATA_KEY")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_structlog",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "lucide",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "congress.kit",
    "congress.accounts",
    "congress.organs",
    "congress.rulebook",
    "congress.files",
    "congress.procedure",
    "congress.deadlines",
    "congress.notices",
    "deputies.roll",
    "deputies.duties",
    "deputies.activities",
    "deputies.training",
    "deputies.pledges",
    "deputies.debriefings",
    "deputies.scores",
    "deputies.safeguards",
    "deputies.assessments",
    "suggestions.docket",
    "suggestions.appraisals",
    "suggestions.promises",
    "liaison.stations",
    "liaison.receptions",
    "liaison.opinions",
    "congress.portal",
    "congress.dashboards",
    "congress.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "congress.kit.middleware.ContentPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "congress.accounts.middleware.idle_sign_off",
    "congress.accounts.middleware.SignInFirst",
    "congress.kit.middleware.OnlyRows",
    "congress.kit.middleware.RequestLog",
    "congress.accounts.middleware.password_first",
    "congress.organs.middleware.second_factor_first",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "congress.procedure.middleware.stepped_aside",
]

CSRF_FAILURE_VIEW = "congress.kit.views.csrf_failure"
ROOT_URLCONF = "congress.urls"
WSGI_APPLICATION = "congress.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "congress.kit.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "congress.dashboards.context.shell",
            ],
        },
    }
]
COTTON_DIR = "components"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    # Compiling a statement costs PostgreSQL seconds where running it takes milliseconds, and what pages ask for lies in
    # memory or on a disk without a moving head: by its own guess it reads a table whole to join twelve rows with it.
    # Starting helpers for a page that is read in four milliseconds takes ten (docs/performance.md).
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options",
        "-c jit=off -c random_page_cost=1.1 -c max_parallel_workers_per_gather=0 -c plan_cache_mode=force_generic_plan",
    )
# PostgreSQL remembers the plans of what pages ask again and again; off behind a pooler that hands connections around.
PREPARED_STATEMENTS = env.bool("PREPARED_STATEMENTS", default=True)
SILENCED_SYSTEM_CHECKS = ["models.W040"]  # SQLite leaves out what PostgreSQL keeps beside the keys of an index
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _broker_socket():
    """Where the embedded broker listens; the system refuses socket paths of 108 bytes and more."""
    path = DATA_DIR / "broker.sock"
    if len(os.fsencode(path)) < 107:
        return path
    return Path(tempfile.gettempdir()) / f"portal-{hashlib.sha256(os.fsencode(DATA_DIR)).hexdigest()[:16]}.sock"


BROKER_SOCKET = _broker_socket()
REDIS_URL = env("REDIS_URL", default=f"unix://{BROKER_SOCKET}")
CACHES = {
    "default": {
        "BACKEND": "congress.kit.caching.Cache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
        "OPTIONS": {"socket_connect_timeout": 3, "socket_timeout": 10},
    }
}

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 3,
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG  # one line a request, when it is answered
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "congress.accounts.backends.SessionBackend",
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "dashboards:desk"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

# Numbers of local security policy (GB/T 22239-2019 8.1.4.1 leaves the values to the unit).
LOCKOUT_FAILURES = env.int("LOCKOUT_FAILURES", default=5)
LOCKOUT_MINUTES = env.int("LOCKOUT_MINUTES", default=15)
IDLE_MINUTES = env.int("IDLE_MINUTES", default=30)
KEEP_SIGNED_IN_DAYS = env.int("KEEP_SIGNED_IN_DAYS", default=7)  # a person's own phone; 0 offers it to nobody
PASSWORD_LENGTH = env.int("PASSWORD_LENGTH", default=10)
ACTIVATION_DAYS = env.int("ACTIVATION_DAYS", default=30)
TOKEN_DAYS = env.int("TOKEN_DAYS", default=7)  # how long a mini-program stays signed in
TOKENS_PER_PERSON = env.int("TOKENS_PER_PERSON", default=5)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "phone", "email"]},
    },
]
MFA_ADAPTER = "congress.accounts.second_factor.Adapter"
# Dotted path of a class with send(phone, text); sign-in by code is offered only where one is named.
SMS_CHANNEL = env("SMS_CHANNEL", default="")
SMS_CODE_MINUTES = env.int("SMS_CODE_MINUTES", default=5)
# A county sits behind one address: only failures count against it.
ACCOUNT_RATE_LIMITS = {
    "sign_in_failed": env("SIGN_IN_FAILED_RATE", default="60/5m/ip"),
    "sms_code": env("SMS_CODE_RATE", default="1/m/key,10/d/key,60/h/ip"),
    "resident_say": env("RESIDENT_SAY_RATE", default="20/h/ip"),
    "resident_try": env("RESIDENT_TRY_RATE", default="60/h/ip"),
    "resident_wrong_code": env("RESIDENT_WRONG_CODE_RATE", default="20/10m/ip"),
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文"))]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [
    BASE_DIR / "congress" / "static",
    # The page that shows the API's schema; its package brings more than that, which is not served.
    ("swagger", f"{drf_spectacular_sidecar.__path__[0]}/static/drf_spectacular_sidecar/swagger-ui-dist"),
]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "congress.kit.finders.VendorFinder",
    "congress.kit.finders.BundleFinder",
]
VENDOR_ROOT = BASE_DIR / "node_modules"
# What the pages take from npm, served as vendor/<last name>; the source maps because the manifest asks for them.
VENDOR_FILES = [
    "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/dist/css/bootstrap.min.css.map",
    "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap/dist/js/bootstrap.bundle.min.js.map",
    "htmx.org/dist/htmx.min.js",
]
# What every page asks for, served as one file: a request less is a wait less.
BUNDLES = {"css/frame.css": [f"css/{name}.css" for name in ("tokens", "layout", "components", "phone", "print")]}
# An image collects its files at build time, compressed and named by content; a checkout serves them where they lie.
COLLECTED_STATIC = env.bool("COLLECTED_STATIC", default=False)
STATIC_ROOT = env("STATIC_ROOT", default=str(DATA_DIR / "staticfiles")) if COLLECTED_STATIC else None
WHITENOISE_USE_FINDERS = not COLLECTED_STATIC
_static_storage = (
    "congress.kit.storage.CollectedStorage"
    if COLLECTED_STATIC
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static_storage},
}

MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024**2  # a larger upload goes to disk
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2  # everything in a form but its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # 200 papers entered on one page
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Without a mail server the letters lie readable in the data directory.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
if env("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
EMAIL_TIMEOUT = 20
# Under which address people reach the portal: for links in letters, and codes on paper, that leave the house.
PORTAL_URL = env("PORTAL_URL", default="http://localhost:8000").rstrip("/")
PORTAL_URL_IS_GIVEN = bool(env("PORTAL_URL", default=""))
# The ways by which notices leave the house; a county adds its own class, e.g. for WeCom.
NOTICE_CHANNELS = env.list(
    "NOTICE_CHANNELS", default=["congress.notices.channels.Email", "congress.notices.channels.Sms"]
)
NOTICE_DIGEST_HOUR = env.int("NOTICE_DIGEST_HOUR", default=8)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@localhost")

# Read through the cache, kept in the database: a page costs no query for it, and no outage of the cache signs off.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's own small drawings
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
if env.bool("HTTPS", default=False):  # a proxy in front speaks TLS and says so in X-Forwarded-Proto
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 3600)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "congress.accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "congress.organs.authentication.SecondFactorFirst",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["congress.kit.parsers.PlainJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.ScopedRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "user": env("API_USER_RATE", default="240/min"),
        # A county sits behind one address.
        "anon": env("API_STRANGER_RATE", default="120/min"),
        "sign_in": env("API_SIGN_IN_RATE", default="30/min"),
        "resident": env("API_RESIDENT_RATE", default="60/min"),
    },
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "congress.procedure.api.refusal",
}
SPECTACULAR_SETTINGS = {
    "TITLE": _("代表履职与建议督办平台接口"),
    "DESCRIPTION": _("供小程序和本地系统使用。与网页走同一套办理步骤、同一套权限；说明见 docs/api.md。"),
    "VERSION": "1",
    "TAGS": [
        {"name": name, "description": description}
        for name, description in (
            ("sign-in", _("登录")),
            ("tokens", _("登录着的设备")),
            ("me", _("我是谁")),
            ("waiting", _("等我办的事")),
            ("suggestions", _("建议、议案")),
            ("invitations", _("请我附议的")),
            ("shares", _("承办")),
            ("slips", _("评价答复")),
            ("appraisals", _("一件建议的评价")),
            ("judgements", _("研判")),
            ("promises", _("答复里的承诺")),
            ("calls", _("请我参加的活动")),
            ("activities", _("活动、签到")),
            ("duties", _("履职登记")),
            ("opinions", _("民情")),
            ("resident", _("群众反映，不用登录")),
            ("notices", _("消息")),
        )
    ],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "congress.procedure.api.refusals_in_schema",
    ],
    "ENUM_NAME_OVERRIDES": {
        "PromiseState": "suggestions.promises.models.Promise.State",
        "CaseState": "suggestions.docket.models.Suggestion.State",
        "CaseKind": "suggestions.docket.models.Suggestion.Kind",
        "SurveyState": "suggestions.appraisals.models.Survey.State",
        "JudgementState": "suggestions.appraisals.models.Judgement.State",
        "Grade": "suggestions.appraisals.models.Grade",
        "ActivityState": "deputies.activities.models.Activity.State",
        "ActivityKind": "deputies.activities.kinds.Kind",
        "CallState": "deputies.activities.models.Invitation.State",
        "DutyState": "deputies.duties.models.DutyRecord.State",
        "DutyOutcome": "deputies.duties.models.DutyRecord.Outcome",
        "DutyKind": "deputies.duties.kinds.Kind",
        "OpinionState": "liaison.opinions.models.Opinion.State",
    },
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": False, "docExpansion": "none"},
}

_log_steps = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_log_steps,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
if env.bool("LOG_JSON", default=False):
    _log_lines = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
else:
    # Plain, because the rich kind prints local variables: names and numbers of people.
    _log_lines = [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]


def _is_news(record):
    """Not that a part is bad: who asks /readyz every few seconds is told so in the answer."""
    request = getattr(record, "request", None)
    return getattr(request, "path", "") != "/readyz"


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"news": {"()": "django.utils.log.CallbackFilter", "callback": _is_news}},
    "formatters": {
        "lines": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _log_steps,
            "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_log_lines],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["news"]}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Replace Django's own handlers, which mail to nobody and print twice.
        "django": {"handlers": [], "propagate": True},
    },
}

# Uploads: one file, and what an archive (.docx, .xlsx, .ofd) may hold when unpacked.
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_MB", default=20) * 1024 * 1024
ARCHIVE_MAX_ENTRIES = 5000
ARCHIVE_MAX_BYTES = 300 * 1024 * 1024
