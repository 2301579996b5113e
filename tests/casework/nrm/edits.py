"""Edits of a whole record through its own actions, and what was said in them, kept beside it in the plainest way."""

from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import note
from hypothesis import strategies as st

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict
from casework.actions import duties, facts, linking
from casework.actions.account import add_row, save_account, take_out
from casework.actions.nrm import bring_in
from casework.actions.person import record_consent
from casework.models import Case, EvidenceFile, Missing, Party, Place, Situation
from casework.nrm.form import questions
from casework.nrm.homes import HOMES, PERSON, SITUATION, Field
from pages.answers import Answer
from tests.casework.steps import phone_rule
from victims.ages import majority
from victims.models import KINDS, ConsentOutcome, FactKind, LinkState, PersonLink, Purpose

AGE, CONSENT, BORN, HELP = (
    "pv-under-age",
    "pv-want-to-submit-nrm",
    "pv-dob",
    "authorities-cooperation",
)
DERIVED = {AGE, CONSENT, BORN}
BANDS = {"yes": "child", "no": "adult", "not-sure": "unsure"}
# How the keys begin of what shows who somebody is or how to reach them. All of it is invented with MARK in it.
NAMES = ("pv-name", "pv-phone", BORN, "pv-contact-details", "someone-else", "pv-ho-reference")
NAMES += ("who-contact", "alternative-number", "no-contact", "upload-file", "what-evidence")
MARK, OTHER = "Wrenfield", "Larkmoor"
IN_WORDS = {
    "not_known": "Not known",
    "not_asked": "Not asked",
    "declined": "They did not want to say",
    "not_safe": "It was not safe to ask",
}
UNSURE = {"not-sure", "i-dont-know", "unknown", "Unknown"}
# Made of rows, or known from elsewhere on the record, though nobody said it in answer to this question.
MADE = (
    "when-did-the-exploitation-take-place",
    "potential-victim-exploitative-situation-multiple",
    "when-last-contact",
    "who-exploited-pv",
    "are-others-involved-details",
    "where-exploitation-happened",
    "types-of-exploitation",
    "living-conditions",
    "still-in-exploitative-situation",
    "modern-slavery-indicators",
    "reported-to-police",
    "local-authority-contacted-about-child-local-authority-name",
    "pv-phone-number",
    "refuse-nrm",
    "upload-file",
    "what-evidence-you-will-submit",
    "pv-name-nickname",
    "pv-ho-reference",
)


def born(years: int) -> date:
    """The birth date of somebody who turns so many years old this year."""
    return date(clocks.today().year - years, 3, 14)


def answer_to(key: str) -> st.SearchStrategy[Any]:
    """Something that may be answered."""
    question = questions()[key]
    if question.type == "checkbox-group":
        return st.sampled_from(["email", "post", ["email", "post"]])
    if key == BORN:
        return st.integers(0, 40).map(lambda years: str(born(years)))
    if question.type == "file":
        return st.lists(st.just(f"{MARK}.pdf"), min_size=1, max_size=3)
    if key == "does-pv-have-children-yes-amount":
        return st.integers(0, 20).map(str)
    if question.options:
        return st.sampled_from(question.options[:20])
    if key.startswith(NAMES):
        return st.integers(1, 9).map(lambda number: f"{MARK} {number}")
    letters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
    return st.text(letters, min_size=1, max_size=12)


def _answers(keys: list[str], most: int) -> st.SearchStrategy[dict[str, Any]]:
    chosen = st.lists(st.sampled_from(keys), min_size=1, max_size=most, unique=True)
    return chosen.flatmap(lambda each: st.fixed_dictionaries({key: answer_to(key) for key in each}))


