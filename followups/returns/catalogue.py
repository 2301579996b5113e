"""The room of the returns there are: the Home Office's tables, and what a commissioner of support is told."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from casework.models import Decision
from followups.metrics import Number, Side, Words, sides
from followups.metrics.catalogue import NUMBERS
from followups.returns import Return
from followups.returns import statements as sql
from victims.models import Gender

NOT_KNOWN = _("Not known")
GROUP_WORDS: Mapping[str, Words] = {
    "labour": _("Labour"),
    "sexual": _("Sexual"),
    "criminal": _("Criminal"),
    "domestic": _("Domestic servitude"),
    "organs": _("Organ removal"),
}
KIND_WORDS: Mapping[str, Words] = {
    kind: " + ".join(str(GROUP_WORDS[name]) for name in kind.split("+")) for kind in sql.KINDS
} | {sql.NOT_KNOWN: NOT_KNOWN}
LEFT_OUT = _(
    "What whoever took it may not see: covert cases, and restricted ones that are not theirs. Every count is rounded."
)


def _countries() -> Mapping[str, Words]:
    # Of several nationalities of one country the first gives its words: British stands for Welsh.
    first: dict[str, Words] = {}
    for nationality, country in sql.nationalities().items():
        first.setdefault(country, nationality)
    return first | {sql.NOT_KNOWN: NOT_KNOWN}


AGE_THEN = Side(
    "age-then",
    _("By age at exploitation"),
    sql.AGE_THEN,
    lambda: {"child": _("17 or under"), "adult": _("18 or over"), sql.NOT_KNOWN: NOT_KNOWN},
)
GENDER = Side(
    "gender", _("By gender"), sql.GENDER, lambda: dict(Gender.choices) | {sql.NOT_KNOWN: NOT_KNOWN}
)
NATIONALITY = Side("nationality", _("By nationality"), sql.COUNTRY, _countries)


def _counted(
    slug: str, words: Words, counted: Words, rows: str, parts: Mapping[str, Words], source: Words
) -> Number:
    return Number(
        slug=slug,
        words=words,
        share="",
        things="",
        counted=counted,
        when=_("Whole quarters, by when it was sent or decided."),
        left_out=LEFT_OUT,
        source=source,
        rows=rows,
        parts=parts,
        good=frozenset(),
        sides=(),
    )


HOME_OFFICE = (
    Return(
        _counted(
            "referred",
            _("National referrals, by kind of exploitation"),
            _(
                "Each national referral (NRM) that this force sent and did not withdraw, by the kinds of exploitation"
                " in the account of the case."
            ),
            sql.REFERRED,
            KIND_WORDS,
            _("The referral, the account of the case, and the person's record."),
        ),
        (AGE_THEN, GENDER, NATIONALITY),
        "n.at",
    ),
    Return(
        _counted(
            "notified",
            _("Duty to notify"),
            _(
                "Each time that this force notified the Home Office of an adult who did not consent (DtN)."
            ),
            sql.NOTIFIED,
            {"notified": _("Notified")},
            _("The notification, and the person's record."),
        ),
        (GENDER, NATIONALITY),
        "n.at",
    ),
    Return(
        _counted(
            "decided",
            _("Decisions of the Home Office"),
            _("Each decision on this force's referrals that was recorded, by when it was made."),
            sql.DECIDED,
            {
                each.value: each.label
                for each in (
                    *(Decision.RG_POSITIVE, Decision.RG_NEGATIVE),
                    *(Decision.CG_POSITIVE, Decision.CG_NEGATIVE),
                )
            },
            _("What was recorded after each referral."),
        ),
        (AGE_THEN, NATIONALITY),
        "n.at",
    ),
)


def _number(slug: str) -> Number:
    return replace(NUMBERS[slug], left_out=LEFT_OUT)


NEEDS = Return(_number("unmet-need"), (sides.KIND, sides.LANGUAGE, sides.place("o")))
DECLINES = Return(_number("declines"), (sides.REASON, sides.AGENCY), "r.declined_at")
ANSWERS = Return(_number("agency-answer"), (sides.AGENCY,), "r.sent_at")
REACHED = Return(_number("agency-contact"), (sides.AGENCY,), "r.accepted_at")
EXPERIENCE = Return(_number("experience"), (sides.QUESTION, sides.POINT, sides.place("w")), "v.at")
DISENGAGING = Return(
    _number("disengaging"), (sides.STOPPING, sides.POINT, sides.place("w")), "v.at"
)
COMMISSIONER = (NEEDS, DECLINES, ANSWERS, REACHED, EXPERIENCE, DISENGAGING)
RETURNS = {each.number.slug: each for each in (*HOME_OFFICE, *COMMISSIONER)}
