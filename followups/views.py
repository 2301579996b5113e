"""The room of the pages of work: home, my work, the team's queue, one duty, cracks, me, the rules, the outbox."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts import audit
from accounts.actors import Actor, ActorKind
from accounts.errors import Conflict, Refused
from accounts.models import Unit, User
from accounts.permissions import ActorRequest, Permission, Role, requires
from casework.models import Case, CaseStatus
from clocks.models import Deadline
from followups import actions, cracks, desk, health, nightly, queues, team, tonight
from followups.doors import door
from followups.escalations import NOT_ESCALATED, escalations, who_could
from followups.forms import AcknowledgeForm, HandoverForm, RePlanForm
from followups.models import (
    OWED,
    Crack,
    FollowUp,
    HeldSweep,
    Notice,
    NoticeChannel,
    OutboxMessage,
)
from followups.rules import RULES, of, why

FEW = 5


@require_safe
@requires(Permission.HOME_VIEW)
def home(request: ActorRequest) -> HttpResponse:
    """The first page: log a concern, the few most urgent things, what was begun, whom to phone."""
    if request.actor.kind is ActorKind.AGENCY:
        answers = request.actor.can(Permission.AGENCY_INBOX)
        return redirect("referrals:inbox" if answers else "accounts:team")
    at = clocks.now()
    mine = queues.held(request.actor)
    drafts = _drafts(request.actor)
    unit = Unit.objects.filter(people=request.actor.person_id).first()
    rows = queues.work_rows(mine[:FEW], at, request.actor)
    audit.searched("work", by=request.actor, shown=[row.reference for row in rows])
    return render(
        request,
        "followups/home.html",
        {
            "rows": rows,
            "total": mine.count(),
            "drafts": drafts,
            "unit": unit,
            "may_log": request.actor.can(Permission.CASE_LOG),
            "may_work": request.actor.can(Permission.WORK_VIEW),
            "may_explain": request.actor.can(Permission.FOLLOWUP_ACKNOWLEDGE),
            "may_queue": request.actor.can(Permission.QUEUE_VIEW),
        },
    )


@require_safe
@requires(Permission.WORK_VIEW)
def work(request: ActorRequest) -> HttpResponse:
    """Everything that this person (or somebody they cover for) holds, and what waits for others."""
    at = clocks.now()
    shown = Paginator(queues.held(request.actor), queues.ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    rows = queues.work_rows(shown, at, request.actor)
    others = queues.waiting_for_others(request.actor)[:FEW]
    waiting = queues.work_rows(others, at, request.actor)
    named = queues.work_rows(queues.taken_on(request.actor, at), at, request.actor)
    audit.searched("work", by=request.actor, shown=[row.reference for row in (*rows, *named)])
    context = {
        "rows": rows,
        "page": shown,
        "waiting": waiting,
        "taken_on": named,
        "at": at,
        "may_explain": request.actor.can(Permission.FOLLOWUP_ACKNOWLEDGE),
        "may_read_rules": request.actor.can(Permission.RULES_VIEW),
    }
    return render(request, "followups/work.html", context)


@require_safe
@requires(Permission.QUEUE_VIEW)
def queue(request: ActorRequest) -> HttpResponse:
    """The supervisor's queue: what needs action, why, by when; its counts equal the lists behind them."""
    at = clocks.now()
    chosen = team.view_named(request.GET.get("view", "all"))
    units = team.chosen_units(request.actor, request.GET.get("unit", ""))
    board = _board(request, units, chosen.slug, at)
    shown = [row.reference for row in board.rows] if board else []
    audit.searched("queue", by=request.actor, shown=shown, view=chosen.slug)
    context = {
        "board": board,
        "rows": [vars(row) for row in board.rows] if board else [],
        "chosen": chosen,
        "views": team.links(board, chosen) if board else [],
        "narrowed": urlencode({"view": chosen.slug, "unit": request.GET.get("unit", "")}),
        "units": units,
        "officers": _officers(units)
        if board and any(row.needs_owner for row in board.rows)
        else [],
        "may_compare": request.actor.can(Permission.LISTS_COMPARE),
        "at": at,
    }
    return render(request, "followups/queue.html", context, status=200 if board else 503)


