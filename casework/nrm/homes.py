"""Where the record keeps each answer of the national form: one line for each of its keys.

A key has one home; no home is shared by two keys that may both be answered, so that an answer which no longer
applies stays where it is and comes back when it applies again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Model

from casework.models import (
    AtRisk,
    Background,
    Exploitation,
    LastContact,
    Opinion,
    Part,
    PlaceKind,
    Police,
    Report,
    Safeguarding,
    Since,
    Situation,
    SituationKind,
    Wishes,
)
from victims.models import AgeBand, Gender, Victim

PERSON = "person"
SITUATION = "situation"


@dataclass(frozen=True)
class Field:
    """A field of a part, of the person, or of a situation. `codes`: the form's option -> ours."""

    part: str
    name: str
    codes: Mapping[str, str] = field(default_factory=dict)

    def ours(self, option: str) -> str:
        """Our code for the form's option."""
        return self.codes.get(option, option)

    def theirs(self, code: str) -> str:
        """The form's option for our code."""
        return {ours: option for option, ours in self.codes.items()}.get(code, code)


@dataclass(frozen=True)
class Tick:
    """A box that is ticked or not."""

    part: str
    name: str


@dataclass(frozen=True)
class Ways:
    """Two ticks that the form asks as one question: by e-mail, by post."""

    part: str
    email: str
    post: str


@dataclass(frozen=True)
class Kind:
    """One kind of exploitation of a situation."""

    kind: SituationKind


@dataclass(frozen=True)
class Slot:
    """One of the ten places of a kind; each is a `Place`."""

    kind: PlaceKind
    position: int


@dataclass(frozen=True)
class Consent:
    """What the person decided about the referral, as `victims.ConsentEvent`s; a child's is automatic."""


@dataclass(frozen=True)
class Files:
    """The `EvidenceFile`s."""


Home = Field | Tick | Ways | Kind | Slot | Consent | Files

UNSURE = {"not-sure": "not_sure"}
AUTHORITY = "local-authority-contacted-about-child-local-authority-"
PLACE = "where-exploitation-happened-"
CONTACT = "pv-contact-details"
OTHER = "someone-else"
MOST_PLACES = 10

