"""The room of the quality of the work: cases are drawn at random, and somebody who did not do it reads them."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import Unit
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from casework.models import Case, CaseStatus, DipSample, SampledCase, SampleOf

CLOSED_LATELY = timedelta(days=90)
# Asked of every drawn case; set by the force, no source gives a list.
QUESTIONS: dict[str, Any] = {
    "safe_way": gettext_lazy("Is there a way to reach the person that was checked with them?"),
    "contact": gettext_lazy("Was contact kept as often as it was due?"),
    "needs": gettext_lazy("Were their needs assessed, and support offered?"),
    "national": gettext_lazy("Was the national referral decided in time, whichever way?"),
    "supervised": gettext_lazy("Did a supervisor review the case when it was due?"),
    "ending": gettext_lazy("If it is closed: does the outcome fit what was done?"),
}
ANSWERS = {
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "unknown": gettext_lazy("It cannot be told, or does not apply"),
}


def drawn(seed: str, population: Iterable[str], size: int) -> list[str]:
    """The ids that a seed draws from these, in the order of the draw: those with the smallest digests."""
    return sorted(population, key=lambda each: hashlib.sha256(f"{seed}{each}".encode()).digest())[
        :size
    ]


@transaction.atomic
def draw_sample(*, unit: Unit, of: str, size: int, by: Actor) -> DipSample:
    """So many of the unit's cases that the actor sees are drawn at random; the seed and the list are kept."""
    check(by, Permission.CASE_REVIEW)
    if unit.force_id != by.force_id or not (by.force_wide or unit.pk in by.unit_ids):
        raise Refused(_("You do not look after this unit."), verb="sample.draw")
    at = clocks.now()
    cases = {str(case.pk): case for case in _population(unit, of, by)}
    if not cases:
        raise Conflict(_("There are no such cases to draw from."))
    sample = add(
        DipSample(
            force_id=by.own_force_id,
            unit=unit,
            of=of,
            size=min(size, len(cases)),
            seed=secrets.token_hex(32),
            population=sorted(cases),
            at=at,
            by_id=by.person_id,
        )
    )
    SampledCase.objects.bulk_create(
        SampledCase(
            sample=sample,
            scope_id=cases[key].scope_id,
            case=cases[key],
            place=place,
            owner_id=cases[key].owner_id,
        )
        for place, key in enumerate(drawn(sample.seed, sample.population, sample.size), 1)
    )
    audit.record("sample.drawn", by=by, of=sample, cases=sample.size, among=len(cases))
    return sample


def _population(unit: Unit, of: str, by: Actor) -> list[Case]:
    rows = Case.objects.visible_to(by).filter(unit=unit).only("id", "scope_id", "owner_id")
    if of == SampleOf.CLOSED:
        return list(rows.filter(closed_at__gt=clocks.now() - CLOSED_LATELY))
    return list(rows.exclude(status__in=(CaseStatus.CLOSED, CaseStatus.DRAFT)))


@transaction.atomic
def review_sampled(
    *, sampled: SampledCase, answers: dict[str, str], findings: str, by: Actor
) -> SampledCase:
    """Somebody who does not own the case has read it without names, and says what they found. Once."""
    check(by, Permission.CASE_REVIEW)
    rows = SampledCase.objects.select_for_update(of=("self",))
    sampled = rows.get_visible(by, pk=sampled.pk)
    if sampled.owner_id == by.id:
        raise Refused(
            _("This was your own case. Somebody else must look at the quality of your work."),
            verb="sample.review",
        )
    if sampled.reviewed_at is not None:
        raise Conflict(_("Somebody has looked at it already."))
    if answers.keys() != QUESTIONS.keys() or not set(answers.values()) <= ANSWERS.keys():
        raise Conflict(_("Answer every question."))
    sampled.answers, sampled.findings = answers, findings.strip()
    sampled.reviewed_at, sampled.reviewed_by_id = clocks.now(), by.person_id
    check_row(sampled)
    sampled.save(update_fields=["answers", "findings", "reviewed_at", "reviewed_by"])
    audit.record("sample.reviewed", by=by, of=sampled, no=_noes(answers))
    return sampled


def _noes(answers: dict[str, str]) -> list[str]:
    return sorted(name for name, answer in answers.items() if answer == "no")
