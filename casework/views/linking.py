"""The room of the pages about two records of one person."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.permissions import ActorRequest, Permission, requires
from casework import finding
from casework.actions.linking import link, merge, part, unlink
from casework.forms.linking import MERGE, PART, UNLINK, LinkDecisionForm, LinkForm
from casework.models import Case
from casework.views.asking import ask, opened
from victims.models import PersonLink

ACTS = {UNLINK: unlink, MERGE: merge, PART: part}


@requires(Permission.PERSON_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: ActorRequest, reference: str) -> HttpResponse:
    """The records linked with this one, others that may be of the same person, and a way to link one."""
    case = opened(request, reference, "links")
    found = finding.find(finding.of_concern(case), request.actor, besides=case.victim_id)
    audit.searched("case", by=request.actor, shown=[str(row.pk) for row, _why in found.rows])

    def act(other: Case, reason: str) -> None:
        link(case=case, other=other, by=request.actor, reason=reason)

    return ask(
        request,
        case,
        name="links",
        make=partial(
            LinkForm, case=case, by=request.actor, initial={"other": request.GET.get("with", "")}
        ),
        act=act,
        saved=_("Linked. A supervisor can merge them."),
        to="casework:links",
        linked=linked_with(request, case),
        found=found,
    )


@requires(Permission.PERSON_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: ActorRequest, reference: str, link: UUID) -> HttpResponse:
    """Merge, part or unlink, with a reason; a supervisor merges and parts."""
    case = opened(request, reference, "link")
    links = PersonLink.objects.standing().of(case.victim)
    chosen = links.select_related("linked_by", "merged_by").get_visible(request.actor, pk=link)

    def act(decision: str, reason: str) -> None:
        ACTS[decision](case=case, link=chosen, by=request.actor, reason=reason)

    return ask(
        request,
        case,
        name="link",
        make=partial(LinkDecisionForm, link=chosen, by=request.actor),
        act=act,
        saved=_("Saved in the history of both cases."),
        to="casework:links",
        template="casework/link.html",
        link=chosen,
        others=_cases_of(request, chosen, besides=case),
    )


def linked_with(request: ActorRequest, case: Case) -> list[dict[str, Any]]:
    """Each standing link of the person, with the cases on its other side."""
    links = list(
        PersonLink.objects.visible_to(request.actor)
        .standing()
        .of(case.victim)
        .select_related("linked_by", "merged_by")
    )
    people = {
        each.other_id if each.victim_id == case.victim_id else each.victim_id for each in links
    }
    cases = Case.objects.visible_to(request.actor).with_header().filter(victim__in=people)
    by_person: dict[UUID, list[Case]] = {}
    for other in cases:
        by_person.setdefault(other.victim_id, []).append(other)
    return [
        {
            "link": each,
            "cases": by_person.get(each.other_id, []) + by_person.get(each.victim_id, []),
        }
        for each in links
    ]


def _cases_of(request: ActorRequest, link: PersonLink, *, besides: Case) -> list[Case]:
    cases = Case.objects.visible_to(request.actor).with_header()
    return list(
        cases.filter(victim__in=(link.victim_id, link.other_id)).exclude(victim=besides.victim_id)
    )
