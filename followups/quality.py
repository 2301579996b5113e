"""The room of the pages of a dip-sample: cases are drawn, and read without a name, a place or a word of anybody."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import ActorRequest, Permission, requires
from casework.actions import quality
from casework.models import (
    Case,
    CaseStatus,
    ClosingOutcome,
    ContactOutcome,
    DipSample,
    SampledCase,
    SampleOf,
)
from followups.models import FollowUp, FollowUpState
from followups.rules import RULES
from followups.team import units_of
from pages.forms import Radios
from referrals.models import SupportReferral
from victims.models import RiskLevel

A_PAGE = 20


class DrawForm(forms.Form):
    """Of which unit, from which cases, and how many."""

    unit = forms.ChoiceField(label=gettext_lazy("Which unit?"))
    of = forms.ChoiceField(
        label=gettext_lazy("From which cases?"),
        choices=SampleOf.choices,
        widget=Radios,
        error_messages={"required": gettext_lazy("Select from which cases")},
    )
    size = forms.IntegerField(
        label=gettext_lazy("How many cases?"),
        min_value=1,
        max_value=50,
        initial=5,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Enter how many cases"),
            "invalid": gettext_lazy("How many cases must be a number"),
            "min_value": gettext_lazy("Draw between 1 and 50 cases"),
            "max_value": gettext_lazy("Draw between 1 and 50 cases"),
        },
    )

    def __init__(self, *args: object, units: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ChoiceField)
        unit.choices = units


class FoundForm(forms.Form):
    """What somebody found in a drawn case."""

    findings = forms.CharField(
        label=gettext_lazy("What did you find, and what must change?"),
        help_text=gettext_lazy("You do not know whose case it is. Name nobody."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Enter what you found")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, words in quality.QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=words,
                choices=list(quality.ANSWERS.items()),
                widget=Radios(inline=True),
                error_messages={"required": _("Answer: %s") % words},
            )
        self.order_fields([*quality.QUESTIONS, "findings"])

    def answers(self) -> dict[str, str]:
        """The answers, by question."""
        return {name: self.cleaned_data[name] for name in quality.QUESTIONS}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CASE_REVIEW)
def samples(request: ActorRequest) -> HttpResponse:
    """The draws of one's units, and how to draw anew."""
    units = list(units_of(request.actor))
    form = DrawForm(request.POST or None, units=[(unit.slug, unit.name) for unit in units])
    status = 400 if form.is_bound else 200
    if form.is_valid():
        (unit,) = [each for each in units if each.slug == form.cleaned_data["unit"]]
        try:
            made = quality.draw_sample(
                unit=unit,
                of=form.cleaned_data["of"],
                size=form.cleaned_data["size"],
                by=request.actor,
            )
        except Conflict as clash:
            form.add_error(None, clash.sentence)
            status = 409
        else:
            return redirect("followups:sample", made.pk)
    rows = (
        DipSample.objects.visible_to(request.actor)
        .defer("population")
        .select_related("unit", "by")
        .annotate(done=Count("cases", filter=Q(cases__reviewed_at__isnull=False)))
        .order_by("-at", "pk")
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    audit.searched("sample", by=request.actor, shown=[str(row.pk) for row in page])
    context = {"form": form, "page": page, "units": units}
    return render(request, "followups/samples.html", context, status=status)


@require_http_methods(["GET", "HEAD"])
@requires(Permission.CASE_REVIEW)
def sample(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One draw: how it was made, whether it comes out the same again, and how far its cases are."""
    found = _sample(request.actor, pk)
    rows = SampledCase.objects.visible_to(request.actor).filter(sample=found)
    cases = list(rows.select_related("reviewed_by").order_by("place"))
    again = quality.drawn(found.seed, found.population, found.size)
    audit.viewed(found, by=request.actor)
    context = {
        "sample": found,
        "cases": cases,
        "among": len(found.population),
        "same": all(str(row.case_id) == again[row.place - 1] for row in cases),
        "sums": [
            (words, Counter(row.answers.get(name) for row in cases if row.answers))
            for name, words in quality.QUESTIONS.items()
        ],
    }
    return render(request, "followups/sample.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CASE_REVIEW)
def sampled(request: ActorRequest, pk: UUID, place: int) -> HttpResponse:
    """One drawn case in numbers and codes, and the questions about its quality."""
    found = _sample(request.actor, pk)
    rows = SampledCase.objects.select_related("case__victim", "reviewed_by")
    row = rows.get_visible(request.actor, sample=found, place=place)
    form = FoundForm(request.POST or None)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            quality.review_sampled(
                sampled=row,
                answers=form.answers(),
                findings=form.cleaned_data["findings"],
                by=request.actor,
            )
        except Conflict as clash:
            form.add_error(None, clash.sentence)
            status = 409
        else:
            messages.success(request, _("Saved."))
            return redirect("followups:sample", pk)
    audit.viewed(row.case, by=request.actor, page="sample")
    context = {
        "sample": found,
        "row": row,
        "form": form,
        "facts": facts_of(row.case, request.actor),
        "own": row.owner_id == request.actor.id,
        "answers": [
            (words, quality.ANSWERS.get(row.answers.get(name, ""), ""))
            for name, words in quality.QUESTIONS.items()
        ],
    }
    return render(request, "followups/sampled.html", context, status=status)


def _sample(actor: Actor, pk: UUID) -> DipSample:
    rows = DipSample.objects.visible_to(actor).select_related("unit", "by")
    if (found := rows.filter(pk=pk).first()) is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Facts:
    """A case without a name, a place, a word or a reference: what was done, how often, and how long it took."""

    person: list[tuple[str, str]]
    work: list[tuple[str, str]]
    late: list[tuple[str, int]]


def facts_of(case: Case, by: Actor) -> Facts:
    """The case in numbers and codes."""
    at = case.closed_at or clocks.now()
    victim, began = case.victim, case.sent_at or case.logged_at
    contacts = list(
        case.contacts.reached_from(case=case).order_by("at").values_list("at", "outcome")
    )
    told = Counter(outcome for _at, outcome in contacts)
    times = [began, *(moment for moment, how in contacts if how == ContactOutcome.SPOKE), at]
    longest = max((later - earlier).days for earlier, later in pairwise(times))
    owed = FollowUp.objects.visible_to(by).filter(case=case)
    states = Counter(owed.values_list("state", flat=True))
    late = Counter(
        owed.filter(
            Q(state=FollowUpState.MET_LATE) | Q(state=FollowUpState.OPEN, due_at__lt=at)
        ).values_list("rule", flat=True)
    )
    referrals = (
        SupportReferral.objects.visible_to(by).filter(case=case).values_list("status", flat=True)
    )
    outcome = case.closures.filter(agreed=True).values_list("outcome", flat=True).first()
    person = [
        (_("Age"), _("Under 18, or perhaps") if victim.is_child else _("Adult")),
        (_("Interpreter"), str(victim.get_interpreter_display())),
        (_("Risk"), str(RiskLevel(victim.risk).label)),
    ]
    days = _("%d days") % (at - began).days
    work = [
        (_("Closed after") if case.status == CaseStatus.CLOSED else _("Open for"), days),
        (_("Spoke with them"), str(told[ContactOutcome.SPOKE])),
        (_("Other tries"), str(len(contacts) - told[ContactOutcome.SPOKE])),
        (_("Longest time without speaking"), _("%d days") % longest),
        (_("Supervisor's reviews"), str(case.reviews.count())),
        (_("Owners"), str(case.allocations.count())),
        (_("Support referrals"), _counted(referrals)),
        (_("Done in time"), str(states[FollowUpState.MET])),
        (_("Done late"), str(states[FollowUpState.MET_LATE])),
        (_("Owed now"), str(states[FollowUpState.OPEN])),
    ]
    if outcome:
        work.append((_("Outcome"), str(ClosingOutcome(outcome).label)))
    return Facts(person, work, [(str(RULES[rule].act), n) for rule, n in late.most_common()])


def _counted(statuses: object) -> str:
    found = Counter(statuses)  # type: ignore[call-overload]
    return (
        ", ".join(f"{status.replace('_', ' ')}: {n}" for status, n in sorted(found.items())) or "0"
    )
