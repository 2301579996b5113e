"""The room of the rules about who holds a case and whether it has a next step."""

from datetime import datetime

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext_lazy as _

from casework.models import Allocation, Contact
from casework.models import Case as PoliceCase
from followups.models import FollowUp
from followups.rules.base import (
    Occurrences,
    Owes,
    Rule,
    Safety,
    after,
    first,
    occurrences_of,
    of_case,
    of_first,
    sent_cases,
)
from pages.answers import Answer
from victims.models import owed_as_child


class NoOwner(Rule):
    """Every open case has an officer who holds it; without one the duty supervisor names one. [force]

    The occurrence is the opening of the case, or the end of the allocation that left it ownerless.
    """

    slug = "no-owner"
    why = _("Nobody owns this case")
    act = _("Choose an owner")
    page = "casework:assign"
    safety = Safety.CHILD
    interrupts = True
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Cases that stand, or stood for a while, without an owner."""
        ended = Allocation.objects.filter(
            case=OuterRef("pk"), ended_at__gt=OuterRef("opened_at")
        ).order_by("-ended_at", "-pk")
        named_later = Allocation.objects.filter(after("ownerless_at", strictly=False))
        cases = (
            sent_cases()
            .annotate(
                left=of_first(ended, "pk"),
                ownerless_at=Greatest(F("opened_at"), of_first(ended, "ended_at")),
            )
            .annotate(
                owned_at=Case(
                    When(
                        owner__isnull=False,
                        then=Coalesce(
                            first(named_later.filter(case=OuterRef("pk"))), F("ownerless_at")
                        ),
                    )
                )
            )
            .exclude(owner__isnull=False, owned_at__lte=F("ownerless_at"))
        )
        whose = of_case() | {"owner_id": Value(None)}
        return occurrences_of(
            cases,
            **whose,
            occurrence=Coalesce(F("left"), F("opening")),
            since=F("ownerless_at"),
            clock=Case(
                When(danger=Answer.YES, then=Value("urgent")),
                When(owed_as_child(), then=Value("child")),
                default=Value("standard"),
            ),
            met_at=F("owned_at"),
        )


class OwnerLeft(Rule):
    """A case whose officer has left is given to another. [force; I2 of features.md]

    The database moves a leaver's caseload at once; this finds what somebody gone was given afterwards.
    """

    slug = "owner-left"
    why = _("The owner of this case has left")
    act = _("Choose another owner")
    page = "casework:assign"
    safety = Safety.CHILD
    interrupts = True
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Allocations to somebody who left before they ended, and cases owned by somebody gone."""
        allocated = Allocation.objects.filter(owner__is_active=False).exclude(
            ended_at__lte=Coalesce(F("owner__left_at"), F("ended_at"))
        )
        current = Allocation.objects.filter(
            case=OuterRef("pk"), owner=OuterRef("owner"), ended_at__isnull=True
        )
        unallocated = PoliceCase.objects.open().filter(~Exists(current), owner__is_active=False)
        nobody = {"owner_id": Value(None)}
        return occurrences_of(
            allocated,
            **(of_case("case") | nobody),
            occurrence=F("pk"),
            since=Greatest(F("owner__left_at"), F("at")),
            met_at=F("ended_at"),
        ).union(
            occurrences_of(
                unallocated,
                **(of_case() | nobody),
                occurrence=F("owner"),
                since=Greatest(F("owner__left_at"), F("logged_at")),
            ),
            all=True,
        )


class OwnerAbsent(Rule):
    """A case whose officer is away is covered by another. [force; I2 of features.md]"""

    slug = "owner-absent"
    reads_at = True
    why = _("The owner is away and nobody covers for them")
    act = _("Choose who covers")
    page = "casework:assign"
    safety = Safety.VICTIM
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Open cases of somebody away without cover; ended by cover, another owner, or their return."""
        missed = Q(owner__absences__ends_at__gt=at, owner__absences__cover__isnull=True)
        ended = Q(ended_at__isnull=True) | Q(ended_at__gt=F("owner__absences__starts_at"))
        known = FollowUp.objects.filter(
            rule=self.slug, subject_id=OuterRef("owner__absences"), occurrence=OuterRef("pk")
        )
        allocations = Allocation.objects.filter(
            ended, missed | Exists(known.open()), owner__absences__starts_at__lte=at
        )
        whose = of_case("case") | {
            "subject_id": F("owner__absences"),
            "owner_id": Value(None),
            "void_at": Least(
                F("case__closed_at"),
                Case(When(owner__absences__ends_at__lte=at, then=F("owner__absences__ends_at"))),
            ),
            "void_reason": Value("back-or-closed"),
        }
        covered = Case(When(owner__absences__cover__isnull=False, then=Value(at, DateTimeField())))
        return occurrences_of(
            allocations,
            **whose,
            occurrence=F("pk"),
            since=Greatest(F("owner__absences__starts_at"), F("at")),
            met_at=Least(F("ended_at"), covered),
        )


class CaseNotOpened(Rule):
    """Whoever is given a case opens it. [features N5]"""

    slug = "case-not-opened"
    why = _("Its owner has not opened this case since it was given to them")
    act = _("Open the case and read it")
    page = "casework:case"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Every allocation; met when its owner, or whoever covers for them, opened the case or did something in it."""
        whose = of_case("case")
        return occurrences_of(
            Allocation.objects.all(),
            **(
                whose
                | {
                    "void_at": Least(whose["void_at"], F("ended_at")),
                    "void_reason": Value("not-theirs-or-closed"),
                }
            ),
            occurrence=F("pk"),
            since=F("at"),
            met_at=F("opened_at"),
        )


class NoNextStep(Rule):
    """Every open case has a dated next step: each contact dates the next one. [force; I1 of features.md]"""

    slug = "no-next-step"
    why = _("No next contact has been planned")
    act = _("Record what happened, and plan the next contact")
    page = "casework:contact"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Every opening of a case; met by the first contact after it."""
        planned = Contact.objects.filter(after("reopened_at"), case=OuterRef("pk"))
        return occurrences_of(
            sent_cases(),
            **of_case(),
            occurrence=F("opening"),
            since=F("opened_at"),
            met_at=first(planned),
        )


class DraftNotSent(Rule):
    """A concern begun is logged or handed on, not left as a draft. [force]"""

    slug = "draft-not-sent"
    why = _("This concern is still a draft")
    act = _("Finish it, or hand it to the duty supervisor")
    page = "casework:concern-all"
    safety = Safety.CHILD

    def occurrences(self, at: datetime) -> Occurrences:
        """Every concern from its first page; met when it is sent or handed on."""
        return occurrences_of(
            PoliceCase.objects.all(),
            **of_case(),
            occurrence=F("pk"),
            since=F("logged_at"),
            met_at=F("sent_at"),
        )
