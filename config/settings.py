"""The room of every setting. One file; what differs between machines comes from `config/environment.py`."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from config import environment

BASE_DIR = environment.BASE_DIR
VAR_DIR = environment.VAR_DIR
DEMO = environment.flag("HOLDFAST_DEMO")
DEBUG = environment.flag("DEBUG")

SITE_NAME = environment.text("SITE_NAME", "Holdfast")
SITE_URL = environment.site_url()
SECRET_KEY = environment.secret("SECRET_KEY", "secret_key")
SEALING_KEYS_DIR = Path(
    environment.text("SEALING_KEYS_DIR", str(VAR_DIR / "secrets" / "sealing_keys"))
)
# The files of cases lie here, sealed; never in a directory that is served [docs/operations.md, ADR 0020].
FILES_ROOT = Path(environment.text("FILES_ROOT", str(VAR_DIR / "files")))
FILES_MOST = environment.megabytes("FILES_MOST_MB", 50, most=1024)  # bytes of one file
FILES_MOST_A_CASE = environment.megabytes("FILES_MOST_A_CASE_MB", 500, most=1024 * 1024)
# The virus scanner: `unix:/path` or `tcp:host:port` of ClamAV's daemon; `demo` knows the test string alone.
CLAMD = environment.text("CLAMD", "demo" if DEMO else "")
AUDIT_KEPT_MONTHS = int(environment.text("AUDIT_KEPT_MONTHS", "84"))  # before a month may go
ALLOWED_HOSTS = environment.text("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in environment.text("CSRF_TRUSTED_ORIGINS").split(",") if o]

INSTALLED_APPS = [
    "config.apps.HoldfastConfig",
    "followups.apps.FollowupsConfig",
    "referrals.apps.ReferralsConfig",
    "casework.apps.CaseworkConfig",
    "victims.apps.VictimsConfig",
    "training.apps.TrainingConfig",
    "accounts.apps.AccountsConfig",
    "pages.apps.PagesConfig",
    "clocks.apps.ClocksConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "oauth2_provider",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "config.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.middleware.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionLimitsMiddleware",
    "accounts.middleware.RequestContextMiddleware",
    "accounts.middleware.SecondStepMiddleware",
    "config.middleware.LargeBodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "config.middleware.ConflictMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "pages.forms.HoldfastRenderer"
METRICS_TOKEN = environment.text("METRICS_TOKEN")  # empty: no numbers for Prometheus
NAVIGATION = "followups.navigation.navigation"
BANNERS = ["followups/_late.html", "casework/_emergency.html", "accounts/_warned.html"]
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
                "pages.context.chrome",
            ],
        },
    },
]

# Three login roles: `migrate` owns the tables, `web` and `engine` do not [architecture 6].
# `aside` is the same role on an autocommit connection of its own: cache, lock-out and throttle
# counts must survive the roll-back of the request that they refuse.
DATABASE_ROLE = environment.text("HOLDFAST_ROLE", "web")
DATABASES = {
    "default": environment.database(environment.database_url(DATABASE_ROLE))
    | {"ATOMIC_REQUESTS": True},
    "aside": environment.database(environment.database_url(DATABASE_ROLE))
    | {"TEST": {"MIRROR": "default"}},
}
DATABASE_ROUTERS = ["config.routers.AsideRouter"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
        # By itself it forgets a third of them, live ones too, from 300 on: a lock-out would end too soon.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
SESSION_ENGINE = "accounts.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of their own

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.auth.SignedInBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "accounts.passwords.MadeOfCommonParts"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.auth.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
# By address alone the library's limits would lock a force out: django-axes counts passwords. What is left:
# wrong codes, which only somebody with the password can try, and guesses at one's own old password.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/30m/key", "change_password": "5/m/user"}
# Who must have a second step: `default`, `nobody` (demo only), or roles [accounts/second_step.py].
SECOND_STEP = environment.text("SECOND_STEP", "nobody" if DEMO else "default")
DIRECTORIES = environment.text("DIRECTORIES")  # a secret file: DIRECTORIES_FILE [docs/sign_in.md]
STEP_UP = timedelta(minutes=int(environment.text("STEP_UP_MINUTES", "5")))  # accounts/confirm.py
MFA_ADAPTER = "accounts.second_step.SealedSteps"
MFA_FORMS = {
    "authenticate": "accounts.step_forms.CodeForm",
    "authenticate_webauthn": "accounts.step_forms.SecondStepPasskeyForm",
    "login_webauthn": "accounts.step_forms.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}  # a whole station behind one address
ACCOUNT_LOGOUT_REDIRECT_URL = "/account/login/"
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # a link to set a password
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [
    ["username", "ip_address"]
]  # never by user alone: that locks a force out
AXES_CLIENT_IP_CALLABLE = "accounts.auth.client_ip"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_SENSITIVE_PARAMETERS = ["username", "login"]

SESSION_IDLE = timedelta(minutes=30)  # warned at 25 [architecture, head]
SESSION_ABSOLUTE = timedelta(hours=10)
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HTTPS = environment.flag("HTTPS", default=not (DEMO or DEBUG))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^healthz/"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = environment.flag("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What no page of ours needs, beside Django's own headers [tests/house/test_headers.py].
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(),"
    " publickey-credentials-create=(self), publickey-credentials-get=(self)",
    "X-Permitted-Cross-Domain-Policies": "none",
}
MOST_BYTES = 12 * 1024 * 1024  # of one request; what may be uploaded is smaller [pages/forms]
# Of a request that brings the file of a case; only views that say so take it, from who may enter them.
MOST_BYTES_OF_FILES = max(MOST_BYTES, FILES_MOST + 1024 * 1024)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "pages.forms.uploads.NamelessUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [NONE],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        # A string becomes markup in one place only, and goes nowhere: static/src/token.js.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["holdfast"],
    },
}

LANGUAGE_CODE = "en"
# Every text is marked for translation and none is translated yet: to look each up in vain was a tenth of the queue
# page. The first catalogue (Welsh) switches this on, with `LOCALE_PATHS` and `LANGUAGES`.
USE_I18N = False
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static" / "collected"
STATICFILES_DIRS = [BASE_DIR / "static" / "build"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.HashedStaticFilesStorage"},
}

DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "holdfast@force.invalid")
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(environment.text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
# Who carries e-mail: `smtp` (the lines above) or `notify` (GOV.UK Notify, which also sends texts).
MAIL_BY = environment.text("MAIL_BY", "smtp")
NOTIFY_API_KEY = environment.text("NOTIFY_API_KEY")
NOTIFY_URL = environment.text("NOTIFY_URL", "https://api.notifications.service.gov.uk").rstrip("/")
NOTIFY_EMAIL_TEMPLATE = environment.text("NOTIFY_EMAIL_TEMPLATE")
NOTIFY_SMS_TEMPLATE = environment.text("NOTIFY_SMS_TEMPLATE")
# In the demo no webhook leaves the machine.
WEBHOOKS_LEAVE = not DEMO
NOTIFY_CALLBACK_TOKEN = environment.text("NOTIFY_CALLBACK_TOKEN")
# In the demo nothing leaves the machine: messages land in a table that the outbox page shows.
EMAIL_BACKEND = (
    "followups.transports.OutboxBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["referrals.auth.AgencyTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["referrals.auth.DenyAll"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "referrals.api.schema.AddressSchema",
    "EXCEPTION_HANDLER": "referrals.api.problem_response",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
    "NUM_PROXIES": 1 if environment.flag("BEHIND_PROXY") else 0,
    "DEFAULT_THROTTLE_CLASSES": ["referrals.auth.KeyThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "public": environment.text("RATE_PUBLIC", "60/min"),
        "token": environment.text("RATE_TOKEN", "30/min"),
        "read": environment.text("RATE_READ", "240/min"),
        "write": environment.text("RATE_WRITE", "120/min"),
    },
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Holdfast agencies' API",
    "VERSION": "1.4.0",
    "LICENSE": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    "OAS_VERSION": "3.1.1",
    "DESCRIPTION": "Support agencies read the referrals that a force sends them, and answer.",
    "SERVERS": [
        {"url": "/", "description": "The force's own Holdfast"},
        {
            "url": "/sandbox",
            "description": "The sandbox: the same over invented people, with keys of its own",
        },
    ],
    "PREPROCESSING_HOOKS": ["referrals.api.schema.only_the_api"],
    "ENFORCE_NON_BLANK_FIELDS": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "referrals.api.schema.security_said",
        "referrals.api.schema.headers_once",
        "referrals.api.schema.sandbox_apart",
    ],
    "ENUM_NAME_OVERRIDES": {
        "ReferralStatus": "referrals.models.ReferralStatus.choices",
        "DeclineReason": "referrals.models.DeclineReason.choices",
        "EndReason": "referrals.models.EndReason.choices",
        "EventType": "referrals.models.EventType.choices",
        "InterpreterEnum": "pages.answers.Answer.choices",
        "Side": "referrals.rules.Side",
        "HowMuch": "referrals.api.voice.HOW_MUCH",
    },
}
OAUTH2_PROVIDER_APPLICATION_MODEL = "accounts.Application"
OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": 600,
    "SCOPES": {
        "referrals:read": "List and read the referrals sent to your agency",
        "referrals:accept": "Accept a referral",
        "referrals:decline": "Decline a referral",
        "referrals:ask": "Ask the police a question about a referral",
        "referrals:decide": "All three: accept, decline and ask",
        "events:read": "Read what happened to your referrals: ids, types and times",
        "updates:contact": "Confirm first contact with the person",
        "updates:review": "Say how the support goes, and when you look at it again",
        "updates:worker": "Name another worker, who supports the person from now on",
        "updates:complete": "Say that the support is finished",
        "updates:end": "Say that you began and could not finish",
        "voice:write": "Ask people how the police treated them: the questions, and what they said",
        "updates:write": "All five: confirm first contact, review, name another worker, complete and end",
    },
    "DEFAULT_SCOPES": ["referrals:read"],
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    # Every recommendation of RFC 9700, among them: tokens are kept only as hashes.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
}

# How long agencies can look up in their delivery log what was received, and each try at it.
DELIVERY_LOG_DAYS = environment.days("DELIVERY_LOG_DAYS", 90, least=30)

CELERY_BROKER_URL = environment.redis_url()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "config.logs.RequestFilter"}},
    "formatters": {"ids": {"()": "config.logs.AllowListFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "ids", "filters": ["request"]},
    },
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"handlers": ["console"], "propagate": False},
        "django.request": {"level": "ERROR"},
        "axes": {"level": "WARNING"},  # each sign-in is an audit event already
    },
}
