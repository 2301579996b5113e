"""The room of the pages that log a concern."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import clocks
from accounts import audit
from accounts.permissions import ActorRequest, Permission, requires
from casework import finding
from casework.actions.drafts import drop_draft, take_draft
from casework.actions.logging import (
    hand_to_duty_supervisor,
    refuse_unless_held,
    save_page,
    send_to_duty_supervisor,
    start_concern,
)
from casework.forms.concern import ALL, PAGES, ConcernForm, WordsPage, as_typed, stored_answers
from casework.indicators import in_words
from casework.models import Case, CaseStatus
from casework.promises import do_now, next_steps
from casework.views.drafts import draft_url

CHECK = 5
LEAVE, HAND, LOOK = "leave", "hand", "look"
# The pages that ask for what a person is found by.
NAMED_ON = {"4", ALL}


@requires(Permission.CASE_LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """The first page (or the whole) of a concern that has no reference yet."""
    if request.actor.home_unit_id is None:
        return render(request, "casework/no_unit.html")
    return _ask_or_save(request, ALL if "all" in request.GET else "1", None)


@requires(Permission.CASE_LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ActorRequest, reference: str, page: int) -> HttpResponse:
    """One page of a concern that is still a draft."""
    if page != CHECK and str(page) not in PAGES:
        raise Http404
    return _page_of_draft(request, reference, "" if page == CHECK else str(page))


@requires(Permission.CASE_LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def whole(request: ActorRequest, reference: str) -> HttpResponse:
    """All questions of a concern on one page."""
    return _page_of_draft(request, reference, ALL)


@requires(Permission.CASE_LOG)
@require_POST
def hand(request: ActorRequest, reference: str) -> HttpResponse:
    """The duty supervisor takes it from here."""
    hand_to_duty_supervisor(case=_concern(request, reference), by=request.actor)
    return redirect("casework:concern-sent", reference)


@requires(Permission.CASE_LOG)
@require_safe
def sent(request: ActorRequest, reference: str) -> HttpResponse:
    """Who has it now, what happens by when, and what to do now."""
    case = _concern(request, reference)
    if case.status == CaseStatus.DRAFT:
        return redirect("casework:concern-page", reference, CHECK)
    audit.viewed(case, by=request.actor, page="sent")
    at = clocks.now()
    context = {
        "case": case,
        "at": at,
        "steps": next_steps(case, at),
        "do_now": do_now(case.victim),
        "found": _known(request, finding.of_concern(case), case),
    }
    return render(request, "casework/concern_sent.html", context)


def _concern(request: ActorRequest, reference: str) -> Case:
    cases = Case.objects.select_related("victim", "scope__unit", "scope__force__calendar", "owner")
    return cases.get_visible(request.actor, reference=reference)


def _page_of_draft(request: ActorRequest, reference: str, page: str) -> HttpResponse:
    case = _concern(request, reference)
    if case.status == CaseStatus.DRAFT:
        refuse_unless_held(case, by=request.actor)
    elif request.method != "POST":
        return redirect("casework:case", case.reference)
    return _ask_or_save(request, page, case) if page else _check_and_send(request, case)


def _ask_or_save(request: ActorRequest, page: str, case: Case | None) -> HttpResponse:
    if request.method != "POST":
        return _ask(request, page, case)
    then = request.POST.get("then", "")
    if then == LOOK and page in NAMED_ON:
        return _look(request, page, case)
    form = PAGES[page](request.POST, leaving=then in {LEAVE, HAND})
    if not form.is_valid() and then != HAND:
        return _show(request, page, case, form)
    answers = form.answers()
    if case is None:
        saved = start_concern(concern=_concern_id(request), answers=answers, by=request.actor)
    else:
        saved = save_page(case=case, answers=answers, by=request.actor)
    if page in NAMED_ON:
        finding.note(finding.of_concern(saved))
    drop_draft(form=_draft_name(page), case=case, by=request.actor)
    return _go_on(request, page, saved, then, form.unread())


def _look(request: ActorRequest, page: str, case: Case | None) -> HttpResponse:
    """Who fits what is typed so far; nothing is saved, and nothing typed is lost."""
    typed = as_typed(PAGES[page], request.POST)
    sought = finding.of_answers(typed)
    finding.note(sought)
    found = _known(request, sought, case)
    return _show(request, page, case, PAGES[page](initial=typed), found=found, looked=True)


def _known(request: ActorRequest, sought: finding.Sought, case: Case | None) -> finding.Found:
    """Records that fit, beside the concern's own; who was shown what is on record."""
    found = finding.find(sought, request.actor, besides=case.victim_id if case else None)
    audit.searched(
        "case",
        by=request.actor,
        shown=[str(row.pk) for row, _why in found.rows],
        elsewhere=[str(unit.pk) for unit in found.teams],
    )
    return found


