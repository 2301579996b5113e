"""The room of how we ask for the account and for the national form: questions made from the record's own fields."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Privacy
from casework.actions.account import Overtaken, print_of
from casework.forms.duties import CODE, LeavesForm
from casework.forms.when import WhenForm
from casework.models import Missing, PlaceKind, SituationKind, SubmissionKind, Verdict
from casework.models.account.reading import LONGEST as READING_LONGEST
from casework.nrm.form import find_listed, listed
from casework.nrm.homes import PERSON, SITUATION, model_of
from casework.nrm.record import Record, why_missing
from pages.answers import Answer
from pages.forms import Checkboxes, DateField, Radios, TickField
from pages.forms import formfield as house_field
from victims.forms import WhyForm

# A name that must be one of the Home Office's, by the field that holds it.
LISTS = {
    ("report", "organisation"): "first_responder_organisations",
    ("safeguarding", "authority"): "uk_local_authorities",
    ("since", "town"): "uk_cities_and_towns",
    ("since", "region"): "uk_regions",
    ("police", "crime_force"): "uk_police_forces",
    (PERSON, "nationality"): "nationalities",
    (PERSON, "second_nationality"): "nationalities",
}
OF_PLACES = {PlaceKind.UK: "uk_cities_and_towns", PlaceKind.OVERSEAS: "countries_excluding_uk"}
# Long enough to be worth hiding on a page, yet told as part of the story: shown again when it is edited.
SHOWN_AGAIN = frozenset({"other_uk_places", "other_overseas_places"})
WHY = "why"
WHY_NOT_SPECIALIST = "why_not_specialist"
NO_ANSWER = "no-answer:"


class Words(forms.CharField):
    """Words exactly as they were said; only the line ends are those of the record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """One kind of line end, and nothing at all when there are only spaces."""
        words = str(super().to_python(value) or "").replace("\r\n", "\n")
        return words if words.strip() else ""


class Listed(forms.CharField):
    """One of the Home Office's names, typed with the list beside it."""

    def __init__(self, of: str, **kwargs: Any) -> None:
        self.of = of
        attrs = {"list": f"list-{of}", "class": "govuk-input--width-20"}
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        """The name as it is listed, whatever its capitals."""
        typed = str(super().clean(value))
        found = find_listed(self.of, typed)
        if typed and not found:
            raise forms.ValidationError(
                _("“%(typed)s” is not on the Home Office's list. Choose a name from the list"),
                params={"typed": typed},
            )
        return found


@dataclass(frozen=True)
class Asked:
    """One question on the page, with the question why it has no answer."""

    answer: forms.BoundField
    why: forms.BoundField | None
    open: bool


