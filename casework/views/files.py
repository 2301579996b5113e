"""The room of the pages on which files are added to a case, looked up, and given out."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import clocks
from accounts import audit
from accounts.clamd import DEMO
from accounts.errors import Conflict
from accounts.kept_files import FileStatus, answer_with
from accounts.media import words
from accounts.permissions import ActorRequest, Permission, requires, takes_files
from accounts.scoping import NotVisible
from casework.actions import files as act
from casework.forms.files import DealtWithForm, FileForm, TakeOutForm
from casework.models import Case, CaseFile, CaseStatus, SaysWhere
from casework.views.asking import opened

form_page = require_http_methods(["GET", "HEAD", "POST"])
FORMS: dict[str, type[forms.Form]] = {"dealt-with": DealtWithForm, "take-out": TakeOutForm}


@takes_files(Permission.FILE_ADD)
@requires(Permission.CASE_VIEW)
@form_page
def files(request: ActorRequest, reference: str) -> HttpResponse:
    """Every file of the case, newest first, and the way to add one."""
    case = Case.objects.with_header().get_visible(request.actor, reference=reference)
    form, status = FileForm(), 200
    if request.method == "POST":
        form, status = FileForm(request.POST, request.FILES), 400
        if form.is_valid():
            try:
                act.add_file(case=case, by=request.actor, **_given(form))
            except Conflict as conflict:
                form.add_error("file", conflict.sentence)
                status = 409
            else:
                messages.success(
                    request, _("Added. It can be downloaded once the virus scanner has checked it.")
                )
                return redirect("casework:files", reference)
    rows = list(CaseFile.objects.visible_to(request.actor).filter(case=case).select_related("by"))
    audit.viewed(case, by=request.actor, page="files", shown=[str(row.pk) for row in rows])
    context = {
        "case": case,
        "at": clocks.now(),
        "form": form,
        "files": rows,
        "may_add": case.status != CaseStatus.CLOSED and request.actor.can(Permission.FILE_ADD),
        "takes": ", ".join(words()),
        "most": settings.FILES_MOST,
        "is_demo": settings.CLAMD == DEMO,
    }
    return render(request, "casework/files.html", context, status=status)


def _given(form: FileForm) -> dict[str, Any]:
    upload = form.cleaned_data["file"]
    return {
        "kind": form.cleaned_data["kind"],
        "words": form.cleaned_data["words"],
        "name": upload.name or "",
        "content": upload.file,
    }


@requires(Permission.CASE_VIEW)
@form_page
def file(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One file: what it is, what the scanner said, whether it says where it was made; the ways to give it out."""
    rows = CaseFile.objects.select_related("by", "case", "dealt_with_by", "taken_out_by")
    found = rows.get_visible(request.actor, pk=pk)
    case = opened(request, found.case.reference, "file")
    audit.viewed(found, by=request.actor)
    shown = {name: form() for name, form in FORMS.items()}
    status = 200
    if request.method == "POST":
        asked = request.POST.get("act", "")
        if asked not in FORMS:
            raise NotVisible("act")
        form = shown[asked] = FORMS[asked](request.POST)
        status = 400
        if form.is_valid():
            try:
                _do(request, found, asked, form)
            except Conflict as conflict:
                form.add_error(None, conflict.sentence)
                status = 409
            else:
                messages.success(request, _("Saved."))
                return redirect("casework:file", pk)
    return render(request, "casework/file.html", _shown(request, case, found, shown), status=status)


def _do(request: ActorRequest, found: CaseFile, asked: str, form: forms.Form) -> None:
    if asked == "dealt-with":
        act.deal_with(file=found, words=form.cleaned_data["words"], by=request.actor)
    else:
        act.take_out(file=found, why=form.cleaned_data["why"], by=request.actor)


def _shown(
    request: ActorRequest, case: Case, found: CaseFile, shown: dict[str, forms.Form]
) -> dict[str, Any]:
    may = request.actor.can
    may_take = found.may_leave and may(Permission.FILE_TAKE) and may(Permission.EXPORT_TAKE)
    pressed = [form for form in shown.values() if form.is_bound]
    return {
        "case": case,
        "at": clocks.now(),
        "file": found,
        "dealt_with": shown["dealt-with"],
        "take_out": shown["take-out"],
        "pressed": pressed[0] if pressed else None,
        "is_quarantined": found.status == FileStatus.QUARANTINED,
        "is_infected": found.status == FileStatus.INFECTED,
        "is_demo": found.scanned_by == DEMO,
        "may_take": may_take,
        "may_change": may(Permission.FILE_ADD),
        "says_where": found.says_where == SaysWhere.YES,
        "may_say_where": found.says_where == SaysWhere.UNKNOWN,
        "has_bare_copy": act.has_bare_copy(found),
        "take_href": _download("file", found),
        "bare_href": _download("photograph", found),
    }


def _download(kind: str, found: CaseFile) -> str:
    return f"{reverse('accounts:export-take', args=[kind])}?of={found.pk}"


@requires(Permission.FILE_TAKE)
@require_safe
def sent(request: ActorRequest, token: str) -> HttpResponseBase:
    """The file itself, for the minute and the person that the link was made for."""
    return answer_with(act.send(token, by=request.actor))
