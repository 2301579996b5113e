"""Which answers may leave for this person now, and what is still missing. Read here, decided nowhere else.

An answer that may not leave stays in the record: the branch hides it and never deletes it.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from casework.nrm.form import PRESENT, Question, questions
from casework.nrm.homes import CONTACT

Answers = Mapping[str, Any]

AGE, CONSENT, HELP = "pv-under-age", "pv-want-to-submit-nrm", "authorities-cooperation"
FILES = "upload-file"
KINDS = tuple(key for key in questions() if key.startswith("types-of-exploitation-"))
# What shows who the person is, where they are, or how to reach them. An adult who refused is named only
# when they agreed to it [MSA 2015 s52].
IDENTIFYING = frozenset(
    key
    for key in questions()
    if key.startswith(("pv-name-", "pv-phone-number", CONTACT, "someone-else"))
    or key in {"pv-dob", "pv-ho-reference", "pv-ho-reference-type", "who-contact"}
    or key in {"alternative-number-relation-to-pv", "no-contact-details", FILES}
    or key == "what-evidence-you-will-submit"
)


class Branch(StrEnum):
    """What the Home Office is told about this person, and how."""

    CHILD = "child"  # referred; no consent is asked
    REFERRAL = "referral"  # an adult who agreed
    BEST_INTERESTS = (
        "best_interests"  # an adult who could not decide: referred in their best interests
    )
    NAMED = "named"  # an adult who refused, and agreed to be named
    ANONYMOUS = "anonymous"  # an adult who refused
    ASK = "ask"  # an adult who has not decided yet

    @property
    def notifies(self) -> bool:
        """Whether it is a duty to notify."""
        return self in {Branch.NAMED, Branch.ANONYMOUS}

    @property
    def refers(self) -> bool:
        """Whether it is a national referral."""
        return self in {Branch.CHILD, Branch.REFERRAL, Branch.BEST_INTERESTS}


def branch_of(answers: Answers, *, agreed_to_be_named: bool) -> Branch:
    """The branch that these answers make: age first, then consent, then help and their word on being named."""
    if answers.get(AGE) in {"yes", "not-sure"}:
        return Branch.CHILD
    if CONSENT not in answers:
        return Branch.ASK
    if answers[CONSENT] == "yes":
        return Branch.REFERRAL
    named = answers.get(HELP) == "yes" and agreed_to_be_named
    return Branch.NAMED if named else Branch.ANONYMOUS


def leaving(answers: Answers, branch: Branch) -> dict[str, Any]:
    """Those of the answers that may leave, in the form's order; nothing that hangs on a hidden answer."""
    out: dict[str, Any] = {}
    for key, question in questions().items():
        if key in answers and applies(question, out, branch):
            out[key] = answers[key]
    return out


def applies(question: Question, answers: Answers, branch: Branch) -> bool:
    """Whether the question is asked at all, given the answers before it."""
    if branch is Branch.ANONYMOUS and question.key in IDENTIFYING:
        return False
    return not question.when or any(
        all(_meets(answers.get(key), values) for key, values in alternative.items())
        for alternative in question.when
    )


def _meets(answer: Any, values: Sequence[str]) -> bool:
    if PRESENT in values:
        return bool(answer)
    given = answer if isinstance(answer, list) else [answer]
    return any(value in values for value in given)


def gaps(out: Answers, branch: Branch) -> list[str]:
    """The keys that must be answered and are not; of the kinds of exploitation, the first stands for all."""
    missing = [
        key
        for key, question in questions().items()
        if question.required and key not in out and applies(question, out, branch)
    ]
    if not any(key in out for key in KINDS):
        missing.append(KINDS[0])
    order = list(questions())
    return sorted(missing, key=order.index)


def too_long(out: Answers) -> list[str]:
    """The keys whose text is longer than the form takes."""
    return [
        key
        for key, answer in out.items()
        if (longest := questions()[key].longest)
        and isinstance(answer, str)
        and len(answer) > longest
    ]
