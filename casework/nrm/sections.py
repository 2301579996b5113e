"""The sections of the national form in the Home Office's order, and what each question is called here."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import PlaceKind
from casework.nrm.form import questions
from casework.nrm.homes import (
    CONTACT,
    HOMES,
    Consent,
    Field,
    Kind,
    Slot,
    Tick,
    Ways,
    model_of,
)
from casework.nrm.rules import KINDS


@dataclass(frozen=True)
class Section:
    """Some questions that belong together; `slug` is in addresses."""

    slug: str
    title: str | Promise
    keys: tuple[str, ...]


def _from(first: str, last: str) -> tuple[str, ...]:
    order = list(questions())
    return tuple(order[order.index(first) : order.index(last) + 1])


SECTIONS = (
    Section("report", gettext_lazy("This report"), _from("user-email", "fr-location")),
    Section(
        "age",
        gettext_lazy("Their age, and the local authority"),
        _from("pv-under-age", "pv-under-age-at-time-of-exploitation"),
    ),
    Section(
        "background",
        gettext_lazy("Where they come from"),
        _from("birthplace", "employment-history"),
    ),
    Section(
        "what-happened",
        gettext_lazy("What happened"),
        (
            *_from(
                "potential-victim-exploitative-situation-multiple",
                "how-why-did-they-leave-the-situation",
            ),
            *KINDS,
            "other-exploitation-details",
        ),
    ),
    Section(
        "since",
        gettext_lazy("Contact since, and earlier reports"),
        _from("when-last-contact", "why-report-now"),
    ),
    Section(
        "view",
        gettext_lazy("The interview, and your professional view"),
        _from("modern-slavery-indicators", "are-others-involved-details"),
    ),
    Section(
        "places",
        gettext_lazy("Where it happened, and where they stay now"),
        _from("where-exploitation-happened", "current-pv-location-uk-region"),
    ),
    Section(
        "exploiters",
        gettext_lazy("Who did it"),
        _from("who-exploited-pv", "exploiters-current-location-details"),
    ),
    Section(
        "others",
        gettext_lazy("Other possible victims, and what may come"),
        _from("any-other-pvs", "future-exploitation-reasons"),
    ),
    Section(
        "police",
        gettext_lazy("The crime, and their help"),
        _from("reported-to-police", "authorities-cooperation-details"),
    ),
    Section(
        "consent",
        gettext_lazy("What they decided"),
        ("pv-want-to-submit-nrm", "refuse-nrm"),
    ),
    Section(
        "support",
        gettext_lazy("Support"),
        _from("does-pv-need-support", "no-contact-details"),
    ),
    Section(
        "person",
        gettext_lazy("Who they are"),
        _from("pv-name-first-name", "pv-nationality-second"),
    ),
    Section(
        "needs",
        gettext_lazy("What they need to be understood, and references"),
        _from("pv-interpreter-requirements", "pv-ho-reference-type"),
    ),
    Section(
        "decision",
        gettext_lazy("Who receives the decision"),
        _from("who-contact", f"{CONTACT}-post-check"),
    ),
    Section(
        "responder",
        gettext_lazy("You, and who stands in for you"),
        _from("fr-details-first-name", "fr-alternative-contact"),
    ),
    Section("evidence", gettext_lazy("Evidence"), ("upload-file", "what-evidence-you-will-submit")),
)


def section(slug: str) -> Section | None:
    """The section with this slug."""
    return next((each for each in SECTIONS if each.slug == slug), None)


def section_of(key: str) -> Section:
    """Where the question is asked."""
    return next(each for each in SECTIONS if key in each.keys)


def label_of(key: str) -> str:
    """What the question is called here: the name of the field that holds it."""
    home = HOMES[key]
    if isinstance(home, Field | Tick):
        model = model_of(home.part)
        return capfirst(str(model._meta.get_field(home.name).verbose_name))  # type: ignore[union-attr]
    if isinstance(home, Kind):
        return str(home.kind.label)
    if isinstance(home, Slot):
        words = _("Town or city in the UK") if home.kind == PlaceKind.UK else _("Country overseas")
        return f"{words} {home.position}"
    if isinstance(home, Ways):
        return _("How to write to them") if key == CONTACT else _("How to write to the other one")
    return _("They agree to be referred") if isinstance(home, Consent) else _("Files")


def words_of(key: str, answer: object) -> str:
    """The answer in words: the record's own words for an option, the text itself for a text."""
    home = HOMES[key]
    if isinstance(answer, list):
        return "\n".join(
            each if isinstance(each, str) else str(each.get("name", "")) for each in answer
        )
    text = str(answer)
    if isinstance(home, Field):
        model = model_of(home.part)
        choices: Mapping[str, object] = dict(
            getattr(model._meta.get_field(home.name), "choices", None) or ()
        )
        return str(choices.get(home.ours(text), text))
    if isinstance(home, Tick | Kind):
        return _("Yes")
    return {"yes": _("Yes"), "no": _("No"), "email": _("E-mail"), "post": _("Post")}.get(text, text)
