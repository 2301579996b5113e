"""The room of every address of the product: who opens it in the tests, on which row, or why nobody can."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.journeys.site import Site


@dataclass(frozen=True)
class Visit:
    """Somebody opens the page; `row` is SQL whose columns fill the address, `query` what follows it."""

    who: str
    row: str = ""
    query: str = ""


def _case(where: str) -> str:
    return (
        "SELECT c.reference FROM casework_case c JOIN accounts_scope s ON s.id = c.scope_id"
        " JOIN accounts_unit n ON n.id = s.unit_id LEFT JOIN accounts_user u ON u.id = c.owner_id"
        " WHERE n.slug = 'harbour-road' AND s.restriction = 'standard'"
        f" AND ({where}) ORDER BY c.reference LIMIT 1"
    )


def _referral(best: str, columns: str = "r.id AS pk", status: str = "<> 'draft'") -> str:
    """A referral of the force to Harbour, of the best kind that there is."""
    return (
        f"SELECT {columns} FROM referrals_supportreferral r"
        " JOIN casework_case c ON c.id = r.case_id JOIN accounts_scope s ON s.id = c.scope_id"
        " JOIN accounts_agency a ON a.id = r.agency_id JOIN accounts_force f ON f.id = r.force_id"
        f" WHERE f.slug = 'northmoor' AND s.restriction = 'standard' AND r.status {status}"
        f" AND a.slug = 'harbour' ORDER BY ({best}) DESC, r.id LIMIT 1"
    )


OPEN = _case("c.status = 'allocated' AND u.username = 'olu'")
DRAFT = _case("c.status = 'draft' AND u.username = 'olu'")
RULE = (
    _case("c.status = 'allocated'")
    .replace("SELECT c.reference", "SELECT c.reference, w.id AS rule")
    .replace(
        "LEFT JOIN accounts_user u",
        "JOIN victims_safecontact w ON w.victim_id = c.victim_id AND w.ended_at IS NULL"
        " AND w.details <> '' LEFT JOIN accounts_user u",
    )
)
LINE = (
    _case("c.status = 'allocated'")
    .replace("SELECT c.reference", "SELECT c.reference, w.id AS line")
    .replace(
        "LEFT JOIN accounts_user u",
        "JOIN casework_caseevent w ON w.case_id = c.id LEFT JOIN accounts_user u",
    )
)
NAME = (
    _case("c.status = 'allocated'")
    .replace("SELECT c.reference", "SELECT c.reference, 'name' AS kind, w.id AS fact")
    .replace(
        "LEFT JOIN accounts_user u",
        "JOIN victims_personname w ON w.victim_id = c.victim_id AND w.ended_at IS NULL"
        " LEFT JOIN accounts_user u",
    )
)
OFFERED = (
    "SELECT t.id AS pk FROM casework_transfer t JOIN accounts_unit n ON n.id = t.to_unit_id"
    " WHERE n.slug = 'harbour-road' AND t.status = 'offered' LIMIT 1"
)
MOVE = (
    "SELECT m.id AS pk FROM casework_bulkmove m JOIN accounts_unit n ON n.id = m.unit_id"
    " WHERE n.slug = 'harbour-road' LIMIT 1"
)
SAMPLE = (
    "SELECT s.id AS pk FROM casework_dipsample s JOIN accounts_unit n ON n.id = s.unit_id"
    " WHERE n.slug = 'harbour-road' LIMIT 1"
)
TO_ASK = (
    "SELECT c.id AS pk FROM casework_pointreached p JOIN casework_case c ON c.id = p.case_id"
    " JOIN accounts_scope s ON s.id = c.scope_id JOIN accounts_force f ON f.id = s.force_id"
    " JOIN accounts_user u ON u.username = 'tarek'"
    " WHERE f.slug = 'northmoor' AND s.restriction = 'standard' AND c.status = 'allocated'"
    " AND p.settled_at IS NULL AND p.over_at IS NULL AND casework_voice_about(c.id, u.id) IS FALSE"
    " ORDER BY p.at, p.id LIMIT 1"
)
SAID = (  # of a case that she has not worked on since, in this site's other journeys
    "SELECT v.id AS pk FROM casework_voiceanswer v JOIN casework_asking q ON q.id = v.asking_id"
    " JOIN casework_voicedealing d ON d.asking_id = v.asking_id"
    " JOIN accounts_user u ON u.id = d.by_id JOIN accounts_scope s ON s.id = q.scope_id"
    " WHERE u.username = 'ines' AND s.restriction = 'standard'"
    " AND NOT casework_voice_about(q.case_id, u.id) ORDER BY v.id LIMIT 1"
)
ADVICE = (
    "SELECT c.reference, a.id AS pk FROM casework_advice a JOIN casework_case c ON c.id = a.case_id"
    " WHERE a.answered_at IS NULL LIMIT 1"
)
CARD = "SELECT id AS pk FROM casework_guidancecard WHERE ended_at IS NULL LIMIT 1"
TURN = "SELECT id AS pk FROM accounts_oncall LIMIT 1"
NUMBER_TO_RING = "SELECT id AS pk FROM accounts_forcecontact LIMIT 1"
KEIR = "SELECT id AS pk FROM accounts_user WHERE username = 'keir'"
RHYS = "SELECT id AS pk FROM accounts_user WHERE username = 'rhys'"
UNIT = "SELECT id AS pk FROM accounts_unit WHERE slug = 'fellgate'"
SERVICE = (
    "SELECT s.id AS pk FROM referrals_service s JOIN accounts_agency a ON a.id = s.agency_id"
    " WHERE a.slug = 'harbour' LIMIT 1"
)
AGENCY = "SELECT id AS pk FROM accounts_agency WHERE slug = 'beacon'"

CASE_PAGES = ["case", "history", "print", "contact", "safe-contact", "told", "consent", "risk"]
CASE_PAGES += ["nrm-form", "nrm-check", "nrm-reading", "leaflet"]
CASE_PAGES += ["edit", "safety", "crime", "authority", "needs", "nrm", "review", "assign", "close"]
CASE_PAGES += ["transfer"]
CASE_PAGES += ["person", "age", "age-disputed", "missing"]
CASE_PAGES += ["looked", "conflict", "emergencies-of-case"]
CASE_PAGES += ["advice", "interview", "sought", "links", "case-operation", "sharing-stopped"]
INVESTIGATION_PAGES = ["investigation", "inform", "guardian", "enhanced", "section-45"]
INVESTIGATION_PAGES += ["section-45-review", "immigration", "immigration-decide"]
INVESTIGATION_PAGES += ["immigration-shared"]
REFERRED = _case(
    "c.status = 'allocated' AND EXISTS (SELECT 1 FROM casework_nrmreferral f"
    " WHERE f.case_id = c.id AND f.status <> 'withdrawn')"
)

# A case whose whole account was sent to the Home Office.
SENT = _case("EXISTS (SELECT 1 FROM casework_nrmsubmission t WHERE t.case_id = c.id)")


def _of_sent(table: str, columns: str) -> str:
    """A row of the account that was sent."""
    sent = _case(
        "EXISTS (SELECT 1 FROM casework_nrmsubmission t WHERE t.case_id = c.id)"
        f" AND EXISTS (SELECT 1 FROM casework_{table} t WHERE t.case_id = c.id)"
    )
    return (
        f"SELECT s.reference, {columns} FROM ({sent}) s"
        " JOIN casework_case c ON c.reference = s.reference"
        f" JOIN casework_{table} t ON t.case_id = c.id LIMIT 1"
    )


PARTY = _of_sent("party", "'party' AS what, t.id AS row")

FOLLOWUP = (
    "SELECT f.id AS pk FROM followups_followup f JOIN casework_case c ON c.id = f.case_id"
    " JOIN accounts_user u ON u.id = c.owner_id WHERE u.username = 'olu' AND f.state = 'open' LIMIT 1"
)
COURSE = "SELECT slug FROM training_course WHERE force_id IS NOT NULL LIMIT 1"
HELD = "SELECT id AS pk FROM training_coursedate WHERE called_off_at IS NULL AND begins_on > now() LIMIT 1"
OVER = "SELECT id AS pk FROM training_coursedate WHERE called_off_at IS NULL AND ends_on < now() LIMIT 1"
SUPPORTED = _referral("r.status IN ('accepted', 'in_progress') AND r.ended_at IS NULL")
DRAFT_REFERRAL = _referral("c.status = 'allocated'", status="= 'draft'")
# Whose two cases are both of Harbour Road.
LINK = (
    "SELECT c.reference, l.id AS link FROM victims_personlink l"
    " JOIN casework_case c ON c.victim_id = l.victim_id JOIN casework_case d ON d.victim_id = l.other_id"
    " JOIN accounts_scope s ON s.id = c.scope_id JOIN accounts_scope t ON t.id = d.scope_id"
    " JOIN accounts_unit n ON n.id = s.unit_id AND n.id = t.unit_id"
    " WHERE l.status = 'linked' AND n.slug = 'harbour-road'"
    " AND s.restriction = 'standard' AND t.restriction = 'standard' LIMIT 1"
)
# One of which whoever looks after Harbour Road sees a case.
OPERATION = (
    "SELECT c.operation_id AS pk FROM casework_case c JOIN accounts_scope s ON s.id = c.scope_id"
    " JOIN accounts_unit n ON n.id = s.unit_id WHERE c.operation_id IS NOT NULL"
    " AND n.slug = 'harbour-road' AND s.restriction = 'standard' LIMIT 1"
)
LOST = _case(
    "u.username = 'olu' AND c.status = 'allocated' AND casework_lost_since(c.id, greatest("
    "(SELECT max(t.at) FROM casework_contact t WHERE t.case_id = c.id AND t.outcome IN ('spoke', 'declined')),"
    " c.sent_at), NULL) IS NOT NULL"
)
LIST = "SELECT id AS pk FROM referrals_outsidelist LIMIT 1"
MISMATCH = "SELECT id AS pk FROM referrals_mismatch WHERE scope_id IS NULL LIMIT 1"
HANA = "SELECT id AS pk FROM accounts_user WHERE username = 'hana'"
KEY = (
    "SELECT k.id AS pk FROM accounts_application k JOIN accounts_agency a ON a.id = k.agency_id"
    " WHERE a.slug = 'harbour' AND k.revoked_at IS NULL LIMIT 1"
)
WEBHOOK = (
    "SELECT w.id AS pk FROM referrals_webhook w"
    " WHERE w.confirmed_at IS NOT NULL AND w.ended_at IS NULL AND NOT w.sandboxed LIMIT 1"
)
DELIVERY = (
    "SELECT d.webhook_id AS pk, d.id AS delivery FROM referrals_delivery d"
    " JOIN referrals_webhook w ON w.id = d.webhook_id WHERE d.number > 0 AND NOT w.sandboxed LIMIT 1"
)
EMERGENCY = "SELECT id AS pk FROM casework_emergencyaccess LIMIT 1"
CLOSED_TO = (
    "SELECT c.reference, b.id AS pk FROM accounts_scopebar b JOIN casework_case c ON c.scope_id = b.scope_id"
    " WHERE b.ended_at IS NULL LIMIT 1"
)
HIT = "SELECT id AS pk FROM casework_misusehit WHERE closed_at IS NULL LIMIT 1"
OWN_RECORD = (
    "SELECT t.id AS pk FROM training_trainingrecord t JOIN accounts_user u ON u.id = t.user_id"
    " WHERE u.username = 'olu' ORDER BY t.id LIMIT 1"
)
IMPORT = "SELECT id AS pk FROM training_trainingimport LIMIT 1"

VISITS: dict[str, Visit] = {
    "account_login": Visit(""),
    "account_logout": Visit("olu"),
    "account_inactive": Visit(""),
    "account_change_password": Visit("olu"),
    "set-password": Visit("", "SELECT id AS who FROM accounts_user WHERE username = 'keir'"),
    "security": Visit("olu"),
    "second-step": Visit("olu"),
    "app-add": Visit("olu"),
    "hidden": Visit("olu"),
    "help": Visit("olu"),
    "cookies": Visit("olu"),
    "accessibility": Visit("olu"),
    "privacy": Visit(""),
    "gallery": Visit("olu"),
    "casework:concern-new": Visit("olu"),
    "casework:concern-page": Visit("olu", f"SELECT reference, 4 AS page FROM ({DRAFT}) d"),
    "casework:concern-all": Visit("olu", DRAFT),
    "casework:concern-sent": Visit("olu", OPEN),
    "casework:find": Visit("olu"),
    "casework:who-could": Visit("sade", query="?adults=2&children=1&language=vi"),
    **{f"casework:{name}": Visit("sade", OPEN) for name in CASE_PAGES},
    "followups:case-reminders": Visit("olu", OPEN),
    "casework:lost-contact": Visit("olu", LOST),
    "casework:line": Visit("sade", LINE),
    "casework:fact-new": Visit("sade", f"SELECT reference, 'dependant' AS kind FROM ({OPEN}) o"),
    "casework:fact": Visit("sade", NAME),
    "casework:fact-end": Visit("sade", NAME),
    "casework:link": Visit("sade", LINK),
    "casework:operations": Visit("sade"),
    "casework:operation-new": Visit("sade"),
    "casework:operation": Visit("sade", OPERATION),
    **{f"casework:{name}": Visit("sade", OPEN) for name in INVESTIGATION_PAGES},
    "casework:decisions": Visit("sade", REFERRED),
    "casework:happened": Visit("sade", f"SELECT o.*, 'court_date' AS kind FROM ({OPEN}) o"),
    "casework:nrm-section": Visit(
        "sade", f"SELECT reference, 'what-happened' AS slug FROM ({SENT}) t"
    ),
    "casework:nrm-situation": Visit("sade", _of_sent("situation", "t.id AS row")),
    "casework:nrm-row-new": Visit("sade", f"SELECT reference, 'place' AS what FROM ({OPEN}) t"),
    "casework:nrm-row": Visit("sade", PARTY),
    "casework:nrm-row-out": Visit("sade", PARTY),
    "casework:nrm-kept": Visit("sade", _of_sent("nrmsubmission", "t.id AS submission")),
    "casework:leaflet-sheet": Visit("sade", f"SELECT reference, 'en' AS language FROM ({OPEN}) t"),
    "casework:voice": Visit("tarek", OPEN),
    "casework:voice-ask": Visit(
        "tarek", f"SELECT reference, 'interview' AS point, 'ar' AS language FROM ({OPEN}) t"
    ),
    "casework:voice-due": Visit("tarek", TO_ASK),
    "casework:voice-heard": Visit("ines"),
    "casework:voice-said": Visit("ines", SAID),
    "casework:read-before-calling": Visit("sade", RULE),
    "casework:countersign": Visit("sade", _case("c.status = 'closing'")),
    "casework:reopen": Visit("sade", _case("c.status = 'closed'")),
    "casework:overrides": Visit("ines"),
    "casework:transfers": Visit("sade"),
    "casework:moves": Visit("sade"),
    "casework:move-new": Visit("sade"),
    "casework:move": Visit("sade", MOVE),
    "casework:transfer-answer": Visit("sade", OFFERED),
    "referrals:case-referrals": Visit("ines", _referral("c.status = 'allocated'", "c.reference")),
    "referrals:referral-new": Visit("sade", OPEN),
    "referrals:referral-agencies": Visit("sade", OPEN, "?needs=safe_house"),
    "referrals:referral": Visit("ines", _referral("r.status = 'needs_info'")),
    "referrals:referral-share": Visit("ines", DRAFT_REFERRAL),
    "referrals:referral-check": Visit("ines", DRAFT_REFERRAL),
    "referrals:referral-withdraw": Visit("ines", _referral("r.status = 'accepted'")),
    "referrals:referral-in-error": Visit("ines", _referral("r.status = 'accepted'")),
    "referrals:referral-no-other-support": Visit("ines", _referral("r.status = 'declined'")),
    "referrals:agencies": Visit("olu"),
    "referrals:may-see": Visit("hana"),
    "referrals:services": Visit("hana"),
    "referrals:service-new": Visit("hana"),
    "referrals:service": Visit("hana", SERVICE),
    "referrals:service-capacity": Visit("hana", SERVICE),
    "referrals:lists": Visit("ines"),
    "referrals:list": Visit("ines", LIST),
    "referrals:mismatch": Visit("ines", MISMATCH),
    "referrals:inbox": Visit("hana"),
    "referrals:inbox-voice": Visit("hana", SUPPORTED),
    "referrals:inbox-voice-ask": Visit(
        "hana",
        f"SELECT t.*, 'decision' AS point, 'vi' AS language FROM ({SUPPORTED}) t",
    ),
    "referrals:inbox-referral": Visit("hana", _referral("r.status = 'accepted'")),
    **{
        f"referrals:inbox-{name}": Visit("hana", _referral(f"r.status = '{status}'"))
        for name, status in {
            "accept": "sent",
            "decline": "sent",
            "ask": "sent",
            "first-contact": "accepted",
            "change-worker": "accepted",
            "review": "in_progress",
            "complete": "in_progress",
            "end": "in_progress",
        }.items()
    },
    "accounts:team": Visit("una"),
    "accounts:team-new": Visit("una"),
    "accounts:team-leave": Visit("una", HANA),
    "accounts:keys": Visit("una"),
    "accounts:key-new": Visit("una"),
    "accounts:key-revoke": Visit("una", KEY),
    "referrals:sandbox": Visit("una"),
    "referrals:sandbox-key-new": Visit("una"),
    "referrals:sandbox-webhooks": Visit("una"),
    "referrals:sandbox-webhook-new": Visit("una"),
    "referrals:webhooks": Visit("una"),
    "referrals:webhook-new": Visit("una"),
    "referrals:webhook": Visit("una", WEBHOOK),
    "referrals:webhook-end": Visit("una", WEBHOOK),
    "referrals:delivery": Visit("una", DELIVERY),
    "referrals:webhooks-of-agencies": Visit("lena"),
    "referrals:api-docs": Visit("olu"),
    "referrals:api-changelog": Visit(""),
    "referrals:api-problem": Visit("", "SELECT 'conflict' AS slug"),
    "followups:home": Visit("olu"),
    "followups:work": Visit("olu"),
    "followups:desk": Visit("sade"),
    "followups:hand-over": Visit("sade"),
    "followups:samples": Visit("sade"),
    "followups:sample": Visit("sade", SAMPLE),
    "followups:sampled": Visit("sade", SAMPLE.replace("s.id AS pk", "s.id AS pk, 1 AS place")),
    "followups:numbers": Visit("ines"),
    "followups:number": Visit("ines", "SELECT 'duties' AS slug"),
    "followups:number-list": Visit("sade", "SELECT 'silence' AS slug"),
    "casework:advice-answer": Visit("ines", ADVICE),
    "casework:guidance": Visit("olu"),
    "casework:guidance-new": Visit("ines"),
    "casework:guidance-card": Visit("ines", CARD),
    "accounts:specialists": Visit("olu"),
    "accounts:on-call-new": Visit("ines"),
    "accounts:force-contact-new": Visit("ines"),
    "followups:returns": Visit("ines"),
    "followups:commissioner": Visit("ines"),
    "followups:home-office": Visit("ines"),
    "followups:recommendations": Visit("ines"),
    "followups:queue": Visit("sade"),
    "followups:undelivered": Visit("sade"),
    "followups:cracks": Visit("sade"),
    "followups:failing": Visit("ines"),
    "followups:followup": Visit("olu", FOLLOWUP),
    "followups:me": Visit("olu"),
    "followups:told": Visit("hana"),
    "followups:rules": Visit("olu"),
    "followups:outbox": Visit("olu"),
    "training:register": Visit("bronwen"),
    "training:own": Visit("olu"),
    "training:record": Visit("bronwen"),
    "training:waiting": Visit("sade"),
    "training:import": Visit("bronwen"),
    "training:import-preview": Visit("bronwen", IMPORT),
    "training:dates": Visit("juno"),
    "training:date-new": Visit("bronwen"),
    "training:proofs": Visit("olu", OWN_RECORD),
    "training:hours": Visit("olu"),
    "training:learning-new": Visit("olu"),
    "training:hours-team": Visit("sade"),
    "training:date": Visit("sade", HELD),
    "training:date-change": Visit("bronwen", HELD),
    "training:date-call-off": Visit("bronwen", HELD),
    "training:date-attended": Visit("bronwen", OVER),
    "followups:kept-views": Visit("sade"),
    "followups:keep-view": Visit("sade", query="?at=/work/team"),
    "training:way": Visit("olu"),
    "training:counts-for": Visit("bronwen", "SELECT slug FROM training_course WHERE slug = 'pip3'"),
    "training:courses": Visit("bronwen"),
    "training:course-new": Visit("bronwen"),
    "training:course": Visit("bronwen", COURSE),
    "training:ask": Visit("bronwen", "SELECT slug FROM training_course WHERE slug = 'pip2'"),
    "accounts:people": Visit("lena"),
    "accounts:person-new": Visit("lena"),
    "accounts:person": Visit("lena", KEIR),
    "accounts:person-edit": Visit("lena", KEIR),
    "accounts:roles": Visit("lena", KEIR),
    "accounts:second-step-reset": Visit("lena", KEIR),
    "accounts:leave": Visit("lena", KEIR),
    "accounts:absence": Visit("lena", KEIR),
    "accounts:shifts": Visit("sade", RHYS),
    "accounts:shift-change": Visit("sade", RHYS),
    "accounts:units": Visit("lena"),
    "accounts:unit-new": Visit("lena"),
    "accounts:unit": Visit("lena", UNIT),
    "accounts:looking": Visit("lena"),
    "accounts:days": Visit("lena"),
    "accounts:day-new": Visit("lena"),
    "accounts:agencies-manage": Visit("lena"),
    "accounts:agency-new": Visit("lena"),
    "accounts:agency-edit": Visit("lena", AGENCY),
    "accounts:agency-worker-new": Visit("lena", AGENCY),
    "accounts:audit": Visit("asha"),
    "accounts:exports": Visit("asha"),
    "accounts:export-take": Visit("sade", "SELECT 'people' AS kind"),
    "accounts:export-requests": Visit("sade"),
    "casework:packs": Visit("olu", OPEN),
    "casework:files": Visit("olu", OPEN),
    "casework:retention": Visit("ines", OPEN),
    "casework:certificates": Visit("asha"),
    "casework:misuse": Visit("asha"),
    "casework:misuse-hit": Visit("asha", HIT),
    "casework:emergencies": Visit("asha"),
    "casework:emergency": Visit("asha", EMERGENCY),
    "casework:break-glass": Visit("petra", OPEN),
    "casework:conflict-end": Visit("ines", CLOSED_TO),
}

# Addresses that show no page of their own, and why.
NO_PAGE = {
    "casework:voice-questions": "looked at in test_voice.py, with a link",
    "casework:voice-sent": "looked at in test_voice.py, once an answer is sent",
    "followups:handover-read": "a press, then the desk again",
    "casework:move-stop": "a press, then the page of the job",
    "casework:advice-read": "a press, then the page of advice again",
    "casework:interview-review": "a press, then the overrides again",
    "casework:nrm-reading-ask": "a press, then the page of what is to be read",
    "casework:guidance-end": "a press, then the guidance again",
    "casework:guidance-starters": "a press, then the guidance again",
    "accounts:on-call-end": "a press, then the list again",
    "accounts:force-contact-end": "a press, then the list again",
    "referrals:referral-told-to-stop": "a press, then the page of the referral",
    "referrals:referral-agency-told": "a press, then the page of the referral",
    "accounts:team-link": "a press; its page is that of accounts:password-link",
    "referrals:sandbox-send": "a press, then the sandbox's page again",
    "referrals:sandbox-answer": "a press, then the sandbox's page again",
    "referrals:sandbox-empty": "a press, then the sandbox's page again",
    "referrals:sandbox-webhook": "looked at in test_webhook_by_two.py, where the sandbox has one",
    "referrals:sandbox-webhook-end": "looked at in test_webhook_by_two.py, where the sandbox has one",
    "referrals:sandbox-delivery": "looked at in test_webhook_by_two.py, where the sandbox has one",
    "referrals:sandbox-webhook-secret": "a press; the page shows a secret once",
    "referrals:sandbox-deliver-all-again": "a press, then the webhook's page again",
    "referrals:sandbox-deliver-again": "a press, then the webhook's page again",
    "referrals:sandbox-webhook-on": "a press, then the webhook's page again",
    "referrals:sandbox-webhook-off": "a press, then the webhook's page again",
    "referrals:sandbox-webhook-test": "a press, then the webhook's page again",
    "referrals:sandbox-webhook-end-old-secrets": "a press, then the webhook's page again",
    "referrals:webhook-secret": "a press; the page shows a secret once",
    "referrals:deliver-all-again": "a press, then the webhook's page again",
    "referrals:deliver-again": "a press, then the webhook's page again",
    "referrals:webhook-confirm": "a press, then the webhook's page again",
    "referrals:webhook-on": "a press, then the webhook's page again",
    "referrals:webhook-off": "a press, then the webhook's page again",
    "referrals:webhook-test": "a press, then the webhook's page again",
    "referrals:webhook-end-old-secrets": "a press, then the webhook's page again",
    "referrals:webhook-decide-confirm": "a press, then the list again",
    "referrals:webhook-decide-refuse": "a press, then the list again",
    "mfa_authenticate": "only on the way in; looked at in test_signing_in.py",
    "directory-start": "leads to a force's own directory; proved in accounts/test_directory.py",
    "directory-back": "leads on to a page",
    "mfa_login_webauthn": "asked by the script of the sign-in page",
    "passkey-add": "looked at in test_signing_in.py: its button belongs to the script",
    "step-remove": "looked at in test_signing_in.py, where somebody has a second step",
    "codes": "looked at in test_signing_in.py, where somebody has a second step",
    "notices-read": "a press, then the page again",
    "sessions-end-others": "a press, then the page again",
    "session-end": "a press, then the page again",
    "accounts:sessions-end": "a press, then the person's page",
    "livez": "JSON for machines",
    "readyz": "JSON for machines",
    "followups:acknowledge": "posted from the page of the duty",
    "followups:send-again": "a press, then the list again",
    "followups:release": "a press, then the list again",
    "followups:health": "JSON for machines",
    "followups:metrics": "numbers for Prometheus",
    "followups:notify-receipt": "for GOV.UK Notify only",
    "theme": "a press, then back to the page",
    "stay-signed-in": "a press, then back to the page",
    "casework:why": "an answer; its question is looked at in the place of referrals:case-referrals",
    "casework:emergency-end": "a press, then the first page or the case again",
    "casework:draft": "what is being typed, posted by scripts",
    "casework:concern-hand": "a press, then the page that says who has it",
    "casework:reveal": "a press; its page is looked at in test_safe_contact.py",
    "casework:shared-fact-ended": "a press, then the operation's page again",
    "casework:nrm-situation-new": "a press, then the page of the new situation",
    "casework:override-review": "a press, then the list again",
    "training:verify": "a press, then the list again",
    "training:give-back": "a press, then the date again",
    "training:know": "a press, then the dates again",
    "training:proof-take-out": "a press, then the record again",
    "training:proof-sent": "a file, by a link of a minute: training/test_proofs.py",
    "training:learning-take-back": "a press, then one's hours again",
    "training:learning-seen": "a press, then the list again",
    "followups:drop-view": "a press, then the views again",
    "training:equivalent-stop": "a press, then the courses again",
    "training:stop": "a press, then the course again",
    "referrals:referral-answer": "posted from the referral's page",
    "referrals:referral-ask-instead": "a press, then the page of the new draft",
    "referrals:referral-renew": "a press, then the referral's page again",
    "casework:transfer-withdraw": "a press, then the case again",
    "casework:transfer-refusal-seen": "a press, then the case again",
    "accounts:export": "the demo takes no file; looked at in accounts/test_exports.py",
    "accounts:export-request": "the demo asks for none; looked at in accounts/test_exports.py",
    "casework:hold-ended": "a press, then the page of how long it is kept",
    "casework:certificate": "the demo disposes of nothing; looked at in casework/test_retention.py",
    "casework:file": "the demo has none; looked at in test_files_of_a_case.py",
    "casework:file-sent": "the file itself; proved in casework/test_files.py",
    "casework:pack": "the demo makes none; looked at in casework/test_packs.py",
    "casework:pack-item": "the demo makes none; looked at in casework/test_packs.py",
    "accounts:day-undo": "a press, then the list of days off again",
    "accounts:come-back": "a press, then the page of their roles",
    "accounts:password-link": "a press; its page is looked at in test_every_page.py",
    "accounts:absence-end": "a press, then the person's page",
}
MACHINES = "referrals:api-"  # the agencies' API, but for its two pages above


def address_if_there(name: str, visit: Visit, site: Site) -> str:
    """The address of the page; nothing where the invented force has no row for it yet."""
    rows = site.ask(visit.row) if visit.row else [()]
    filled = site.row(visit.row) if visit.row and rows else {}
    return reverse(name, kwargs=filled) + visit.query if rows else ""


def every_address() -> list[str]:
    """The name of every address of the product."""
    return sorted(set(_names(get_resolver(), "")))


def _names(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _names(pattern, prefix + space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def for_machines(name: str) -> bool:
    """Whether only programs ask for this address."""
    return name.startswith(MACHINES) and name not in VISITS