FIELDS = [key for key in questions() if isinstance(HOMES[key], Field) and key != AGE]
OF_SITUATIONS = [key for key in questions() if getattr(HOMES[key], "part", "") == SITUATION]
OF_SITUATIONS += ["types-of-exploitation-"]
# Those over which others hang, first of all the three that make the branch.
DECIDING = sorted({on for q in questions().values() for way in q.when for on in way})
DECIDING += [AGE, CONSENT, HELP] * 6
EDITS: dict[str, st.SearchStrategy[Any]] = {
    "say": _answers(list(questions()), 12),
    "say_what_decides": _answers(DECIDING, 4),
    "say_why_not": st.tuples(st.sampled_from(FIELDS), st.sampled_from(Missing.values)),
    "decide": st.tuples(st.sampled_from(ConsentOutcome.values), st.integers(0, 9)),
    "agree_to_be_named": st.sampled_from(["yes", "no"]),
    "record_age": st.tuples(
        st.sampled_from(list(BANDS.values())),
        st.none() | st.integers(0, 40),
        st.sampled_from(["day", "month", "year", "about"]),
    ),
    "dispute_age": st.none(),
    "determine_age": st.tuples(st.sampled_from(["child", "adult"]), st.none() | st.integers(0, 40)),
    "wait": st.integers(1, 900),
    "decline": st.sampled_from(["pv-interpreter-requirements", "does-pv-have-children"]),
    "last_contact": st.integers(0, 900),
    "add_place": st.tuples(st.sampled_from(["uk", "overseas"]), st.integers(1, 12)),
    "take_out": st.sampled_from([Place, EvidenceFile, Situation, Party]),
    "add_party": st.sampled_from(["exploiter", "professional", "family"]),
    "add_file": st.none(),
    "add_situation": st.sampled_from([{"when": "In May"}, {"ongoing": "yes"}, {"living": "A van"}]),
    "record_crime": st.none(),
    "tell_authority": st.none(),
    "phone": st.booleans(),
    "fact": st.sampled_from([FactKind.NAME, FactKind.REFERENCE]),
    "same_person": st.none(),
}
# What makes the branch is edited as often as all the rest together.
OFTEN = ["say_what_decides", "decide", "agree_to_be_named", "record_age", "wait"] * 4
SOME = st.lists(
    st.sampled_from([*EDITS, *OFTEN]).flatmap(lambda name: st.tuples(st.just(name), EDITS[name])),
    min_size=1,
    max_size=8,
)


@dataclass
class Told:
    """What was said of one case: the answers that stand, the age, what they decided, whether they may be named."""

    said: dict[str, Any] = field(default_factory=dict)
    band: str = "adult"
    judged: str = ""
    born: tuple[date, str] | None = None
    disputed: bool = False
    named: str = ""
    decisions: list[tuple[datetime, int, str]] = field(default_factory=list)
    in_other: list[tuple[datetime, int, str]] = field(default_factory=list)
    merged: bool = False
    loose: tuple[str, ...] = ()

    def by_birth(self) -> str:
        """How old the birth date says they are today; empty while it leaves a doubt."""
        if self.born is None:
            return ""
        turns = majority(*self.born)
        if clocks.today() >= turns.latest:
            return "adult"
        return "child" if clocks.today() < turns.earliest else ""

    @property
    def age(self) -> str:
        """A dispute, then what was judged against a birth date, then that date, then what was thought."""
        return "unsure" if self.disputed else self.judged or self.by_birth() or self.band

    @property
    def conflicting(self) -> bool:
        """Whether somebody judged otherwise than the birth date says today, and nobody disputes it."""
        return not self.disputed and self.judged not in {"", self.by_birth() or self.band}

    @property
    def decided(self) -> str:
        """What they decided last, whenever it was written down, in whichever record that is theirs."""
        every = self.decisions + (self.in_other if self.merged else [])
        return max(every)[2] if every else ""

    def judge(self, band: str) -> None:
        """Somebody says how old they are; a birth date that says otherwise stands beside it."""
        self.judged = band if self.by_birth() not in {"", band} else ""
        self.band = self.by_birth() or band

    def learn_age(self, band: str, born_on: date | None, precision: str) -> None:
        """How old they are is recorded together with the birth date: that settles it."""
        self.born = (born_on, precision) if born_on else None
        self.band, self.judged = self.by_birth() or band, ""

    def take(self, answers: dict[str, Any]) -> None:
        """These answers stand now."""
        if BORN in answers:
            self.born = (date.fromisoformat(answers[BORN]), "day")
            self.band = self.by_birth() or self.band
        if AGE in answers:
            self.judge(BANDS[answers[AGE]])
        if answers.get(HELP) == "yes" and self.named != "no":
            self.named = "yes"  # in the form one yes is to both; it outdoes no express no
        self._take_consent(answers.get(CONSENT, ""))
        self.said |= {key: said for key, said in answers.items() if key not in DERIVED}

    def _take_consent(self, said: str) -> None:
        """The yes of a child is nobody's consent; the same word again is no new decision."""
        outcome = {"yes": "given", "no": "refused"}.get(said, "")
        again = bool(self.decided) and (self.decided == "given") == (outcome == "given")
        if outcome and self.age == "adult" and not again:
            self.decide(outcome, clocks.now())

    def decide(self, outcome: str, at: datetime) -> None:
        """They decided then; who came of age decides as an adult from now on."""
        self.decisions.append((at, len(self.decisions), outcome))
        if self.by_birth() == "adult" and not self.disputed:
            self.band = "adult"

    def forget(self, key: str) -> None:
        """This has no answer any more."""
        self.said.pop(key, None)

    def loosen(self, *begins: str) -> None:
        """Rows stand for these from now on: in which words they leave is shown elsewhere."""
        self.loose += begins


