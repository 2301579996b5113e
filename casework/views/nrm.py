"""The room of the pages of the national form: what is still to answer, section by section."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from accounts.scoping import NotVisible
from casework.actions.account import Overtaken, add_row, save_account
from casework.actions.specialist import (
    TELLING_PARTS,
    ForSpecialists,
    only_specialists_ask,
    owes_reason,
)
from casework.forms.nrm import AccountForm, RowForm, TellingForm
from casework.models import Case, Missing, Situation
from casework.nrm.form import questions
from casework.nrm.homes import HOMES, SITUATION, Field, Kind, Tick, Ways
from casework.nrm.known import learn
from casework.nrm.record import Record, record_of
from casework.nrm.rules import AGE, CONSENT, KINDS, Answers, Branch, applies, gaps
from casework.nrm.sections import SECTIONS, Section, label_of, section
from casework.records import consents_of
from casework.views.asking import ask
from victims.models import ConsentEvent, Purpose, Topic

form_page = require_http_methods(["GET", "HEAD", "POST"])
# Asked on a page beside what the form itself asks: how exactly a date is known, and their word on being named.
BESIDES = {
    "what-happened": tuple(
        (SITUATION, name) for names in Situation.FIELDSETS.values() for name in names
    ),
    "since": (("since", "last_contact_on"),),
    "police": (("police", "agrees_to_be_named"),),
}
# Once answered they decide what else is asked on the same page; elsewhere "if yes" is always asked.
DECIDED = frozenset({AGE, CONSENT})


def opened(request: ActorRequest, reference: str, page: str, *, leaves: bool = False) -> Record:
    """The whole record of the case, or 404; that this person looked at it is on record, and the keys of what leaves."""
    record = record_of(reference, by=request.actor, today=clocks.today())
    officer = request.user if request.user.is_authenticated else None
    learn(record, officer=officer)
    keys = {"keys": sorted(record.out())} if leaves else {}
    audit.viewed(record.case, by=request.actor, page=page, **keys)
    return record


def row_of(request: ActorRequest, record: Record, of: type[Any], pk: UUID) -> Any:
    """What is in the account, or 404; while it is answered also what somebody took out meanwhile.

    The act then says so, and what was typed is kept.
    """
    rows = of.objects.visible_to(request.actor).filter(case=record.case)
    rows = rows if request.method == "POST" else rows.standing()
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(of._meta.label)
    return found


@requires(Permission.CASE_EDIT)
@require_safe
def overview(request: ActorRequest, reference: str) -> HttpResponse:
    """What the Home Office needs, what the record knows of it already, and the gaps first."""
    record = opened(request, reference, "nrm-form")
    out, branch = record.out(), record.branch
    missing = gaps(out, branch)
    context = {
        "case": record.case,
        "branch": str(branch),
        "answered": len(out),
        "all": len(out) + len(missing),
        "open": [task for task in _tasks(out, missing, branch) if task["missing"]],
        "done": [task for task in _tasks(out, missing, branch) if not task["missing"]],
        "conflicting": bool(record.judged_age),
        "may_send": request.actor.can(Permission.NRM_DECIDE),
        "sent": list(record.case.nrm_submissions.select_related("by")),
    }
    return render(request, "casework/nrm_form.html", context)


def _tasks(out: Answers, missing: list[str], branch: Branch) -> Iterable[dict[str, Any]]:
    for each in SECTIONS:
        wanted = [key for key in each.keys if key in missing]
        told = [key for key in each.keys if key in out]
        may = [key for key in each.keys if applies(questions()[key], out, branch)]
        if may:
            words = [label_of(key) for key in wanted if key not in KINDS]
            words += [_("What kind of exploitation")] if set(wanted) & set(KINDS) else []
            yield {"section": each, "missing": len(wanted), "told": len(told), "words": words}


@requires(Permission.CASE_EDIT)
@form_page
def one_section(request: ActorRequest, reference: str, slug: str) -> HttpResponse:
    """The questions of one section, as far as they are asked of this person."""
    shown = section(slug)
    if shown is None:
        raise Http404
    record = opened(request, reference, f"nrm-{slug}")
    return _ask(request, record, shown, row=None)


@requires(Permission.CASE_EDIT)
@form_page
def situation(request: ActorRequest, reference: str, row: UUID) -> HttpResponse:
    """One situation of several, told for itself."""
    record = opened(request, reference, "nrm-situation")
    shown = section("what-happened")
    if shown is None:
        raise Http404
    return _ask(request, record, shown, row=row_of(request, record, Situation, row))


@requires(Permission.CASE_EDIT)
@require_POST
def situation_new(request: ActorRequest, reference: str) -> HttpResponse:
    """One situation more, empty until it is told."""
    record = record_of(reference, by=request.actor, today=clocks.today())
    if not record.situations:
        add_row(case=record.case, by=request.actor, of=Situation)
    added = add_row(case=record.case, by=request.actor, of=Situation)
    messages.success(request, _("Added. Say what is known of this situation."))
    return redirect("casework:nrm-situation", record.case.reference, added.pk)


def _ask(
    request: ActorRequest, record: Record, shown: Section, *, row: Situation | None
) -> HttpResponse:
    asked = BESIDES["what-happened"] if row is not None else tuple(_asked(record, shown))
    case = record.case
    told = bool(TELLING_PARTS & {part for part, _name in asked})
    topics, owed = left_to_specialists(request, case) if told else ([], [])

    def make(*args: Any) -> AccountForm:
        return AccountForm(
            *args, record=record, asked=asked, known=_known(record), row=row, owed=owed
        )

    def act(**answers: Any) -> None:
        parts = _named_row(answers, row) if row is not None else answers
        save_account(case=case, by=request.actor, **parts)

    number = _number(record, row) if row is not None else 0
    return ask(
        request,
        case,
        name=f"nrm-situation-{row.pk}" if row is not None else f"nrm-{shown.slug}",
        make=make,
        act=partial(refusing, request, case, act),
        saved=_("Saved."),
        to="casework:nrm-form",
        template="casework/nrm_section.html",
        explain=explain,
        section=shown,
        number=number,
        record=record,
        branch=str(record.branch),
        topics=topics,
        reasons=Missing.choices,
        consents=_decided(case, request.actor) if shown.slug == "consent" else [],
    )


def left_to_specialists(
    request: ActorRequest, case: Case
) -> tuple[list[dict[str, Any]], list[str]]:
    """About which topics only a specialist asks, and for which of them this officer owes a reason."""
    marks = only_specialists_ask(case, request.actor)
    topics = [{"topic": Topic(mark.topic), "mark": mark} for mark in marks]
    return topics, owes_reason(case, request.actor, marks)


def refusing(request: ActorRequest, case: Case, act: Callable[..., object], **answers: Any) -> None:
    """Act; what is left to a specialist is refused, the refusal is on record, and what was typed is kept."""
    try:
        act(**answers)
    except ForSpecialists as refusal:
        audit.refused(refusal.verb, by=request.actor, case=case.pk.hex)
        raise Conflict(refusal.sentence) from refusal


def explain(form: forms.Form, clash: Conflict) -> list[str]:
    """Why nothing was saved, said at the question where there is one."""
    if isinstance(clash, Overtaken) and isinstance(form, AccountForm | RowForm):
        return form.read_again(clash)
    if isinstance(clash.__cause__, ForSpecialists) and isinstance(form, TellingForm):
        return form.refused(clash.sentence)
    return [clash.sentence, *clash.fields]


def _number(record: Record, row: Situation) -> int:
    numbers = {each.pk: number for number, each in enumerate(record.situations, 1)}
    return numbers.get(row.pk, row.position)


def _decided(case: Case, by: Actor) -> list[ConsentEvent]:
    decisions = consents_of(case, by).about(Purpose.NRM)
    return list(decisions.select_related("explained_by"))


def _named_row(answers: dict[str, Any], row: Situation) -> dict[str, Any]:
    """The same answers, for this situation and not for the first one."""
    name = f"{SITUATION}:{row.pk}"
    return answers | {
        "changes": {name: answers["changes"].get(SITUATION, {})},
        "whys": {name: answers["whys"].get(SITUATION, {})},
        "seen": {
            place.replace(SITUATION, name, 1): mark for place, mark in answers["seen"].items()
        },
    }


def _asked(record: Record, shown: Section) -> Iterable[tuple[str, str]]:
    """The fields that hold the section's answers, those that no answer elsewhere rules out."""
    if shown.slug == "what-happened" and len(record.situations) > 1:
        yield "exploitation", "several"
        return
    out, branch, seen = record.out(), record.branch, set()
    here = set(shown.keys)
    for key in shown.keys:
        if not _may_be_asked(key, here, out, branch):
            continue
        for place in _places(key):
            if place not in seen:
                seen.add(place)
                yield place
    for place in BESIDES.get(shown.slug, ()):
        if place not in seen:
            yield place


