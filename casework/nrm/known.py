"""What the record knows elsewhere, so that nobody is asked again: taken only while the form's own part is empty."""

from typing import Any

from accounts.models import User
from casework.indicators import NONE_YET, in_words
from casework.models import Case
from casework.nrm.elsewhere import number_of
from casework.nrm.form import find_listed, listed
from casework.nrm.homes import AUTHORITY
from casework.nrm.record import Record
from victims.models import NameKind, ReferenceKind, Relation

NATIONS = {"scotland": "scotland", "northern-ireland": "northern-ireland"}
OF_THE_OFFICER = {
    "organisation": "user-organisation",
    "role": "fr-details-role",
    "phone": "fr-details-phone",
    "stand_in_email": "fr-alternative-contact",
}


def learn(record: Record, *, officer: User | None) -> Record:
    """The record also holds what is known elsewhere: crime, authority, safe phone, the officer's last report,
    the page of the person. Of a record that was read by `record_of`, which reads that too.
    """
    case: Any = record.case  # with what `with_elsewhere` adds
    if record.part("report") is None and officer is not None:
        record.known |= _of_report(case, officer)
    if record.part("police") is None:
        record.known |= _of_crime(case, case.known_crime)
    if record.part("safeguarding") is None and record.is_child:
        record.known |= _of_authority(case.known_authority)
    if record.part("opinion") is None:
        record.known |= _of_signs(case)
    wishes = record.part("wishes")
    if wishes is None or (wishes.phone_way in {"", "own"} and not wishes.own_phone):
        record.known |= _of_safe_phone(number_of(case.known_phones))
    if wishes is None or not wishes.refusal_reason:
        record.known |= {"refuse-nrm": record.why_refused} if record.why_refused else {}
    if record.part("exploitation") is None:
        record.known |= _of_places(record)
    record.known |= _of_person(case.known_person)
    return record


def _of_report(case: Any, officer: User) -> dict[str, Any]:
    *first, last = officer.name.split() or [""]
    known = {
        "reference": case.reference,
        "user-email": officer.email,
        "user-organisation": find_listed("first_responder_organisations", case.scope.force.name),
        "fr-location": NATIONS.get(case.scope.force.nation, ""),
        "fr-details-first-name": " ".join(first),
        "fr-details-last-name": last,
    }
    if earlier := case.known_report:
        known |= {key: earlier[name] for name, key in OF_THE_OFFICER.items()}
        known["fr-location"] = earlier["nation"]
    return {key: value for key, value in known.items() if value}


def _of_crime(case: Case, crime: dict[str, str] | None) -> dict[str, Any]:
    if crime is None:
        return {}
    force = find_listed("uk_police_forces", crime["other_force"] or case.scope.force.name)
    known = {
        "reported-to-police": "yes",
        "reported-to-police-crime-reference": crime["number"],
        "reported-to-police-police-forces": force,
    }
    return {key: value for key, value in known.items() if value}


def _of_authority(told: str | None) -> dict[str, Any]:
    listed = find_listed("uk_local_authorities", told) if told else ""
    return {f"{AUTHORITY}name": listed} if listed else {}


def _of_person(facts: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    """What stands on the page of the person: their own name, other names, nationalities, children, numbers."""
    written = [(each["kind"], each["latin"] or each["text"]) for each in facts["names"]]
    first, last = _in_two(next((name for kind, name in written if kind == NameKind.OWN), ""))
    others = [name for kind, name in written if kind in {NameKind.OTHER, NameKind.GIVEN}]
    nations = [_nationality(each["country"]) for each in facts["nationalities"]]
    nation, second = [*filter(None, nations), "", ""][:2]
    children = [each for each in facts["dependants"] if each["relation"] == Relation.CHILD]
    numbers = [
        " ".join(filter(None, (each["about"], each["number"])))
        for each in facts["references"]
        if each["kind"] == ReferenceKind.HOME_OFFICE
    ]
    known = {
        "pv-name-first-name": first,
        "pv-name-last-name": last,
        "pv-name-nickname": ", ".join(others),
        "pv-nationality": nation,
        "pv-nationality-second": second,
        "does-pv-have-children": "yes" if children else "",
        "does-pv-have-children-yes-amount": str(len(children) or ""),
        "pv-ho-reference": "yes" if numbers else "",
        "pv-ho-reference-type": "; ".join(numbers),
    }
    return {key: value for key, value in known.items() if value}


def _in_two(name: str) -> tuple[str, str]:
    """A name as the form takes it; whoever sends it sees how it was parted."""
    *first, last = name.split() or [""]
    return (" ".join(first), last) if first else (last, "")


def _nationality(country: str) -> str:
    """The form's word for the nationals of a country: its own, or the only one that begins like the country."""
    if same := find_listed("nationalities", country):
        return same
    for beginning in (country.strip(), country.strip()[:-1]):
        like = {
            each for each in listed("nationalities") if beginning and each.startswith(beginning)
        }
        if like:
            return like.pop() if len(like) == 1 else ""
    return ""


def _of_signs(case: Case) -> dict[str, Any]:
    seen = in_words([code for code in case.indicators if code != NONE_YET])
    if not seen:
        return {}
    return {
        "modern-slavery-indicators": "yes",
        "modern-slavery-indicators-details": ". ".join(seen) + ".",
    }


def _of_safe_phone(number: str) -> dict[str, Any]:
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
