"""The answers in the shape in which the Home Office's form hands them to its case-working system."""

from collections.abc import Mapping
from typing import Any

from casework.nrm.form import questions
from casework.nrm.rules import AGE, CONSENT, FILES, Answers

REFERRAL_TYPE, NOTIFICATION_TYPE = "560734", "662265"
NOTHING_MORE = "No further information provided"
AGES = {"yes": "Child", "no": "Adult", "not-sure": "Unknown"}
NOT_SURE = {"not-sure": "Not sure"}
# The form's option -> the word that leaves. Whatever is not here keeps its words, with a capital.
WORDS: Mapping[str, Mapping[str, str]] = {
    AGE: AGES,
    "pv-under-age-at-time-of-exploitation": AGES,
    "potential-victim-exploitative-situation-multiple": {"i-dont-know": "DontKnow"},
    "pv-gender": {"female": "Female", "male": "Male", "unknown": "Other"},
    "where-exploitation-happened": {"uk": "UK", "overseas": "OVERSEAS", "uk-and-overseas": "BOTH"},
    "who-contact": {"potential-victim": "PV", "someone-else": "Someone else"},
    "is-this-the-first-chance-to-report": NOT_SURE,
    "any-other-pvs": NOT_SURE,
}
# Options that leave just as they are.
RAW = frozenset({"when-last-contact"})
COUNTRIES = {"england": "ENG", "wales": "WAL", "scotland": "SCOT", "northern-ireland": "NI"}


def payload(answers: Answers) -> dict[str, Any]:
    """What would reach the case-working system: only from answers that may leave."""
    refused = answers.get(CONSENT) == "no"
    out: dict[str, Any] = {"Type": NOTIFICATION_TYPE if refused else REFERRAL_TYPE}
    for key, answer in answers.items():
        question = questions()[key]
        if key in SPECIAL:
            out |= SPECIAL[key](answer)
        elif question.casework:
            out[question.casework[0]] = _word(key, answer)
    if "any-other-pvs" in answers:
        out.setdefault("OtherVictimsFurtherInfo", NOTHING_MORE)
    return out


def _word(key: str, answer: Any) -> Any:
    question = questions()[key]
    if question.type == "checkbox":
        return "Yes"
    if question.type != "radio" or key in RAW:
        return answer
    return WORDS.get(key, {}).get(answer) or answer[:1].upper() + answer[1:]


def _nation(nation: str) -> dict[str, str]:
    return {
        "Case.Jurisdiction": nation.upper().replace("-", ""),
        "Country": COUNTRIES[nation],
        "CountryLabel": nation.capitalize(),
    }


def _ways(ways: str | list[str]) -> dict[str, str]:
    words = "Email, Post" if isinstance(ways, list) else ways.capitalize()
    return {"Customer.ContactMethod": words, "HowToNotify": words}


def _several(answer: str) -> dict[str, str]:
    key = "potential-victim-exploitative-situation-multiple"
    return {"MoreThanOneExploitationSituations": _word(key, answer)}


def _files(files: list[str | Mapping[str, str]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for number, listed in enumerate(files, 1):
        file = {"name": listed} if isinstance(listed, str) else listed
        out |= {
            f"Document{number}.Name": file["name"],
            f"Document{number}.MimeType": file.get("mimetype", ""),
            f"Document{number}.URL": file.get("url", ""),
            f"Document{number}.URLLoadContent": True,
        }
    return out


SPECIAL: Mapping[str, Any] = {
    "fr-location": _nation,
    "pv-dob": lambda day: {"Customer.Custom7": "Yes", "Customer.DOB": day},
    "pv-contact-details": _ways,
    "potential-victim-exploitative-situation-multiple": _several,
    CONSENT: lambda answer: {"NRMOrDuty": "DTN" if answer == "no" else "NRM"},
    FILES: _files,
    "types-of-exploitation-other": lambda _answer: {},
}
