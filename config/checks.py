"""The room of what must hold before Holdfast starts: ports filled, a key to seal with, a role that owns nothing."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.clamd import DEMO
from accounts.directory import read as directories_of
from accounts.gates import PORTS
from accounts.keyring import key_ring
from accounts.second_step import asked_of

OWNS = """
    SELECT rolsuper OR rolbypassrls,
           EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace
                      AND relkind IN ('r', 'p') AND pg_has_role(rolname, relowner, 'USAGE'))
      FROM pg_roles WHERE rolname = current_user
"""


@register(Tags.compatibility)
def ports_are_filled(**_rest: Any) -> list[CheckMessage]:
    """A port that nobody fills would let a case fall through: a leaver's, a withdrawn consent's."""
    return [
        Error(
            f"Nothing answers the port {port.name}.",
            hint="Fill it in the AppConfig.ready() of a room above.",
            id="holdfast.E001",
        )
        for port in PORTS
        if not port.answers
    ]


@register(Tags.security)
def a_key_can_seal(**_rest: Any) -> list[CheckMessage]:
    """Without a key no phone number could be kept, and none read."""
    try:
        key_ring()
    except (ImproperlyConfigured, ValueError, OSError) as problem:
        return [Error(f"The sealing keys cannot be used: {problem}", id="holdfast.E002")]
    return []


UUID_ONLY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHORTEST_TOKEN = 32


@register(Tags.compatibility)
def messages_can_leave(**_rest: Any) -> list[CheckMessage]:
    """A wrong address or key for messages stops the start, rather than the first reminder."""
    return [Error(problem, id="holdfast.E004") for problem in _wrong_with_messages()]


def _wrong_with_messages() -> Iterator[str]:
    if settings.MAIL_BY not in {"smtp", "notify"}:
        yield f"MAIL_BY must be smtp or notify, not {settings.MAIL_BY!r}."
    uses_notify = settings.MAIL_BY == "notify" or settings.NOTIFY_SMS_TEMPLATE
    if not uses_notify:
        return
    if settings.DEMO:
        yield "In the demo nothing leaves the machine. Take the NOTIFY_ settings away."
    key = settings.NOTIFY_API_KEY
    if not (UUID_ONLY.fullmatch(key[-73:-37]) and UUID_ONLY.fullmatch(key[-36:])):
        yield "NOTIFY_API_KEY must be an API key of GOV.UK Notify: a name, a service id and a secret."
    if settings.MAIL_BY == "notify" and not UUID_ONLY.fullmatch(settings.NOTIFY_EMAIL_TEMPLATE):
        yield "NOTIFY_EMAIL_TEMPLATE must be the id of an e-mail template."
    if settings.NOTIFY_SMS_TEMPLATE and not UUID_ONLY.fullmatch(settings.NOTIFY_SMS_TEMPLATE):
        yield "NOTIFY_SMS_TEMPLATE must be the id of a text message template."
    if len(settings.NOTIFY_CALLBACK_TOKEN) < SHORTEST_TOKEN:
        yield "NOTIFY_CALLBACK_TOKEN must have 32 characters or more, and be given to Notify."
    if not settings.NOTIFY_URL.startswith("https://"):
        yield "NOTIFY_URL must begin with https://"


LONGEST_IDLE, LONGEST_SESSION = timedelta(minutes=60), timedelta(hours=12)
SHORTEST_KEY = 50


@register(Tags.security, deploy=True)
def a_deployment_is_closed(**_rest: Any) -> list[CheckMessage]:
    """Outside the demo and development, what would leave a door open stops the start."""
    if settings.DEMO or settings.DEBUG:
        return []
    return [Error(problem, id="holdfast.E005") for problem in _wrong_with_deployment()]


def _wrong_with_deployment() -> Iterator[str]:
    if not settings.HTTPS:
        yield "HTTPS is off: sessions and passwords would cross the network in the clear."
    if not settings.SITE_URL.startswith("https://"):
        yield "SITE_URL must begin with https://, as people and agencies reach this site."
    hosts = {host.strip() for host in settings.ALLOWED_HOSTS}
    if "*" in hosts or urlsplit(settings.SITE_URL).hostname not in hosts:
        yield "ALLOWED_HOSTS must name the host of SITE_URL, and never be *."
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield f"SECRET_KEY must have {SHORTEST_KEY} characters or more."
    if settings.SECOND_STEP == "nobody":
        yield "SECOND_STEP is nobody: only the demo lets people in with a password alone."
    if settings.SESSION_IDLE > LONGEST_IDLE or settings.SESSION_ABSOLUTE > LONGEST_SESSION:
        yield "A session may idle for an hour and last for twelve at most."
    if not settings.CLAMD:
        yield "CLAMD is not set: without a virus scanner no file of a case could ever be downloaded."
    if not timedelta() < settings.STEP_UP <= timedelta(minutes=15):
        yield "STEP_UP_MINUTES must be between 1 and 15."


@register(Tags.security)
def settings_can_be_read(**_rest: Any) -> list[CheckMessage]:
    """A setting with a word or a description in it that means nothing stops the start."""
    problems = []
    for read, words in ((asked_of, settings.SECOND_STEP), (directories_of, settings.DIRECTORIES)):
        try:
            read(words)
        except ImproperlyConfigured as wrong:
            problems.append(Error(str(wrong), id="holdfast.E006"))
    return list(problems)


SCANNER_AT = re.compile(r"unix:/.+|tcp:[^:/]+:[0-9]{1,5}")


@register(Tags.security)
def files_lie_where_nobody_looks(**_rest: Any) -> list[CheckMessage]:
    """The files of cases must not lie where a server serves from, nor where others of the machine may look."""
    root = Path(settings.FILES_ROOT).resolve()
    named = (settings.STATIC_ROOT, settings.MEDIA_ROOT, *settings.STATICFILES_DIRS)
    served = [Path(str(each)).resolve() for each in named if str(each)]
    problems = []
    if any(root.is_relative_to(each) or each.is_relative_to(root) for each in served):
        problems.append("FILES_ROOT lies in a directory that is served, or has one in it.")
    if root.exists() and not root.is_dir():
        problems.append("FILES_ROOT must be a directory.")
    elif root.exists() and root.stat().st_mode & 0o077:
        problems.append("Others on this machine can look into FILES_ROOT: chmod 700 it first.")
    return [Error(problem, id="holdfast.E007") for problem in problems]


@register(Tags.security)
def files_are_scanned(**_rest: Any) -> list[CheckMessage]:
    """An address that means nothing, or the demo's stand-in outside the demo, would scan nothing."""
    if not settings.CLAMD or SCANNER_AT.fullmatch(settings.CLAMD):
        return []
    if settings.CLAMD == DEMO and settings.DEMO:
        return []
    problem = "CLAMD must be unix:/path or tcp:host:port of ClamAV's daemon."
    return [Error(problem, id="holdfast.E008")]


@register(Tags.database)
def the_web_role_owns_nothing(
    databases: Sequence[str] | None = None, **_rest: Any
) -> list[CheckMessage]:
    """Pages served as the owner of the tables would have no second wall."""
    if settings.DATABASE_ROLE == "migrate":
        return []
    problems = [role_problem(connections[alias]) for alias in databases or ()]
    return [Error(problem, id="holdfast.E003") for problem in problems if problem]


def role_problem(connection: BaseDatabaseWrapper) -> str:
    """What is wrong with the role of this connection, in a sentence; nothing if it may serve."""
    with connection.cursor() as cursor:
        cursor.execute(OWNS)
        goes_round, owns = cursor.fetchone()
    if goes_round:
        return (
            "This database role goes round row-level security. Use holdfast_web or holdfast_engine."
        )
    if owns:
        return "This database role owns tables. Use holdfast_web or holdfast_engine."
    return ""
