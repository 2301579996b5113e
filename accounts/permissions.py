"""The room of who may do what: one list of permissions and one table of roles."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.errors import Refused

if TYPE_CHECKING:
    from accounts.actors import Actor


class Permission(StrEnum):
    """One act that somebody may or may not do: `thing:act`."""

    HOME_VIEW = "home:view"
    CASE_LOG = "case:log"
    CASE_VIEW = "case:view"
    CASE_EDIT = "case:edit"
    CASE_CONTACT = "case:contact"
    CASE_ASSIGN = "case:assign"
    CASE_TRANSFER = "case:transfer"
    CASE_REVIEW = "case:review"
    FILE_ADD = "file:add"
    FILE_TAKE = "file:take"
    CASE_CLOSE = "case:close"
    CASE_COUNTERSIGN = "case:countersign"
    CASE_REOPEN = "case:reopen"
    CASE_BREAK_GLASS = "case:break-glass"
    CASE_BREAK_GLASS_COVERT = "case:break-glass-covert"
    CASE_LOOKED_AT = "case:looked-at"
    EMERGENCY_REVIEW = "emergency:review"
    CONFLICT_DECLARE = "conflict:declare"
    CONFLICT_RECORD = "conflict:record"
    VOICE_ASK = "voice:ask"
    VOICE_READ = "voice:read"
    CRIME_RECORD = "crime:record"
    NRM_DECIDE = "nrm:decide"
    INVESTIGATION_RECORD = "investigation:record"
    ENHANCED_CHANGE = "enhanced:change"
    SECTION_45_CONSIDER = "section-45:consider"
    SECTION_45_REVIEW = "section-45:review"
    IMMIGRATION_ASK = "immigration:ask"
    IMMIGRATION_DECIDE = "immigration:decide"
    CONSENT_RECORD = "consent:record"
    SAFE_CONTACT_EDIT = "safe-contact:edit"
    SAFE_CONTACT_REVEAL = "safe-contact:reveal"
    TESTIMONY_SPECIALIST = "testimony:specialist"
    PERSON_FIND = "person:find"
    PERSON_LINK = "person:link"
    PERSON_MERGE = "person:merge"
    ADVICE_ASK = "advice:ask"
    ADVICE_GIVE = "advice:give"
    SPECIALISTS_KEEP = "specialists:keep"
    OPERATION_VIEW = "operation:view"
    OPERATION_EDIT = "operation:edit"
    WORK_VIEW = "work:view"
    QUEUE_VIEW = "queue:view"
    NUMBERS_VIEW = "numbers:view"
    RETURNS_VIEW = "returns:view"
    FOLLOWUP_REPLAN = "followup:replan"
    FOLLOWUP_ACKNOWLEDGE = "followup:acknowledge"
    CRACKS_VIEW = "cracks:view"
    RULES_VIEW = "rules:view"
    REFERRAL_VIEW = "referral:view"
    REFERRAL_SEND = "referral:send"
    DIRECTORY_VIEW = "directory:view"
    SWEEP_RELEASE = "sweep:release"
    LISTS_COMPARE = "lists:compare"
    LISTS_RESOLVE = "lists:resolve"
    AGENCY_INBOX = "agency:inbox"
    AGENCY_DECIDE = "agency:decide"
    AGENCY_UPDATE = "agency:update"
    AGENCY_MANAGE = "agency:manage"
    AGENCY_SANDBOX = "agency:sandbox"
    TRAINING_OWN = "training:own"
    TRAINING_TEAM = "training:team"
    TRAINING_RECORD = "training:record"
    TRAINING_VERIFY = "training:verify"
    TRAINING_COURSES = "training:courses"
    TRAINING_OVERRIDE = "training:override"
    OVERRIDE_REVIEW = "override:review"
    PEOPLE_VIEW = "people:view"
    PEOPLE_ADMIN = "people:admin"
    ABSENCE_OWN = "absence:own"
    ABSENCE_RECORD = "absence:record"
    AGENCY_ADMIN = "agency:admin"
    AUDIT_VIEW = "audit:view"
    PACK_PREPARE = "pack:prepare"
    PACK_REVIEW = "pack:review"
    RETENTION_REVIEW = "retention:review"
    CERTIFICATE_VIEW = "certificate:view"
    EXPORT_TAKE = "export:take"
    EXPORT_APPROVE = "export:approve"
    EXPORT_VIEW = "export:view"


class Role(TextChoices):
    """What somebody is in the force or agency [domain 6.1]. A person may hold several."""

    RESPONDER = "responder", _("Responder")
    INVESTIGATOR = "investigator", _("Investigator")
    SUPERVISOR = "supervisor", _("Supervisor")
    SPECIALIST_LEAD = "specialist_lead", _("Specialist lead")
    NAVIGATOR = "navigator", _("Victim navigator")
    TRAINING_ADMIN = "training_admin", _("Training administrator")
    CRIME_REGISTRAR = "crime_registrar", _("Force crime registrar")
    AUDITOR = "auditor", _("Auditor")
    ANALYST = "analyst", _("Analyst")
    AGENCY_WORKER = "agency_worker", _("Agency worker")
    AGENCY_SYSTEM = "agency_system", _("Agency system")
    AGENCY_ADMINISTRATOR = "agency_administrator", _("Agency administrator")
    ADMINISTRATOR = "administrator", _("Administrator")


P = Permission
_RESPONDER = frozenset(
    {
        P.CASE_LOG,
        P.CASE_VIEW,
        P.CASE_CONTACT,
        P.CASE_EDIT,
        P.FILE_ADD,
        P.FILE_TAKE,
        P.CASE_BREAK_GLASS,
        P.CASE_LOOKED_AT,
        P.CONFLICT_DECLARE,
        P.CONSENT_RECORD,
        P.VOICE_ASK,
        P.SAFE_CONTACT_EDIT,
        P.SAFE_CONTACT_REVEAL,
        P.PERSON_FIND,
        P.PERSON_LINK,
        P.ADVICE_ASK,
        P.OPERATION_VIEW,
        P.WORK_VIEW,
        P.REFERRAL_VIEW,
        P.DIRECTORY_VIEW,
        P.TRAINING_OWN,
        P.ABSENCE_OWN,
        P.RULES_VIEW,
        P.FOLLOWUP_ACKNOWLEDGE,
        P.EXPORT_TAKE,
    }
)
_INVESTIGATOR = _RESPONDER | {
    P.CRIME_RECORD,
    P.NRM_DECIDE,
    P.INVESTIGATION_RECORD,
    P.SECTION_45_CONSIDER,
    P.IMMIGRATION_ASK,
    P.REFERRAL_SEND,
    P.CASE_CLOSE,
    P.CASE_REOPEN,
    P.CASE_TRANSFER,
    P.OPERATION_EDIT,
    P.FOLLOWUP_REPLAN,
    P.PACK_PREPARE,
}
_SUPERVISOR = _INVESTIGATOR | {
    P.CASE_ASSIGN,
    P.CASE_REVIEW,
    P.VOICE_READ,
    P.CASE_COUNTERSIGN,
    P.EMERGENCY_REVIEW,
    P.CONFLICT_RECORD,
    P.PERSON_MERGE,
    P.ENHANCED_CHANGE,
    P.SECTION_45_REVIEW,
    P.IMMIGRATION_DECIDE,
    P.QUEUE_VIEW,
    P.NUMBERS_VIEW,
    P.CRACKS_VIEW,
    P.LISTS_RESOLVE,
    P.TRAINING_TEAM,
    P.TRAINING_VERIFY,
    P.TRAINING_OVERRIDE,
    P.PEOPLE_VIEW,
    P.ABSENCE_RECORD,
    P.EXPORT_APPROVE,
    P.PACK_REVIEW,
}

# One table that a superintendent can read: what each role may do.
ROLES: dict[Role, frozenset[Permission]] = {
    Role.RESPONDER: _RESPONDER,
    Role.INVESTIGATOR: _INVESTIGATOR,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.SPECIALIST_LEAD: _SUPERVISOR
    | {
        P.CASE_BREAK_GLASS_COVERT,
        P.OVERRIDE_REVIEW,
        P.TRAINING_RECORD,
        P.TESTIMONY_SPECIALIST,
        P.LISTS_COMPARE,
        P.RETURNS_VIEW,
        P.ADVICE_GIVE,
        P.SPECIALISTS_KEEP,
        P.SWEEP_RELEASE,
        P.EXPORT_VIEW,
        P.RETENTION_REVIEW,
        P.CERTIFICATE_VIEW,
    },
    Role.NAVIGATOR: frozenset(
        {
            P.CASE_VIEW,
            P.CASE_CONTACT,
            P.FILE_ADD,
            P.FILE_TAKE,
            P.CASE_BREAK_GLASS,
            P.CONFLICT_DECLARE,
            P.CONSENT_RECORD,
            P.VOICE_ASK,
            P.SAFE_CONTACT_EDIT,
            P.SAFE_CONTACT_REVEAL,
            P.ADVICE_ASK,
            P.WORK_VIEW,
            P.REFERRAL_VIEW,
            P.REFERRAL_SEND,
            P.DIRECTORY_VIEW,
            P.EXPORT_TAKE,
            P.TRAINING_OWN,
            P.ABSENCE_OWN,
            P.RULES_VIEW,
            P.FOLLOWUP_ACKNOWLEDGE,
        }
    ),
    Role.TRAINING_ADMIN: frozenset(
        {
            P.EXPORT_TAKE,
            P.TRAINING_OWN,
            P.ABSENCE_OWN,
            P.TRAINING_TEAM,
            P.TRAINING_RECORD,
            P.TRAINING_COURSES,
            P.RULES_VIEW,
        }
    ),
    Role.CRIME_REGISTRAR: frozenset(
        {
            P.CASE_VIEW,
            P.CONFLICT_DECLARE,
            P.CRIME_RECORD,
            P.PERSON_FIND,
            P.WORK_VIEW,
            P.RETENTION_REVIEW,
            P.CERTIFICATE_VIEW,
            P.EXPORT_TAKE,
            P.TRAINING_OWN,
            P.ABSENCE_OWN,
            P.RULES_VIEW,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            P.AUDIT_VIEW,
            P.EMERGENCY_REVIEW,
            P.WORK_VIEW,
            P.CRACKS_VIEW,
            P.PEOPLE_VIEW,
            P.CERTIFICATE_VIEW,
            P.EXPORT_TAKE,
            P.EXPORT_VIEW,
            P.TRAINING_OWN,
            P.ABSENCE_OWN,
            P.RULES_VIEW,
        }
    ),
    Role.ANALYST: frozenset({P.TRAINING_OWN, P.ABSENCE_OWN, P.RULES_VIEW}),
    Role.AGENCY_WORKER: frozenset(
        {P.AGENCY_INBOX, P.AGENCY_DECIDE, P.AGENCY_UPDATE, P.AGENCY_SANDBOX}
    ),
    Role.AGENCY_SYSTEM: frozenset(
        {P.AGENCY_INBOX, P.AGENCY_DECIDE, P.AGENCY_UPDATE, P.AGENCY_SANDBOX}
    ),
    Role.AGENCY_ADMINISTRATOR: frozenset({P.AGENCY_MANAGE, P.AGENCY_SANDBOX}),
    Role.ADMINISTRATOR: frozenset(
        {
            P.PEOPLE_VIEW,
            P.PEOPLE_ADMIN,
            P.ABSENCE_RECORD,
            P.AGENCY_ADMIN,
            P.EXPORT_TAKE,
            P.TRAINING_OWN,
            P.ABSENCE_OWN,
            P.RULES_VIEW,
        }
    ),
}
# Everybody who signs in has a first page.
ROLES = {role: permissions | {P.HOME_VIEW} for role, permissions in ROLES.items()}
# Whose reach is the whole force; everybody else reaches their own units [architecture 6].
FORCE_WIDE = frozenset({Role.SPECIALIST_LEAD, Role.CRIME_REGISTRAR, Role.NAVIGATOR, Role.AUDITOR})
AGENCY_ROLES = frozenset({Role.AGENCY_WORKER, Role.AGENCY_SYSTEM, Role.AGENCY_ADMINISTRATOR})


def can(actor: "Actor", permission: Permission) -> bool:
    """Whether one of the actor's roles has the permission. The engine may do what its rules need."""
    return any(permission in ROLES[role] for role in actor.roles)


def check(actor: "Actor", permission: Permission) -> None:
    """Pass, or raise `Refused` (403, logged)."""
    if not can(actor, permission):
        raise Refused(
            _t("Your role does not allow this. Ask your supervisor."), verb=str(permission)
        )


class ActorRequest(HttpRequest):
    """A request after `RequestContextMiddleware`: it knows who acts."""

    actor: "Actor"


Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[ActorRequest, Parameters], HttpResponseBase]


def requires(
    permission: Permission,
) -> Callable[[View[Parameters]], Callable[..., Any]]:
    """Let a view run only for an actor with the permission; the mark is read by `tests/house/test_access.py`."""

    def decorate(view: View[Parameters]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            acting = cast(ActorRequest, request)
            check(acting.actor, permission)
            return view(acting, *args, **kwargs)

        guarded.required_permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def takes_files(permission: Permission) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Let a view be sent more than a form: a file, by whoever has the permission [config/middleware.py]."""

    def mark(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        view.takes_files = permission  # type: ignore[attr-defined]
        return view

    return mark