@require_safe
@requires(Permission.QUEUE_VIEW)
def start_of_shift(request: ActorRequest) -> HttpResponse:
    """The desk: who is most likely to be lost tonight and why, who holds what, what changed hands, what waits for one.

    A part that could not be asked says so; it is never shown as empty.
    """
    at, actor = clocks.now(), request.actor
    units = team.chosen_units(actor, request.GET.get("unit", ""))
    days = units[0].force.calendar.working_days() if units else None
    mine = team.Team(actor, [unit.pk for unit in units], days, at)
    weighed = desk.asked(lambda: desk.weigh(mine))
    people = weighed.people if weighed else desk.asked(lambda: tonight.likely_lost(mine))
    steps = desk.asked(lambda: desk.next_steps(people or [], actor, at))
    parts = {
        "workload": weighed.workload if weighed else desk.asked(lambda: desk.workload(mine)),
        "moves": desk.asked(lambda: desk.changed_hands(mine)),
        "signatures": desk.asked(lambda: desk.second_signatures(actor, at)),
        "handovers": desk.asked(lambda: desk.handovers(mine)),
    }
    audit.searched("desk", by=actor, shown=[person.reference for person in people or []])
    context = parts | {
        "people": people,
        "with_steps": [(person, (steps or {}).get(person.case_id)) for person in people or []],
        "steps_unasked": steps is None,
        "signs": tonight.SIGNS,
        "version": tonight.VERSION,
        "units": units,
        "all_units": team.units_of(actor),
        "may_see_people": actor.can(Permission.PEOPLE_VIEW),
        "may_review": actor.can(Permission.CASE_REVIEW),
        "may_move": actor.can(Permission.CASE_ASSIGN),
        "me": actor.id,
        "at": at,
    }
    failed = people is None or steps is None or None in parts.values()
    return render(request, "followups/desk.html", context, status=503 if failed else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.QUEUE_VIEW)
def hand_over(request: ActorRequest) -> HttpResponse:
    """At the end of a shift: what the next supervisor of a unit must know."""
    units = list(team.units_of(request.actor))
    asked = request.POST.get("unit") or request.GET.get("unit", "")
    home = next((unit for unit in units if unit.pk == request.actor.home_unit_id), None)
    unit = next(
        (each for each in units if each.slug == asked), home or (units[0] if units else None)
    )
    form = HandoverForm(request.POST or None)
    if unit and form.is_valid():
        actions.hand_over(unit=unit, words=form.cleaned_data["words"], by=request.actor)
        messages.success(
            request, _("Handed over. It stands on the desk until somebody has read it.")
        )
        return redirect("followups:desk")
    context = {"form": form, "unit": unit, "units": units}
    status = 400 if form.is_bound else 200
    return render(request, "followups/handover.html", context, status=status)