HOMES: dict[str, Home] = {
    # The report and who makes it
    "user-email": Field("report", "email"),
    "reference": Field("report", "label"),
    "user-organisation": Field("report", "organisation"),
    "fr-location": Field("report", "nation"),
    # Age and safeguarding
    "pv-under-age": Field(
        PERSON,
        "age_band",
        {"yes": AgeBand.CHILD, "no": AgeBand.ADULT, "not-sure": AgeBand.UNSURE},
    ),
    f"{AUTHORITY}name": Field("safeguarding", "authority"),
    f"{AUTHORITY}phone": Field("safeguarding", "phone"),
    f"{AUTHORITY}email": Field("safeguarding", "email"),
    f"{AUTHORITY}first-name": Field("safeguarding", "contact_first_name"),
    f"{AUTHORITY}last-name": Field("safeguarding", "contact_last_name"),
    "pv-under-age-at-time-of-exploitation": Field("safeguarding", "child_then", UNSURE),
    # Background
    "birthplace": Field("background", "birthplace"),
    "family": Field("background", "family"),
    "education": Field("background", "education"),
    "employment-history": Field("background", "work_before"),
    # What happened
    "potential-victim-exploitative-situation-multiple": Field(
        "exploitation", "several", {"i-dont-know": "not_sure"}
    ),
    "when-did-the-exploitation-take-place": Field(SITUATION, "when"),
    "when-did-the-exploitation-take-place-multiple": Field("exploitation", "dates_of_all"),
    "how-did-the-exploitation-start": Field(SITUATION, "beginning"),
    "were-they-taken-somewhere-by-their-exploiter": Field(SITUATION, "taken_somewhere"),
    "were-they-taken-somewhere-by-their-exploiter-journey-details": Field(SITUATION, "journeys"),
    "what-were-they-required-to-do": Field(SITUATION, "required"),
    "living-conditions": Field(SITUATION, "living"),
    "how-they-were-treated": Field(SITUATION, "treatment"),
    "still-in-exploitative-situation": Field(SITUATION, "ongoing"),
    "what-is-keeping-them-in-situation": Field(SITUATION, "what_keeps_them"),
    "how-why-did-they-leave-the-situation": Field(SITUATION, "how_it_ended"),
    # Since
    "when-last-contact": Field(
        "since",
        "last_contact",
        {
            "within-the-last-week": LastContact.WEEK,
            "within-the-last-month": LastContact.MONTH,
            "within-the-last-3-month": LastContact.QUARTER,
            "within-the-last-6-month": LastContact.HALF_YEAR,
            "within-the-last-6-12-month": LastContact.YEAR,
            "over-a-year-ago": LastContact.LONGER,
            "not-sure": LastContact.NOT_SURE,
        },
    ),
    "details-last-contact": Field("since", "last_contact_details"),
    # The key says "first chance", but since 31 March 2025 the question is whether they reported before.
    "is-this-the-first-chance-to-report": Field("since", "reported_before", UNSURE),
    "yes-the-first-chance-to-report": Field("since", "earlier_report"),
    "not-sure-the-first-chance-to-report": Field("since", "possible_earlier_report"),
    "why-report-now": Field("since", "why_not_sooner"),
    # What the officer saw and thinks
    "modern-slavery-indicators": Field("opinion", "saw_indicators"),
    "modern-slavery-indicators-details": Field("opinion", "indicators"),
    "where-how-interview-carried-out": Field("opinion", "interview"),
    "professional-insight": Field("opinion", "view"),
    "evidence-of-dishonesty": Field("opinion", "doubts"),
    "evidence-of-dishonesty-details": Field("opinion", "doubts_evidence"),
    "are-others-involved": Field("opinion", "others_involved"),
    "are-others-involved-details": Field("opinion", "others_involved_details"),
    # Places
    "where-exploitation-happened": Field("exploitation", "where", {"uk-and-overseas": "both"}),
    **{
        f"{PLACE}uk-city-{number}": Slot(PlaceKind.UK, number)
        for number in range(1, MOST_PLACES + 1)
    },
    f"{PLACE}other-uk-other-location": Field("exploitation", "other_uk_places"),
    **{
        f"{PLACE}overseas-country-{number}": Slot(PlaceKind.OVERSEAS, number)
        for number in range(1, MOST_PLACES + 1)
    },
    f"{PLACE}other-overseas-other-location": Field("exploitation", "other_overseas_places"),
    "current-pv-location-uk-city": Field("since", "town"),
    "current-pv-location-uk-region": Field("since", "region"),
    # Exploiters
    "who-exploited-pv": Field("exploitation", "exploiters"),
    "exploiters-location": Field("exploitation", "exploiters_place_known"),
    "are-exploiters-in-the-uk": Field("exploitation", "exploiters_in_uk"),
    "exploiters-current-location-details": Field("exploitation", "exploiters_place"),
    # Kinds, others, what may come
    "types-of-exploitation-forced-to-work": Kind(SituationKind.FORCED_WORK),
    "types-of-exploitation-wages-taken": Kind(SituationKind.WAGES_TAKEN),
    "types-of-exploitation-forced-to-commit-fraud": Kind(SituationKind.FORCED_FRAUD),
    "types-of-exploitation-prostitution": Kind(SituationKind.PROSTITUTION),
    "types-of-exploitation-child-exploitation": Kind(SituationKind.CHILD_SEXUAL),
    "types-of-exploitation-taken-somewhere": Kind(SituationKind.HELD_ASSAULTED),
    "types-of-exploitation-forced-to-commit-crime": Kind(SituationKind.FORCED_CRIME),
    "types-of-exploitation-organs-removed": Kind(SituationKind.ORGANS),
    "types-of-exploitation-unpaid-household-work": Kind(SituationKind.HOUSEHOLD),
    "types-of-exploitation-other": Kind(SituationKind.OTHER),
    "other-exploitation-details": Field(SITUATION, "other_kind"),
    "any-other-pvs": Field("atrisk", "other_victims", UNSURE),
    "other-potential-victims-yes-details": Field("atrisk", "other_victims_details"),
    "other-potential-victims-not-sure-details": Field("atrisk", "possible_victims_details"),
    "future-exploitation-concerns": Field("atrisk", "fears_more"),
    "future-exploitation-reasons": Field("atrisk", "fears_more_reasons"),
    # Police and consent
    "reported-to-police": Field("police", "has_crime"),
    "reported-to-police-police-forces": Field("police", "crime_force"),
    "reported-to-police-crime-reference": Field("police", "crime_reference"),
    "authorities-cooperation": Field("police", "will_help"),
    "authorities-cooperation-details": Field("police", "help_details"),
    "pv-want-to-submit-nrm": Consent(),
    "refuse-nrm": Field("wishes", "refusal_reason"),
    # Support
    "does-pv-need-support": Field("wishes", "wants_support"),
    "pv-phone-number": Field(
        "wishes",
        "phone_way",
        {
            "yes": Wishes.Phone.OWN,
            "pv-alternative-number": Wishes.Phone.OTHER,
            "no": Wishes.Phone.NONE,
        },
    ),
    "pv-phone-number-yes": Field("wishes", "own_phone"),
    "pv-phone-number-alternative": Field("wishes", "other_phone"),
    "alternative-number-relation-to-pv": Field("wishes", "other_phone_whose"),
    "no-contact-details": Field("wishes", "no_phone_reason"),
    # Who the person is
    "pv-name-first-name": Field(PERSON, "first_name"),
    "pv-name-last-name": Field(PERSON, "last_name"),
    "pv-name-nickname": Field(PERSON, "nickname"),
    "pv-dob": Field(PERSON, "born_on"),
    "pv-gender": Field(PERSON, "gender", {"unknown": Gender.OTHER}),
    "does-pv-have-children": Field(PERSON, "has_children"),
    "does-pv-have-children-yes-amount": Field(PERSON, "children_count"),
    "pv-nationality": Field(PERSON, "nationality"),
    "pv-nationality-second": Field(PERSON, "second_nationality"),
    "pv-interpreter-requirements": Field(PERSON, "interpreter"),
    "pv-interpreter-requirements-language": Field(PERSON, "language"),
    "pv-other-help-with-communication": Field(PERSON, "communication_help"),
    "pv-other-help-with-communication-aid": Field(PERSON, "communication_needs"),
    "pv-ho-reference": Field(PERSON, "has_home_office_reference"),
    "pv-ho-reference-type": Field(PERSON, "home_office_references"),
    # Who receives the decision
    "who-contact": Field(
        "wishes",
        "recipient",
        {
            "potential-victim": Wishes.Recipient.PERSON,
            "someone-else": Wishes.Recipient.SOMEONE_ELSE,
        },
    ),
    OTHER: Ways("wishes", "other_by_email", "other_by_post"),
    f"{OTHER}-first-name": Field("wishes", "other_first_name"),
    f"{OTHER}-last-name": Field("wishes", "other_last_name"),
    f"{OTHER}-email-input": Field("wishes", "other_email"),
    f"{OTHER}-street": Field("wishes", "other_street"),
    f"{OTHER}-town": Field("wishes", "other_town"),
    f"{OTHER}-county": Field("wishes", "other_county"),
    f"{OTHER}-postcode": Field("wishes", "other_postcode"),
    f"{OTHER}-permission-check": Tick("wishes", "other_permitted"),
    CONTACT: Ways("wishes", "by_email", "by_post"),
    f"{CONTACT}-email-input": Field("wishes", "email"),
    f"{CONTACT}-email-check": Tick("wishes", "email_safe"),
    f"{CONTACT}-street": Field("wishes", "street"),
    f"{CONTACT}-town": Field("wishes", "town"),
    f"{CONTACT}-county": Field("wishes", "county"),
    f"{CONTACT}-postcode": Field("wishes", "postcode"),
    f"{CONTACT}-post-check": Tick("wishes", "post_safe"),
    # The first responder, and what goes with the report
    "fr-details-first-name": Field("report", "first_name"),
    "fr-details-last-name": Field("report", "last_name"),
    "fr-details-role": Field("report", "role"),
    "fr-details-phone": Field("report", "phone"),
    "fr-alternative-contact": Field("report", "stand_in_email"),
    "upload-file": Files(),
    "what-evidence-you-will-submit": Field("report", "evidence"),
}

# No longer asked. An old answer is kept where its question went, unless that holds an answer already.
MOVED: dict[str, Field] = {
    "what-happened": Field(SITUATION, "beginning"),
    "more-than-one-exploitation-situation": Field("exploitation", "dates_of_all"),
    "why-are-you-making-the-referral": Field("opinion", "view"),
    "why-they-stayed": Field(SITUATION, "what_keeps_them"),
}
PARTS: dict[str, type[Part]] = {
    "report": Report,
    "safeguarding": Safeguarding,
    "background": Background,
    "exploitation": Exploitation,
    "since": Since,
    "opinion": Opinion,
    "atrisk": AtRisk,
    "police": Police,
    "wishes": Wishes,
}


def model_of(part: str) -> type[Model]:
    """The model that a part's fields are of."""
    of_many: dict[str, type[Model]] = {PERSON: Victim, SITUATION: Situation}
    return of_many.get(part) or PARTS[part]