def _go_on(request: ActorRequest, page: str, case: Case, then: str, unread: str) -> HttpResponse:
    if then == HAND:
        hand_to_duty_supervisor(case=case, by=request.actor, unread=unread)
        return redirect("casework:concern-sent", case.reference)
    if then == LEAVE:
        return redirect("/")
    to_check = page == ALL or "check" in request.GET
    return redirect("casework:concern-page", case.reference, CHECK if to_check else int(page) + 1)


def _ask(request: ActorRequest, page: str, case: Case | None) -> HttpResponse:
    form_class = PAGES[page]
    values: dict[str, Any] = {}
    if case is not None:
        audit.viewed(case, by=request.actor, page=f"concern-{page}")
        values = stored_answers(case, list(case.victim.safe_contacts.filter(ended_at=None)))
    typed = take_draft(form=_draft_name(page), case=case, by=request.actor)
    if typed is not None:
        values |= as_typed(form_class, typed.contents)
    concern = typed.contents.get("concern", "") if typed else ""
    return _show(
        request,
        page,
        case,
        form_class(initial=values),
        restored_at=typed.saved_at if typed else None,
        concern=concern,
    )


def _show(
    request: ActorRequest, page: str, case: Case | None, form: ConcernForm, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "page": page,
        "case": case,
        "all": page == ALL,
        "has_details": case is not None and _has_details(case),
        "draft_url": draft_url(_draft_name(page), case),
        "action": _action(page, case, checking="check" in request.GET),
        "back": _back(page, case, "check" in request.GET),
        "checking": "check" in request.GET,
        "looks": page in NAMED_ON,
        "looked": False,
        **more,
    }
    context["concern"] = more.get("concern") or request.POST.get("concern") or str(uuid4())
    return render(
        request, "casework/concern_page.html", context, status=400 if form.errors else 200
    )


def _check_and_send(request: ActorRequest, case: Case) -> HttpResponse:
    if request.method != "POST":
        audit.viewed(case, by=request.actor, page="concern-check")
        rules = list(case.victim.safe_contacts.filter(ended_at=None))
        context = {
            "case": case,
            "signs": in_words(case.indicators),
            "rules": rules,
            "found": _known(request, finding.of_concern(case), case),
        }
        return render(request, "casework/concern_check.html", context)
    then = request.POST.get("then", "")
    if then:
        return _go_on(request, "4", case, then, unread="")
    if case.status == CaseStatus.DRAFT and not case.first_words:
        return _show(request, "3", case, WordsPage({}))
    send_to_duty_supervisor(case=case, by=request.actor)
    return redirect("casework:concern-sent", case.reference)


def _has_details(case: Case) -> bool:
    return any(rule.details for rule in case.victim.safe_contacts.filter(ended_at=None))


def _action(page: str, case: Case | None, *, checking: bool) -> str:
    if case is None:
        return reverse("casework:concern-new") + ("?all=1" if page == ALL else "")
    if page == ALL:
        return reverse("casework:concern-all", args=[case.reference])
    address = reverse("casework:concern-page", args=[case.reference, int(page)])
    return address + ("?check=1" if checking else "")


def _back(page: str, case: Case | None, checking: bool) -> str:
    if case is None or page == "1":
        return "/"
    if checking or page == ALL:
        return reverse("casework:concern-page", args=[case.reference, CHECK])
    return reverse("casework:concern-page", args=[case.reference, int(page) - 1])


def _draft_name(page: str) -> str:
    return f"concern-{page}"


def _concern_id(request: ActorRequest) -> UUID:
    try:
        return UUID(request.POST.get("concern", ""))
    except ValueError:
        return uuid4()
