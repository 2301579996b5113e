"""The room of returns as files: the Home Office's tables in long form, and the standard for case data (HTCDS).

A line of HTCDS stands for one person, so there are as many equal lines as the rounded cell counts: five, ten or none.
No line is anybody's record.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.small_numbers import Cells
from followups.returns import Return
from followups.returns.statements import NOT_KNOWN

FIRST_RESPONDER = "Police"


def long_form(which: Return, found: Cells, force: str) -> tuple[list[str], list[list[str]]]:
    """One line a cell, in the words and the columns of the Home Office's own tables [domain 5.4]."""
    words = [side.said() for side in which.parted]
    names = {
        "quarter": _("Quarter"),
        "part": _("Exploitation type") if which.number.slug == "referred" else _("What"),
        "age-then": _("Age at exploitation"),
        "gender": _("Gender"),
        "nationality": _("Nationality"),
    }
    headings = [_("First responder type"), _("First responder")]
    headings += [names[side.slug] for side in which.parted]
    rows = [
        [
            *(FIRST_RESPONDER, force),
            *(str(said.get(code, code)) for said, code in zip(words, codes, strict=True)),
            str(count),
        ]
        for codes, count in sorted(found.items())
    ]
    return [*headings, _("Number of people")], rows


# Names and values of the Human Trafficking Case Data Standard, as its survey has them. What begins with "x_" is ours.
HTCDS = (
    *("prs_Gender", "prs_Citizenship", "vic_TypeOfExploitation", "vic_TraffickingStatus"),
    *("x_Quarter", "x_AgeGroupAtExploitation"),
)
_GENDER = {"female": "Feminine", "male": "Masculine", "other": "NonConforming"}
_KINDS = {
    "labour": "ForcedLabour",
    "sexual": "SexualExploitation",
    "criminal": "Other",
    "domestic": "Servitude",
    "organs": "OrganRemoval",
}
_AGES = {"child": "Minor", "adult": "Adult"}


def htcds(which: Return, found: Cells) -> tuple[Sequence[str], list[list[str]]]:
    """One line for each of as many people as the cells of the referrals count. What is not known is left empty."""
    rows = []
    place = {side.slug: which.place(side.slug) for side in which.parted}
    for codes, count in sorted(found.items()):
        said = {slug: codes[at] for slug, at in place.items()}
        kinds = said["part"].split("+") if said["part"] != NOT_KNOWN else []
        line = [
            _GENDER.get(said["gender"], "NonSpecifiedUnknown"),
            "" if said["nationality"] == NOT_KNOWN else said["nationality"],
            ";".join(_KINDS[kind] for kind in kinds),
            "PossibleVictimOfTrafficking",
            said["quarter"],
            _AGES.get(said["age-then"], ""),
        ]
        rows += [line] * count
    return HTCDS, rows