@dataclass
class Edited:
    """A case that its officer edits, a case that may be of the same person, and what was said of the first."""

    case: Case
    other: Case
    by: Actor
    supervisor: Actor
    told: Told = field(default_factory=Told)
    days_later: int = 0

    def do(self, name: str, given: Any) -> None:
        """One edit; what the product refuses was not said."""
        with suppress(Conflict):
            getattr(self, name)(given)
            note(f"{name}: {given}")

    def then(self) -> AbstractContextManager[None]:
        """The time at which the next edit is made."""
        return clocks.moved(timedelta(days=self.days_later))

    def say(self, answers: dict[str, Any]) -> None:
        bring_in(answers=answers, by=self.by, case=self._case())
        self.told.take(answers)

    say_what_decides = say

    def say_why_not(self, given: tuple[str, str]) -> None:
        key, why = given
        home, question = HOMES[key], questions()[key]
        assert isinstance(home, Field)
        self._save(home.part, whys={home.name: why})
        self.told.forget(key)
        if key == BORN:
            self.told.born = None
        if question.is_text:
            self.told.said[key] = IN_WORDS[why]
        elif unsure := UNSURE & set(question.options):
            (self.told.said[key],) = unsure

    def decline(self, key: str) -> None:
        home = HOMES[key]
        assert isinstance(home, Field)
        self._save(PERSON, {home.name: Answer.DECLINED})
        self.told.forget(key)

    def decide(self, given: tuple[str, int]) -> None:
        outcome, days_ago = given
        at = clocks.now() - timedelta(days=days_ago)
        record_consent(
            case=self.case, by=self.by, purpose=Purpose.NRM, outcome=outcome, decided_at=at
        )
        self.told.decide(outcome, at)

    def agree_to_be_named(self, said: str) -> None:
        self._save("police", {"agrees_to_be_named": said})
        self.told.named = said

    def record_age(self, given: tuple[str, int | None, str]) -> None:
        band, years, precision = given
        day = None if years is None else born(years)
        version = self._case().victim.version
        known = {"age_band": band, "born_on": day, "born_precision": precision}
        facts.record_age(case=self.case, by=self.by, version=version, **known)
        self.told.learn_age(band, day, precision)

    def dispute_age(self, _given: None) -> None:
        facts.dispute_age(case=self.case, by=self.by, disputed_by="police", why="Looks younger")
        self.told.disputed, self.told.band = True, "unsure"

    def determine_age(self, given: tuple[str, int | None]) -> None:
        result, years = given
        day = None if years is None else born(years)
        found = {"determined_by": "court", "determined_on": clocks.today(), "born_on": day}
        facts.determine_age(case=self.case, by=self.by, result=result, **found)
        self.told.disputed = False
        self.told.born = (day, "day") if day else self.told.born
        self.told.band, self.told.judged = result, ""

    def wait(self, days: int) -> None:
        self.days_later += days

    def last_contact(self, days_ago: int) -> None:
        self._save("since", {"last_contact_on": clocks.today() - timedelta(days=days_ago)})
        self.told.loosen("when-last-contact")

    def add_place(self, given: tuple[str, int]) -> None:
        kind, number = given
        for _each in range(number):
            self._add(Place, kind=kind, name="Croydon" if kind == "uk" else "France")
        self.told.loosen("where-exploitation-happened-")

    def take_out(self, of: type[Any]) -> None:
        row = of.objects.standing().filter(case=self.case).first()
        if row is not None:
            take_out(row=row, by=self.by, why="Written by mistake")
            self.told.loosen("where-exploitation-happened-", "upload-file", *OF_SITUATIONS)

    def add_party(self, role: str) -> None:
        self._add(Party, role=role, name="Marek")

    def add_file(self, _given: None) -> None:
        self._add(EvidenceFile, name=f"{MARK}.png", shows=f"Passport of {MARK}")
        self.told.loosen("upload-file")

    def add_situation(self, told: dict[str, str]) -> None:
        self._add(Situation, **told)
        self.told.loosen(*OF_SITUATIONS)

    def record_crime(self, _given: None) -> None:
        known = {"number": "46/1/26", "other_force": "Kent Police"}
        duties.record_crime(case=self.case, by=self.by, at=clocks.now(), **known)

    def tell_authority(self, _given: None) -> None:
        duties.tell_authority(case=self.case, by=self.by, at=clocks.now(), authority="Kent")

    def phone(self, is_safe: bool) -> None:
        earlier = self.case.victim.safe_contacts.filter(ended_at=None).first()
        safe = Answer.YES if is_safe else Answer.NO
        phone_rule(self._case(), self.by, safe=safe, details=f"07700 {MARK}", replaces=earlier)

    def fact(self, kind: FactKind) -> None:
        case, by = self.case, self.by
        earlier: Any = (
            KINDS[kind]._default_manager.filter(victim=case.victim, ended_at=None).first()
        )
        if earlier is not None:
            facts.end_fact(case=case, by=by, kind=kind, fact=earlier, why="Not so")
            return
        values = {
            FactKind.NAME: {"text": f"Old {MARK}", "kind": "other"},
            FactKind.REFERENCE: {"kind": "home_office", "number": f"P{MARK}"},
        }
        facts.add_fact(case=case, by=by, kind=kind, values=values[kind])

    def same_person(self, _given: None) -> None:
        """Linked, merged, parted, unlinked in turn: of the other record nothing leaves, and its consent counts."""
        standing = PersonLink.objects.standing().first()
        if standing is None:
            linking.link(case=self.case, other=self.other, by=self.by, reason="Same phone")
        elif standing.status == LinkState.MERGED:
            linking.part(case=self.case, link=standing, by=self.supervisor, reason="No")
            self.told.merged = False
        elif standing.merged_at is None:
            linking.merge(case=self.case, link=standing, by=self.supervisor, reason="Yes")
            self.told.merged = True
        else:
            linking.unlink(case=self.case, link=standing, by=self.by, reason="No")

    def _case(self) -> Case:
        return Case.objects.select_related("victim", "scope__force").get(pk=self.case.pk)

    def _save(self, part: str, changes: Any = None, whys: Any = None) -> None:
        changed, missing = {part: changes or {}}, {part: whys or {}}
        save_account(case=self._case(), by=self.by, changes=changed, whys=missing)

    def _add(self, of: type[Any], **values: Any) -> None:
        add_row(case=self._case(), by=self.by, of=of, **values)
