"""What the record knows elsewhere, so that nobody is asked again: taken only while the form's own part is empty."""

from typing import Any

from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.models import User
from casework.indicators import NONE_YET, in_words
from casework.models import AuthorityTold, Case, CrimeRecord, Report
from casework.nrm.form import find_listed
from casework.nrm.homes import AUTHORITY
from casework.nrm.record import Record
from pages.answers import Answer
from victims.models import Channel, SafeContact

NATIONS = {"scotland": "scotland", "northern-ireland": "northern-ireland"}
OF_THE_OFFICER = {
    "organisation": "user-organisation",
    "role": "fr-details-role",
    "phone": "fr-details-phone",
    "stand_in_email": "fr-alternative-contact",
}


def learn(record: Record, *, officer: User | None, by: Actor) -> Record:
    """The record also holds what is known elsewhere: crime, authority, safe phone, the officer's last report."""
    case = record.case
    if record.part("report") is None and officer is not None:
        record.known |= _of_report(case, officer, by)
    if record.part("police") is None:
        record.known |= _of_crime(case)
    if record.part("safeguarding") is None and record.is_child:
        record.known |= _of_authority(case)
    if record.part("opinion") is None:
        record.known |= _of_signs(case)
    wishes = record.part("wishes")
    if wishes is None or (wishes.phone_way in {"", "own"} and not wishes.own_phone):
        record.known |= _of_safe_phone(case)
    if wishes is None or not wishes.refusal_reason:
        record.known |= {"refuse-nrm": record.why_refused} if record.why_refused else {}
    if record.part("exploitation") is None:
        record.known |= _of_places(record)
    return record


def _of_report(case: Case, officer: User, by: Actor) -> dict[str, Any]:
    *first, last = officer.name.split() or [""]
    known = {
        "reference": case.reference,
        "user-email": officer.email,
        "user-organisation": find_listed("first_responder_organisations", case.scope.force.name),
        "fr-location": NATIONS.get(case.scope.force.nation, ""),
        "fr-details-first-name": " ".join(first),
        "fr-details-last-name": last,
    }
    earlier = _reports(by).filter(changed_by=officer).order_by("-changed_at").first()
    if earlier is not None:
        known |= {key: getattr(earlier, name) for name, key in OF_THE_OFFICER.items()}
        known["fr-location"] = earlier.nation
    return {key: value for key, value in known.items() if value}


def _reports(by: Actor) -> "QuerySet[Report]":
    return Report.objects.visible_to(by)


def _of_crime(case: Case) -> dict[str, Any]:
    crime: CrimeRecord | None = case.crimes.first()
    if crime is None:
        return {}
    force = find_listed("uk_police_forces", crime.other_force or case.scope.force.name)
    known = {
        "reported-to-police": "yes",
        "reported-to-police-crime-reference": crime.number,
        "reported-to-police-police-forces": force,
    }
    return {key: value for key, value in known.items() if value}


def _of_authority(case: Case) -> dict[str, Any]:
    told: AuthorityTold | None = case.authorities_told.first()
    listed = find_listed("uk_local_authorities", told.authority) if told else ""
    return {f"{AUTHORITY}name": listed} if listed else {}


def _of_signs(case: Case) -> dict[str, Any]:
    seen = in_words([code for code in case.indicators if code != NONE_YET])
    if not seen:
        return {}
    return {
        "modern-slavery-indicators": "yes",
        "modern-slavery-indicators-details": ". ".join(seen) + ".",
    }


def _of_safe_phone(case: Case) -> dict[str, Any]:
    rules: QuerySet[SafeContact] = case.victim.safe_contacts.filter(
        channel=Channel.PHONE, safe=Answer.YES, ended_at=None
    )
    number = next((rule.details for rule in rules if rule.details), "")
    return {"pv-phone-number": "yes", "pv-phone-number-yes": number} if number else {}


def _of_places(record: Record) -> dict[str, Any]:
    kinds = frozenset(str(place.kind) for place in record.places)
    where = {
        frozenset({"uk"}): "uk",
        frozenset({"overseas"}): "overseas",
        frozenset({"uk", "overseas"}): "uk-and-overseas",
    }.get(kinds, "")
    known = {"where-exploitation-happened": where} if where else {}
    if len(record.situations) > 1:
        known["potential-victim-exploitative-situation-multiple"] = "yes"
    return known
