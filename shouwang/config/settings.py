"""Django settings, worked out from the environment (see environment.py) and the database (see database/)."""

import mimetypes

from django.utils.translation import gettext_lazy as _

from shouwang.config import vendoring
from shouwang.config.database import keys, place
from shouwang.config.environment import current
from shouwang.config.logs import LOGGING as LOGGING

ENVIRONMENT = current()
VAR = ENVIRONMENT.var
DEBUG = ENVIRONMENT.debug
DEMO = ENVIRONMENT.demo
FACES = ENVIRONMENT.faces
SECRET_KEY = ENVIRONMENT.page_key or keys.derived(VAR, "django")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver", *ENVIRONMENT.hosts]

# From low to high: the layers of docs/architecture.md. A line may import only the lines above it.
APPS = (
    "shouwang.core",
    "shouwang.ui",
    "shouwang.journal",
    "shouwang.places",
    "shouwang.people",
    "shouwang.territory",
    "shouwang.evidence",
    "shouwang.registry",
    "shouwang.registry.linkage",
    "shouwang.matters",
    "shouwang.kinds.advice",
    "shouwang.kinds.directive",
    "shouwang.kinds.event",
    "shouwang.kinds.hazard",
    "shouwang.kinds.information",
    "shouwang.kinds.inspection_note",
    "shouwang.kinds.joint_task",
    "shouwang.kinds.observation",
    "shouwang.kinds.trouble",
    "shouwang.kinds.address_check",
    "shouwang.kinds.board",
    "shouwang.kinds.vehicle",
    "shouwang.kinds.incident",
    "shouwang.kinds.own_request",
    "shouwang.kinds.promise",
    "shouwang.kinds.visit",
    "shouwang.duty",
    "shouwang.tracking",
    "shouwang.dispatch",
    "shouwang.planning",
    "shouwang.rounds",
    "shouwang.beats",
    "shouwang.command",
    "shouwang.patrols",
    "shouwang.notices",
    "shouwang.oversight",
    "shouwang.connections.jt808",
    "shouwang.connections.osm",
    "shouwang.connections.osmand",
    "shouwang.connections.owntracks",
    "shouwang.connections.sms",
    "shouwang.connections.sheets",
    "shouwang.connections.platforms",
    "shouwang.connections.radio",
    "shouwang.desk",
    "shouwang.field",
    "shouwang.portal",
    "shouwang.administration",
    "shouwang.demo",
)


INSTALLED_APPS = [
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    *APPS,
    "shouwang.config",
]

MIDDLEWARE = [
    "shouwang.config.headers.SafeHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "shouwang.ui.problems.Problems",
    "shouwang.people.middleware.ActorMiddleware",
    "shouwang.people.phones.SignedByPhone",
    "django.middleware.csrf.CsrfViewMiddleware",
]

ROOT_URLCONF = "shouwang.config.urls"
WSGI_APPLICATION = "shouwang.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "shouwang.ui.context.page",
            ],
        },
    }
]

DATABASES = {"default": place.django_connection(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone

STATIC_URL = "/static/"
STATICFILES_DIRS = [folder for folder in (vendoring.SERVED, vendoring.SAID) if folder.exists()]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
mimetypes.add_type("text/javascript", ".mjs")

FILES = VAR / "files"
TRANSPARENCY = VAR / "transparency"  # what /transparency/ hands out
JOURNAL_ORIGIN = ENVIRONMENT.journal_origin
CHECK_FAR_M = ENVIRONMENT.check_far_m
CHECK_WALK_KMH = ENVIRONMENT.check_walk_kmh
CHECK_APART_M = ENVIRONMENT.check_apart_m
JT808_PORT = ENVIRONMENT.jt808_port  # 0: closed
RADIO_GATEWAY = ENVIRONMENT.radio_gateway  # "": none
RECEIVED_WITHIN_S, SIGNED_WITHIN_S = ENVIRONMENT.received_within_s, ENVIRONMENT.signed_within_s
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
APPEND_SLASH = True
CSRF_FAILURE_VIEW = "shouwang.config.forms.token_missing"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = bool(ENVIRONMENT.tls_certificate)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
USE_X_FORWARDED_HOST = False
SCHEMA = ENVIRONMENT.schema
