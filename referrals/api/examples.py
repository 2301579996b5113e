"""The room of the examples in the API's document: of each operation what is sent and what is answered, all invented.

A test holds each against its schema, and that none is missing.
"""

from typing import Any

from drf_spectacular.utils import OpenApiExample

from referrals.api.serializers import SUMMARY_FIELDS

ELSEWHERE = "https://holdfast.invalid"
FORM = "application/x-www-form-urlencoded"
MINIMUM = {
    "urgent": True,
    "needs": ["outreach", "safe_house"],
    "age_band": "adult",
    "language": "Vietnamese",
    "interpreter": "yes",
    "would_rather_speak_to": "woman",
    "area": "Northmoor Police",
}
# Every item that an officer can tick, all ticked.
SHARED = {
    "name": "Mai",
    "safe_contact": [
        {
            "channel": "phone",
            "safe": "yes",
            "details": "07700 900123",
            "who_may_use": "Women only",
            "when": "Mornings before ten",
            "code_word": "library",
            "who_else_sees": "",
            "voicemail": "no",
            "read_before_using": "Hang up if a man answers.",
            "check_again_on": "2026-12-23",
        },
        {
            "channel": "letter",
            "safe": "no",
            "details": "",
            "who_may_use": "",
            "when": "",
            "code_word": "",
            "who_else_sees": "Whoever she lives with",
            "voicemail": "not_asked",
            "read_before_using": "He reads her letters.",
            "check_again_on": "2026-12-23",
        },
    ],
    "communication": "Reads little; say it aloud.",
    "officer": {
        "name": "PC Olu Adeyemi",
        "unit": "Harbour Road Response",
        "duty_phone": "01632 960101",
        "case": "HF-4F7K2",
    },
    "born_on": "1999-05",
    "risk": "high",
    "topics": {"money": "told", "violence": "specialist_only"},
    "crime": ["NM/1234/26"],
    "nrm": {"status": "submitted", "reference": "HO-26-004711"},
    "first_words": "He keeps her passport and her wages.",
}
ACCEPTED: dict[str, Any] = {
    "id": "6f1c2a52-0f5e-4f0b-9d7e-0d5b7a1c9e11",
    "version": 3,
    "status": "accepted",
    "urgent": True,
    "needs": ["outreach", "safe_house"],
    "sent_at": "2026-11-23T02:10:00Z",
    "opened_at": "2026-11-23T02:21:00Z",
    "turn": "agency",
    "due_at": "2026-11-24T02:40:00Z",
    "due_in_working_days": 1,
    "accepted_at": "2026-11-23T02:40:00Z",
    "worker_name": "Hana Wells",
    "first_contact_at": None,
    "review_on": None,
    "declined_at": None,
    "decline_reason": None,
    "ended_at": None,
    "end_reason": None,
    "outcomes": {},
    "withdrawn_at": None,
    "told_to": "team",
    "no_contact_reason": None,
    "minimum": MINIMUM,
    "shared": SHARED,
    "questions": [],
}
OPENED = ACCEPTED | {
    "version": 2,
    "status": "opened",
    "due_at": "2026-11-23T06:10:00Z",
    "due_in_working_days": 0,
    "accepted_at": None,
    "worker_name": "",
    "shared": None,
}
ASKED = OPENED | {
    "version": 3,
    "status": "needs_info",
    "turn": "police",
    "questions": [
        {
            "id": "1d0c7a57-6a3f-4a45-9b52-8f1f4a6f2b90",
            "text": "Which days can she come?",
            "asked_at": "2026-11-23T02:40:00Z",
            "answer": "",
            "answered_at": None,
        }
    ],
}
NOTHING_MORE = {"due_at": None, "due_in_working_days": None, "minimum": None, "shared": None}
DECLINED = (
    OPENED
    | NOTHING_MORE
    | {
        "version": 3,
        "status": "declined",
        "turn": "police",
        "due_at": "2026-11-23T06:40:00Z",
        "due_in_working_days": 0,
        "declined_at": "2026-11-23T02:40:00Z",
        "decline_reason": "no_capacity",
    }
)
REACHED = ACCEPTED | {
    "version": 4,
    "status": "in_progress",
    "due_at": "2026-12-07T17:00:00Z",
    "due_in_working_days": 10,
    "first_contact_at": "2026-11-23T10:05:00Z",
    "review_on": "2026-12-07",
}
REVIEWED = REACHED | {
    "version": 5,
    "due_at": "2027-01-04T17:00:00Z",
    "due_in_working_days": 17,
    "review_on": "2027-01-04",
}
COMPLETED = (
    REACHED
    | NOTHING_MORE
    | {
        "version": 5,
        "status": "completed",
        "turn": "nobody",
        "ended_at": "2027-01-11T15:00:00Z",
        "end_reason": "needs_partly_met",
        "outcomes": {"outreach": "met", "safe_house": "unwanted"},
    }
)
ENDED = COMPLETED | {
    "status": "ended_early",
    "turn": "police",
    "due_at": "2027-01-11T19:00:00Z",
    "due_in_working_days": 0,
    "end_reason": "moved_away",
    "outcomes": {},
}
WANTED_SERVICE = {
    "name": "Outreach",
    "needs": ["outreach"],
    "forces": ["northmoor"],
    "places": ["Fellgate"],
    "languages": ["Vietnamese"],
    "gender": "women",
    "takes_children": False,
    "access": [],
    "hours": "Weekdays 9am to 5pm",
    "urgent_cover": False,
    "usual_answer_hours": 4,
    "is_active": True,
    "is_public": True,
}
SERVICE = WANTED_SERVICE | {
    "id": "c3a1f0de-2b77-4e0c-8a58-2b1f5f0c7d34",
    "version": 2,
    "places_free": 3,
    "capacity_as_of": "2026-11-23T08:00:00Z",
    "capacity_is_current": True,
    "measured_answer_hours": 3.5,
}
EVENTS = {
    "results": [
        {
            "id": "5b3f0f0c-6f0a-4a57-9a53-1f6f3d0b7c21",
            "sequence": 42,
            "type": "referral.sent",
            "timestamp": "2026-11-23T02:10:00Z",
            "data": {"referral_id": ACCEPTED["id"], "version": 2},
        }
    ],
    "next": f"{ELSEWHERE}/api/v1/events?after=42",
    "more": False,
}
TOKEN = {
    "access_token": "vC1jQ0nO3yTqk7uZ2xWb5dRfHs8gLm",
    "expires_in": 600,
    "token_type": "Bearer",
    "scope": "referrals:read referrals:accept",
}
PAGE = {
    "next": f"{ELSEWHERE}/api/v1/referrals?cursor=cD0yMDI2LTExLTIz",
    "previous": None,
    "results": [{name: OPENED[name] for name in SUMMARY_FIELDS}],
}