class TellingForm(forms.Form):
    """Something that the person tells: where only a specialist asks, whoever is none says why they did.

    The act, not this form, refuses what has no reason: a page that changes nothing needs none.
    """

    def __init__(self, *args: Any, owed: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if owed:
            self.fields[WHY_NOT_SPECIALIST] = forms.CharField(
                label=WhyForm.base_fields[WHY_NOT_SPECIALIST].label,
                help_text=_(
                    "For example, it is copied from their statement, and nobody asked again."
                ),
                max_length=500,
                required=False,
            )
            self.order_fields([WHY_NOT_SPECIALIST])

    def refused(self, sentence: str) -> list[str]:
        """Say at the question why nothing was saved; as a whole where the question is not on the page yet."""
        if WHY_NOT_SPECIALIST not in self.fields:
            return [sentence]
        self.add_error(WHY_NOT_SPECIALIST, sentence)
        return []


class AccountForm(TellingForm):
    """Some fields of some parts on one page. `asked` are pairs of part and field; `row` is one situation."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        record: Record,
        asked: Sequence[tuple[str, str]],
        known: Mapping[tuple[str, str], Any] | None = None,
        row: models.Model | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.of_page = tuple(asked)
        self.age_band = record.age_band
        self.rows = {part: self._row(record, part, row) for part, _name in asked}
        for part, name in asked:
            self._ask(part, name, (known or {}).get((part, name)))
        self.initial["seen"] = json.dumps(self._prints())

    def _row(self, record: Record, part: str, row: models.Model | None) -> models.Model | None:
        if part != SITUATION:
            return record.part(part)  # type: ignore[no-any-return]
        return row or (record.situations[0] if record.situations else None)

    def _prints(self) -> dict[str, str]:
        return {f"{part}.{name}": print_of(self.rows[part], name) for part, name in self.of_page}

    def _ask(self, part: str, name: str, known: Any) -> None:
        row = self.rows[part]
        field = model_of(part)._meta.get_field(name)
        assert isinstance(field, models.Field)
        held = getattr(row, name) if row is not None else None
        held = self.age_band if name == "age_band" else held
        held = None if known and held == Answer.NOT_ASKED else held
        why = why_missing(row, name) if row is not None else ""
        question = _question(part, field, recorded=bool(held))
        self.fields[_key(part, name)] = question
        if isinstance(question.widget, Radios) and not isinstance(question, forms.BooleanField):
            self.initial[_key(part, name)] = f"{NO_ANSWER}{why}" if why else held or known
        elif not _is_hidden(row or model_of(part)(), name):
            self.initial[_key(part, name)] = held or known
        if not _has_why(question):
            return
        self.fields[_key(part, name, WHY)] = forms.ChoiceField(
            label=_t("No answer to “%s”: why?") % question.label,
            choices=[("", _("There is an answer, or it is still to come")), *Missing.choices],
            required=False,
        )
        self.initial[_key(part, name, WHY)] = why

    @property
    def asked(self) -> Iterable[Asked]:
        """The questions in their order."""
        for part, name in self.of_page:
            key, why = _key(part, name), _key(part, name, WHY)
            bound = self[why] if why in self.fields else None
            yield Asked(self[key], bound, bool(bound and (bound.value() or bound.errors)))

    @property
    def lists(self) -> list[tuple[str, list[str]]]:
        """The Home Office's lists that the page needs, each once."""
        names = {field.of for field in self.fields.values() if isinstance(field, Listed)}
        return [(name, list(dict.fromkeys(listed(name)))) for name in sorted(names)]

    def clean(self) -> dict[str, Any]:
        """Part the answers by where they are kept; what was not shown and not typed stays as it is."""
        answers = super().clean() or self.cleaned_data
        changes: dict[str, dict[str, Any]] = {}
        whys: dict[str, dict[str, str]] = {}
        for part, name in self.of_page:
            value = answers.get(_key(part, name))
            why = answers.get(_key(part, name, WHY), "")
            if isinstance(value, str) and value.startswith(NO_ANSWER):
                value, why = "", value.removeprefix(NO_ANSWER)
            if why and value:
                self.add_error(
                    _key(part, name, WHY), _("Give the answer, or the reason why there is none")
                )
            if why:
                whys.setdefault(part, {})[name] = why
            elif not self._left_alone(part, name, value):
                changes.setdefault(part, {})[name] = value
        parts = {"changes": changes, "whys": whys, "seen": self._seen(answers)}
        return parts | {name: answers[name] for name in (WHY_NOT_SPECIALIST,) if name in answers}

    def _left_alone(self, part: str, name: str, value: Any) -> bool:
        row = self.rows[part]
        if value in (None, "") and row is not None and _is_hidden(row, name):
            return True
        return name == "age_band" and not value

    def _seen(self, answers: Mapping[str, Any]) -> dict[str, str]:
        marks = _marks(str(answers.get("seen") or ""))
        if marks is None:
            self.add_error(None, UNREAD)
        return marks or {}

    def read_again(self, clash: Overtaken) -> list[str]:
        """Say at each question what is recorded now; saving once more is then meant, and for these alone."""
        seen = _marks(str(self.data.get("seen"))) or {}
        for place, now in clash.now.items():
            part, _dot, name = place.partition(".")
            part = SITUATION if part.startswith(SITUATION) else part
            seen[f"{part}.{name}"] = clash.marks[place]
            question = self.fields[_key(part, name)]
            choices = dict(getattr(question, "choices", ()))
            words = choices.get(now, now) or _t("nothing")
            if _is_hidden(model_of(part)(), name):
                words = _t("something that is not shown here")
            self.add_error(
                _key(part, name), _t("Recorded now: %s. What you typed is kept here.") % words
            )
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["seen"] = json.dumps(seen)
        self.data = typed
        return [
            clash.sentence,
            _t(
                "Nothing of yours is saved yet. What differs is marked. Correct it, then save again."
            ),
        ]


def _key(part: str, name: str, more: str = "") -> str:
    return "-".join(filter(None, (part, name, more)))


def _is_hidden(row: models.Model, name: str) -> bool:
    """Whether what is recorded is never shown in a box again."""
    return _is_sealed(type(row), name) and name not in SHOWN_AGAIN


def _is_sealed(model: type[models.Model], name: str) -> bool:
    return getattr(model, "PRIVACY", {}).get(name) == Privacy.SEALED


def _has_why(question: forms.Field) -> bool:
    return not isinstance(
        question, forms.BooleanField | forms.ChoiceField | forms.MultipleChoiceField
    )


def _question(part: str, field: "models.Field[Any, Any]", *, recorded: bool) -> forms.Field:
    asked: dict[str, Any] = {"label": capfirst(str(field.verbose_name))}
    if field.name == "kinds":
        return forms.MultipleChoiceField(
            choices=SituationKind.choices, widget=Checkboxes(small=True), required=False, **asked
        )
    if list(field.choices or ()) == list(Answer.choices):
        made = house_field(field)
        assert made is not None
        return made
    if field.choices:
        return _radios(field, asked, missing=field.blank)
    if isinstance(field, models.BooleanField):
        return TickField(**asked)
    if isinstance(field, models.DateField):
        return DateField(what=asked["label"], past=True, required=False, **asked)
    if isinstance(field, models.PositiveIntegerField):
        width = {"class": "govuk-input--width-3", "inputmode": "numeric"}
        return forms.IntegerField(
            min_value=0, required=False, widget=forms.TextInput(attrs=width), **asked
        )
    if (part, field.name) in LISTS:
        return Listed(LISTS[part, field.name], **asked)
    return _words(field, asked, recorded=recorded)


def _radios(
    field: "models.Field[Any, Any]", asked: dict[str, Any], *, missing: bool
) -> forms.Field:
    choices = [choice for choice in field.choices or () if choice[0]]
    if missing:
        choices += [(f"{NO_ANSWER}{code}", words) for code, words in Missing.choices]
    first = f"{NO_ANSWER}{Missing.NOT_KNOWN}" if missing else None
    return forms.ChoiceField(choices=choices, widget=Radios(divider=first), required=False, **asked)


def _words(
    field: "models.Field[Any, Any]", asked: dict[str, Any], *, recorded: bool
) -> forms.Field:
    sealed = _is_sealed(field.model, field.name)
    if sealed and recorded and field.name not in SHOWN_AGAIN:
        asked["help_text"] = _("Something is recorded. Leave it empty to keep it.")
    if "email" in field.name and not isinstance(field, models.BooleanField):
        return forms.EmailField(required=False, **asked)
    # What is sealed is short, but for the words about places.
    is_long = isinstance(field, models.TextField) and (not sealed or field.name in SHOWN_AGAIN)
    if is_long and field.name != "label":
        return Words(widget=forms.Textarea(attrs={"rows": 5}), **asked)
    longest = getattr(field, "max_length", None)
    return Words(max_length=longest, widget=forms.TextInput(), **asked)


class PlaceForm(TellingForm):
    """One more place in which it happened."""

    kind = forms.ChoiceField(
        label=_("What kind of place?"),
        choices=PlaceKind.choices,
        widget=Radios,
        error_messages={"required": _("Select whether it is in the UK or overseas")},
    )
    name = forms.CharField(
        label=_("Which town, city or country?"),
        help_text=_("As the Home Office lists it; “Unknown” is on its list."),
        widget=forms.TextInput(attrs={"list": "list-places", "class": "govuk-input--width-20"}),
        error_messages={"required": _("Enter the town, city or country")},
    )

    @property
    def lists(self) -> list[tuple[str, list[str]]]:
        """Towns and countries in one list."""
        return [("places", list(dict.fromkeys(n for of in OF_PLACES.values() for n in listed(of))))]

    def clean(self) -> dict[str, Any]:
        """The name must be on the list of its kind."""
        answers = super().clean() or self.cleaned_data
        kind, name = answers.get("kind"), answers.get("name", "")
        if kind and name:
            found = find_listed(OF_PLACES[PlaceKind(kind)], name)
            if not found:
                self.add_error("name", _("This is not on the Home Office's list for such a place"))
            answers["name"] = found
        return answers


class SentForm(LeavesForm):
    """The report was sent on the Home Office's own form."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reference = forms.CharField(
        label=_("Home Office reference"),
        help_text=_("From their e-mail. Leave it empty if it has not come yet."),
        max_length=50,
        required=False,
        validators=[CODE],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )


class MoreSentForm(WhenForm):
    """Something was sent after the report."""

    kind = forms.ChoiceField(
        label=_("What did you send?"),
        choices=[
            choice
            for choice in SubmissionKind.choices
            if choice[0] in {SubmissionKind.EVIDENCE, SubmissionKind.CORRECTION}
        ],
        widget=Radios,
        error_messages={"required": _("Select what you sent")},
    )
    note = Words(
        label=_("What is new, or put right?"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_note(self) -> str:
        """Somebody must be able to tell what changed."""
        if not self.cleaned_data["note"]:
            raise forms.ValidationError(_("Enter what is new, or put right"))
        return str(self.cleaned_data["note"])


class ReadingForm(forms.Form):
    """What a second reader in date found."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    verdict = forms.ChoiceField(
        label=_("What did you find?"),
        choices=Verdict.choices,
        widget=Radios,
        error_messages={"required": _("Select what you found")},
    )
    words = Words(
        label=_("If something must be put right: what?"),
        max_length=READING_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("What must be put right must be 1,000 letters or fewer")},
    )

    def clean(self) -> dict[str, Any]:
        """Whoever sends it must be able to tell what to do; what is fit has nothing to put right."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        words = told.get("words", "")
        if told.get("verdict") == Verdict.PUT_RIGHT and not words:
            self.add_error("words", _("Enter what must be put right"))
        if told.get("verdict") == Verdict.FIT and words:
            self.add_error("words", _("Select that something must be put right, or empty this box"))
        return told


class TakeOutOfAccountForm(forms.Form):
    """Why something does not belong in the account."""

    why = forms.CharField(
        label=_("Why is it taken out?"),
        help_text=_("For example, it was written down twice, or belongs to another case."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why, in a sentence"),
            "max_length": _("The reason must be 500 characters or fewer"),
        },
    )


class RowForm(TellingForm):
    """One person, organisation or file of the account; the questions are the fields of its model."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        of: type[models.Model],
        record: Record,
        row: models.Model | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.situations: dict[str, str] = {"": _t("In all, or not known")}
        names = [name for names in of.FIELDSETS.values() for name in names]  # type: ignore[attr-defined]
        for name in names:
            field = of._meta.get_field(name)
            assert isinstance(field, models.Field)
            if name == "situation":
                self._ask_situation(field, record)
                continue
            held = getattr(row, name) if row is not None else None
            question = _question(of._meta.model_name or "", field, recorded=bool(held))
            question.required = name in {"role", "name"} and not field.blank
            question.error_messages["required"] = _t("Answer: %s") % question.label
            self.fields[name] = question
            if row is None or not _is_hidden(row, name):
                self.initial[name] = held
        asked = [n for n in self.fields if n not in {"seen", "situation", WHY_NOT_SPECIALIST}]
        asked += ["situation_id"] if "situation" in self.fields else []
        marks = {name: print_of(row, name) for name in asked}
        self.initial["seen"] = json.dumps(marks) if row is not None else ""

    def _ask_situation(self, field: "models.Field[Any, Any]", record: Record) -> None:
        if len(record.situations) < 2:
            return
        for number, each in enumerate(record.situations, 1):
            self.situations[str(each.pk)] = _t("Situation %s") % number
        self.fields["situation"] = forms.TypedChoiceField(
            label=_t("In which situation?"),
            choices=list(self.situations.items()),
            coerce=UUID,
            empty_value=None,
            required=False,
        )
        self.initial["situation"] = str(getattr(self.row, "situation_id", "") or "")

    def clean(self) -> dict[str, Any]:
        """What is never shown again and was left empty stays as it is."""
        answers = super().clean() or self.cleaned_data
        seen = answers.pop("seen", "")
        if "situation" in answers:
            answers["situation_id"] = answers.pop("situation")
        if self.row is not None:
            kept = [n for n in answers if not answers[n] and _is_hidden(self.row, n)]
            for name in kept:
                del answers[name]
            answers["seen"] = _marks(seen)
            if answers["seen"] is None:
                self.add_error(None, UNREAD)
        return answers

    def read_again(self, clash: Overtaken) -> list[str]:
        """Say at each question what is recorded now; saving once more is then meant."""
        seen = _marks(str(self.data.get("seen"))) or {}
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["seen"] = json.dumps(seen | clash.marks)
        self.data = typed
        for name, now in clash.now.items():
            words = now if self.row is None or not _is_hidden(self.row, name) else ""
            if name == "situation_id":
                name = "situation"  # noqa: PLW2901 - as the page asks for it
                words = self.situations[str(now or "")]
            self.add_error(
                name, _t("Recorded now: %s. What you typed is kept here.") % (words or "…")
            )
        return [clash.sentence]


UNREAD = _("This page was sent without what it had read. Open it again.")


def _marks(text: str) -> dict[str, str] | None:
    """The marks that a page sent back; None when they are none."""
    try:
        marks = json.loads(text)
    except ValueError:
        return None
    if not isinstance(marks, dict):
        return None
    return {str(name): str(mark) for name, mark in marks.items()}
