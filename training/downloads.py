"""The room of the register of training, and of the results of an import, as files."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.exports import Content, Download, Kept, Narrowed, Sheet, id_in
from accounts.kept_files import link_for
from accounts.permissions import Permission
from accounts.scoping import NotVisible
from pages.due import london_date
from training.actions.imports import COLUMNS, MAY_BE_THERE, Result, padded
from training.forms import HoursForm, RegisterForm
from training.hours import hours_of, year_to
from training.models import Proof, TrainingImport
from training.standing import standings
from training.views.register import asked_of, units_of


def register(actor: Actor, narrowed: Narrowed) -> Content:
    """Who has which course until when, as far as the page is narrowed."""
    units = units_of(actor)
    form = RegisterForm(narrowed, units=units, actor=actor)
    if not form.is_valid():
        raise NotVisible("training.register")
    given: dict[str, Any] = asked_of(actor, units, form.cleaned_data)
    rows = [
        [
            line.name,
            line.unit,
            line.course_name,
            london_date(line.completed_on) if line.completed_on else "",
            london_date(line.expires_on) if line.expires_on else "",
            str(line.state.label),
        ]
        for line in standings(form.day, state=form.cleaned_data["state"], **given)
    ]
    headings = [_("Officer"), _("Unit"), _("Course"), _("Completed"), _("Expires"), _("State")]
    return Content(Sheet(headings, rows))


def hours(actor: Actor, narrowed: Narrowed) -> Content:
    """How many hours each person learned in the year that ends on the chosen day, the fewest first."""
    units = units_of(actor)
    form = HoursForm(narrowed, units=units)
    if not form.is_valid():
        raise NotVisible("training.hours")
    given: dict[str, Any] = asked_of(actor, units, form.cleaned_data)
    rows = [
        [each.name, each.unit, each.courses, each.other, each.total, each.unseen, each.unknown]
        for each in hours_of(year_to(form.day), **given)
    ]
    headings = [
        _("Officer"),
        _("Unit"),
        _("Hours of courses"),
        _("Other hours"),
        _("Hours in all"),
        _("Of these seen by nobody else"),
        _("Courses whose hours nobody gave"),
    ]
    return Content(Sheet(headings, [[str(cell) for cell in row] for row in rows]))


def results(actor: Actor, narrowed: Narrowed) -> Content:
    """Each row that somebody sent and its result, to mend and send again."""
    made = TrainingImport.objects.filter(force=actor.own_force_id, pk=id_in(narrowed)).first()
    if made is None:
        raise NotVisible(TrainingImport._meta.label)
    rows = [
        [*padded(row["cells"]), str(row["line"]), str(Result(row["result"]).label)]
        for row in made.rows
    ]
    return Content(Sheet([*COLUMNS, *MAY_BE_THERE, "line", "result"], rows))


def proof(actor: Actor, narrowed: Narrowed) -> Content:
    """A certificate or class list, as it is kept."""
    found = Proof.objects.get_visible(actor, pk=id_in(narrowed))
    if not found.may_leave:
        raise Conflict(_("Nobody can download this file now. Its page says why."))

    def link(export: int) -> str:
        return reverse("training:proof-sent", args=[link_for(found, export=export, by=actor)])

    audit.record("training.viewed", by=actor, of=found, page="proof-download")
    return Content(Kept(found.media_type, found.suffix, found.size, found.digest, link))


DOWNLOADS = (
    Download(
        slug="proof",
        words=gettext_lazy("Proof of training"),
        permission=Permission.TRAINING_OWN,
        make=proof,
        back=lambda _narrowed: reverse("training:own"),
        asks=("of",),
    ),
    Download(
        slug="training",
        words=gettext_lazy("Officers and their courses"),
        permission=Permission.TRAINING_TEAM,
        make=register,
        back=lambda _narrowed: reverse("training:register"),
        asks=("unit", "course", "state", "on_day", "on_month", "on_year"),
    ),
    Download(
        slug="training-hours",
        words=gettext_lazy("Officers and their hours of learning"),
        permission=Permission.TRAINING_TEAM,
        make=hours,
        back=lambda _narrowed: reverse("training:hours-team"),
        asks=("unit", "on_day", "on_month", "on_year"),
    ),
    Download(
        slug="training-results",
        words=gettext_lazy("Results of a training import"),
        permission=Permission.TRAINING_RECORD,
        make=results,
        back=lambda narrowed: reverse("training:import-preview", args=[narrowed["of"]]),
        asks=("of",),
        second_look=False,
    ),
)