QUESTIONS = {
    "language": "en",
    "languages": ["en"],
    "intro": "You can skip any question.",
    "who": "The officers who worked with you do not see what you answer.",
    "words": "Is there anything else that you want to say?",
    "points": [
        {
            "point": "interview",
            "about": "About your interview",
            "questions": [
                {
                    "name": "listened",
                    "words": "Did the police listen to you?",
                    "several": False,
                    "answers": [
                        {"code": "yes", "words": "Yes"},
                        {"code": "partly", "words": "Partly"},
                        {"code": "no", "words": "No"},
                        {"code": "skip", "words": "I do not want to say"},
                    ],
                }
            ],
        }
    ],
}

ASKS: dict[str, dict[str, Any]] = {
    "get_token": {
        "grant_type": "client_credentials",
        "scope": "referrals:read referrals:accept",
        "client_id": "Yw1nQ7",
        "client_secret": "the secret that you were given",
    },
    "accept_referral": {"worker_name": "Hana Wells"},
    "decline_referral": {"reason": "no_capacity"},
    "ask_referral": {"text": "Which days can she come?"},
    "change_worker_referral": {"worker_name": "Noor Haddad"},
    "first_contact_referral": {
        "contact_at": "2026-11-23T10:05:00Z",
        "review_on": "2026-12-07",
    },
    "review_referral": {"finding": "as_planned", "review_on": "2027-01-04"},
    "complete_referral": {
        "reason": "needs_partly_met",
        "outcomes": {"outreach": "met", "safe_house": "unwanted"},
    },
    "end_referral": {"reason": "moved_away"},
    "change_service": WANTED_SERVICE,
    "tell_capacity": {"places_free": 3},
    "tell_voice": {
        "point": "interview",
        "language": "en",
        "answers": {"safe_now": "yes", "listened": "partly", "interpreter": "skip"},
        "words": "I wanted a break and did not dare to ask.",
    },
}
ANSWERS: dict[str, dict[str, Any]] = {
    "list_referrals": PAGE,
    "read_referral": OPENED,
    "accept_referral": ACCEPTED,
    "decline_referral": DECLINED,
    "ask_referral": ASKED,
    "change_worker_referral": REACHED | {"version": 5, "worker_name": "Noor Haddad"},
    "first_contact_referral": REACHED,
    "review_referral": REVIEWED,
    "complete_referral": COMPLETED,
    "end_referral": ENDED,
    "list_events": EVENTS,
    "list_services": {"results": [SERVICE]},
    "read_service": SERVICE,
    "change_service": SERVICE,
    "tell_capacity": SERVICE,
    "list_questions": QUESTIONS,
    "tell_voice": {"point": "interview", "language": "en"},
    "get_token": TOKEN,
    "list_scenarios": {
        "results": [{"name": "urgent-child", "summary": "An urgent referral of a child"}]
    },
    "send_scenario": OPENED
    | {
        "version": 1,
        "status": "sent",
        "opened_at": None,
        "minimum": MINIMUM | {"area": "Sandbox Police (invented)"},
    },
}
WRONG_TOKENS = {
    "400": {"error": "unsupported_grant_type"},
    "401": {"error": "invalid_client"},
}


def examples_of(operation: str) -> list[OpenApiExample]:
    """What the document shows of one operation."""
    made = []
    if operation in ASKS:
        made.append(OpenApiExample("What you send", value=ASKS[operation], request_only=True))
    if operation in ANSWERS:
        made.append(OpenApiExample("An answer", value=ANSWERS[operation], response_only=True))
    if operation == "get_token":
        made[0].media_type = FORM
        made += [
            OpenApiExample("No token", value=said, response_only=True, status_codes=[status])
            for status, said in WRONG_TOKENS.items()
        ]
    return made