@require_POST
@requires(Permission.QUEUE_VIEW)
def handover_read(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Whoever looks after the unit now has read what was left for them."""
    actions.read_handover(handover_id=pk, by=request.actor)
    messages.success(request, _("Saved. You have read it."))
    return redirect("followups:desk")


def _board(request: ActorRequest, units: list[Unit], slug: str, at: datetime) -> team.Board | None:
    days = units[0].force.calendar.working_days() if units else None
    asked = team.Team(request.actor, [unit.pk for unit in units], days, at)
    try:
        with transaction.atomic():
            return team.board(asked, slug, request.GET.get("page"))
    except DatabaseError:
        return None  # the page says that it could not check; never an empty list


def _officers(units: list[Unit]) -> QuerySet[User]:
    return (
        User.objects.active()
        .filter(unit__in=units, roles__role=Role.INVESTIGATOR)
        .only("name")
        .distinct()
    )


def _drafts(actor: Actor) -> QuerySet[Case]:
    return Case.objects.visible_to(actor).filter(status=CaseStatus.DRAFT, owner=actor.id)[:FEW]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FOLLOWUP_ACKNOWLEDGE)
def followup(request: ActorRequest, pk: UUID) -> HttpResponse:
    """How one duty was worked out, who was told and when; the ways to move its time and to say who does it."""
    owed = _owed(request.actor, pk)
    form = RePlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.replan(
                followup_id=pk,
                due_at=form.due_at(),
                reason=form.cleaned_data["reason"],
                by=request.actor,
            )
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        except Refused as refused:
            audit.refused(refused.verb, by=request.actor, followup=str(pk))
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The time is moved. The next sweep takes it over."))
            return redirect("followups:followup", pk=pk)
    return _duty_page(request, owed, form)


@require_POST
@requires(Permission.FOLLOWUP_ACKNOWLEDGE)
def acknowledge(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Whoever something late went up to says who does it, what next and by when."""
    owed = _owed(request.actor, pk)
    form = _acknowledge_form(request, owed, request.POST)
    if form.is_valid():
        try:
            actions.acknowledge(
                followup_id=pk,
                doer=UUID(form.cleaned_data["doer"]),
                what_next=form.cleaned_data["what_next"],
                until=form.until(clocks.now()),
                by=request.actor,
            )
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            messages.success(request, _("Saved. Nobody else is told until then."))
            return redirect("followups:followup", pk=pk)
    return _duty_page(request, owed, RePlanForm(), form)


def _owed(actor: Actor, pk: UUID) -> FollowUp:
    rows = FollowUp.objects.select_related("case", "holder", "deadline", "force__calendar")
    return rows.get_visible(actor, pk=pk)


def _acknowledge_form(
    request: ActorRequest, owed: FollowUp, data: QueryDict | None = None
) -> AcknowledgeForm:
    people = who_could(owed, request.actor, clocks.now())
    return AcknowledgeForm(data, people=people)


def _duty_page(
    request: ActorRequest,
    owed: FollowUp,
    form: RePlanForm,
    answer: AcknowledgeForm | None = None,
) -> HttpResponse:
    at = clocks.now()
    gone_up = escalations([owed.pk], request.actor, at).get(owed.pk, NOT_ESCALATED)
    if answer is None and owed.state in OWED and gone_up.wanted:
        answer = _acknowledge_form(request, owed)
    audit.viewed(owed, by=request.actor, rule=owed.rule)
    context = {
        "owed": owed,
        "blocks_closing": of(owed).blocks_closing,
        "step": {"act": of(owed).act, "door": door(owed, request.actor)},
        "why": why(owed),
        "steps": owed.steps.prefetch_related("notices__person"),
        "taken_on": owed.acknowledgements.select_related("by", "doer"),
        "answer": answer,
        "replans": owed.replans.select_related("by"),
        "form": form,
        "may_replan": request.actor.can(Permission.FOLLOWUP_REPLAN),
        "may_move": actions.may_move(owed, by=request.actor) or form.errors,
        "latest": None
        if request.actor.can(Permission.QUEUE_VIEW)
        else actions.latest_move(owed, at),
        "at": at,
    }
    status = 422 if form.errors or (answer and answer.errors) else 200
    return render(request, "followups/followup.html", context, status=status)


@require_safe
@requires(Permission.TRAINING_OWN)
def me(request: ActorRequest) -> HttpResponse:
    """What was sent to this person, their training, when they are away."""
    told = (
        Notice.objects.filter(person=request.actor.id, channel=NoticeChannel.PAGE)
        .select_related("step")
        .order_by("-made_at", "pk")
    )
    at = clocks.now()
    shown = Paginator(told, queues.ROWS_A_PAGE).get_page(request.GET.get("page"))
    sent, about = queues.ways_sent(shown, at), queues.seen_by(shown, request.actor)
    audit.record("notices.viewed", by=request.actor, count=len(shown.object_list))
    context = {
        "lines": [
            queues.told_line(
                notice, about.get(notice.step.followup_id), sent.get(notice.step_id, [])
            )
            for notice in shown
        ],
        "page": shown,
        "user": request.user,
        "may_explain": request.actor.can(Permission.FOLLOWUP_ACKNOWLEDGE),
        "at": at,
    }
    return render(request, "followups/me.html", context)


@require_safe
@requires(Permission.AGENCY_INBOX)
def told(request: ActorRequest) -> HttpResponse:
    """What an agency's worker was sent, and how far it got. What it was about is in their inbox."""
    at = clocks.now()
    sent = Notice.objects.filter(person=request.actor.id).select_related("step")
    shown = Paginator(sent.order_by("-made_at", "channel", "pk"), queues.ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    audit.record("notices.viewed", by=request.actor, count=len(shown.object_list))
    lines = [
        (notice, queues.said_to_agency(notice.step), queues.how_far(notice, at)) for notice in shown
    ]
    return render(request, "followups/told.html", {"lines": lines, "page": shown, "at": at})


@require_safe
@requires(Permission.RULES_VIEW)
def rules(request: ActorRequest) -> HttpResponse:
    """Every rule: what it watches, how long is allowed, who says so and whether that is law."""
    today = clocks.today()
    deadlines: dict[str, list[Deadline]] = {}
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    for deadline in Deadline.objects.filter(in_force, valid_from__lte=today).order_by(
        "rule", "clock", "nation"
    ):
        deadlines.setdefault(deadline.rule, []).append(deadline)
    tallies = queues.tallies(request.actor, clocks.now())
    lines = [
        queues.rule_line(rule, deadlines.get(slug, []), tallies.get(slug, queues.Tally()))
        for slug, rule in RULES.items()
    ]
    context = {"lines": lines, "may_take": request.actor.can(Permission.QUEUE_VIEW)}
    return render(request, "followups/rules.html", context)


@require_safe
@requires(Permission.CRACKS_VIEW)
def cracks_report(request: ActorRequest) -> HttpResponse:
    """The report that must read zero, as far as this person may see its rows."""
    lines = cracks.report(clocks.now())
    audit.record("cracks.viewed", by=request.actor)
    kept = {row.line: row for row in Crack.objects.filter(ended_at=None)}
    context = {
        "lines": [(line, kept.get(line.slug)) for line in lines],
        "total": sum(line.count for line in lines),
        "made_at": nightly.made_at(),
        "at": clocks.now(),
    }
    return render(request, "followups/cracks.html", context)


@require_safe
@requires(Permission.CRACKS_VIEW)
def failing(request: ActorRequest) -> HttpResponse:
    """Rules that could not be asked, what could not be worked out, and sweeps that wait for a person."""
    rows = queues.not_worked_out(request.actor)
    shown = Paginator(rows, queues.ROWS_A_PAGE).get_page(request.GET.get("page"))
    audit.record("failing.viewed", by=request.actor, count=len(shown.object_list))
    context = {
        "failures": health.failures(),
        "page": shown,
        "held": [
            (row, RULES[row.rule])
            for row in HeldSweep.objects.filter(force=request.actor.force_id, released_at=None)
            if row.rule in RULES
        ],
        "may_release": request.actor.can(Permission.SWEEP_RELEASE),
    }
    return render(request, "followups/failing.html", context)


@require_POST
@requires(Permission.SWEEP_RELEASE)
def release(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Somebody looked at a held sweep and lets it drop what its rule no longer says."""
    try:
        actions.release_held(held_id=pk, by=request.actor)
    except Conflict as conflict:
        messages.error(request, conflict.sentence)
    else:
        messages.success(request, _("Let go. The next sweep drops them, within a minute."))
    return redirect("followups:failing")


@require_safe
@requires(Permission.HOME_VIEW)
def outbox(request: ActorRequest) -> HttpResponse:
    """In the demo: the e-mails that would have been sent. Elsewhere there is no such page."""
    if not settings.DEMO:
        raise Http404
    shown = Paginator(OutboxMessage.objects.all(), queues.ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "followups/outbox.html", {"page": shown})


@require_safe
@requires(Permission.QUEUE_VIEW)
def undelivered(request: ActorRequest) -> HttpResponse:
    """Messages that did not reach somebody about what is still owed, each with the way to try again."""
    lines = queues.undelivered(request.actor)
    shown = Paginator(lines, queues.ROWS_A_PAGE).get_page(request.GET.get("page"))
    audit.record("undelivered.viewed", by=request.actor, count=len(shown.object_list))
    context = {
        "lines": [queues.undelivered_line(row) for row in shown],
        "page": shown,
        "sign_ins": queues.sign_ins_untold(request.actor)[: queues.ROWS_A_PAGE],
    }
    return render(request, "followups/undelivered.html", context)


@require_POST
@requires(Permission.QUEUE_VIEW)
def send_again(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A message that did not reach somebody is tried again."""
    try:
        actions.send_again(notice_id=pk, by=request.actor)
    except Conflict as conflict:
        messages.error(request, conflict.sentence)
    else:
        messages.success(request, _("It will be sent again within a minute."))
    return redirect("followups:undelivered")


@require_safe
@requires(Permission.CASE_VIEW)
def case_reminders(request: ActorRequest, reference: str) -> HttpResponse:
    """Who was told what about a case, when, and how far each message got."""
    case = Case.objects.with_header().get_visible(request.actor, reference=reference)
    audit.viewed(case, by=request.actor, page="reminders")
    told = (
        Notice.objects.filter(step__followup__case=case)
        .select_related("person", "step__followup")
        .order_by("-made_at", "person__name", "channel", "pk")
    )
    shown = Paginator(told, queues.ROWS_A_PAGE).get_page(request.GET.get("page"))
    lines = [(notice, why(notice.step.followup)) for notice in shown]
    context = {"case": case, "at": clocks.now(), "page": shown, "lines": lines}
    return render(request, "followups/case_reminders.html", context)