def _may_be_asked(key: str, here: set[str], out: Answers, branch: Branch) -> bool:
    question = questions()[key]
    if key == "when-did-the-exploitation-take-place-multiple" and key not in out:
        return False
    if branch is Branch.ANONYMOUS and not applies(question, out, branch):
        return False
    return not question.when or any(
        all(
            (on in here and not (on in DECIDED and on in out)) or _is_one_of(out.get(on), values)
            for on, values in alternative.items()
        )
        for alternative in question.when
    )


def _is_one_of(answer: Any, values: tuple[str, ...]) -> bool:
    given = answer if isinstance(answer, list) else [answer]
    return any(value in values for value in given)


def _places(key: str) -> list[tuple[str, str]]:
    home = HOMES[key]
    if isinstance(home, Field | Tick):
        return [(home.part, home.name)]
    if isinstance(home, Ways):
        return [(home.part, home.email), (home.part, home.post)]
    return [(SITUATION, "kinds")] if isinstance(home, Kind) else []


def _known(record: Record) -> dict[tuple[str, str], Any]:
    """What is known from elsewhere, in our own codes, for the boxes that are still empty."""
    return {
        (home.part, home.name): home.ours(answer)
        for key, answer in record.known.items()
        if isinstance(home := HOMES[key], Field) and isinstance(answer, str)
    }
