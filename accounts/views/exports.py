"""The room of leaving the building: every download asks why, is recorded, and can be looked up afterwards."""

import re
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.actions import exports
from accounts.confirm import confirmed
from accounts.errors import Conflict
from accounts.exported import Export, ExportItem, ExportReason, ExportRequest
from accounts.exports import DOWNLOADS, Content, Download, Narrowed
from accounts.forms import ExportDecisionForm, ExportForm
from accounts.permissions import ActorRequest, Permission, check, requires

PAGE_SIZE = 50
# What narrows a list is an id, a code or a reference: nothing else is taken from the address, and kept.
CODE = re.compile(r"[\w-]{1,60}", re.ASCII)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EXPORT_TAKE)
@confirmed
def take(request: ActorRequest, kind: str) -> HttpResponse:
    """Why, and how many rows; then the file. A long one is asked for, and looked at by somebody else first."""
    download = DOWNLOADS.get(kind)
    if download is None:
        raise Http404
    check(request.actor, download.permission)
    given = {name: request.GET.get(name, "") for name in download.asks}
    narrowed = {name: value for name, value in given.items() if CODE.fullmatch(value)}
    content = download.make(request.actor, narrowed)
    form = ExportForm(request.POST) if request.method == "POST" else ExportForm()
    if form.is_bound and form.is_valid():
        try:
            return _answer(request, download, narrowed, content, form)
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
            return _why_page(request, download, narrowed, content, form, status=409)
    status = 400 if form.is_bound else 200
    return _why_page(request, download, narrowed, content, form, status=status)


def _answer(
    request: ActorRequest,
    download: Download,
    narrowed: Narrowed,
    content: Content,
    form: ExportForm,
) -> HttpResponse:
    answers = form.cleaned_data
    purpose = exports.Purpose(answers["reason"], answers["words"], answers["recipient"])
    if exports.waits(download, narrowed, content, by=request.actor):
        exports.ask_for(download, narrowed, content, purpose, by=request.actor)
        messages.success(request, _("Asked. Your supervisor, or whoever leads, looks at it."))
        return redirect(request.get_full_path())
    export, whole = exports.take(download, narrowed, content, purpose, by=request.actor)
    if isinstance(whole, str):
        return redirect(whole)
    answer = HttpResponse(whole, content_type=content.body.content_type)
    name = f"export-{export.pk}.{content.body.suffix}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _why_page(
    request: ActorRequest,
    download: Download,
    narrowed: Narrowed,
    content: Content,
    form: ExportForm,
    *,
    status: int,
) -> HttpResponse:
    earlier = exports.latest_request(download, narrowed, by=request.actor)
    context = {
        "form": form,
        "heading": str(download.words),
        "rows": len(content.body),
        "is_list": content.body.suffix == "csv",
        "is_marked": content.is_marked,
        "back": download.back(narrowed),
        "waits": exports.waits(download, narrowed, content, by=request.actor),
        "earlier": earlier,
        "until": exports.runs_out_at(earlier) if earlier else None,
        "alone": exports.ALONE,
        "most": exports.MOST,
    }
    return render(request, "accounts/export_why.html", context, status=status)


@require_safe
@requires(Permission.EXPORT_VIEW)
def left(request: ActorRequest) -> HttpResponse:
    """What left the building, newest first."""
    rows = Export.objects.visible_to(request.actor).select_related("by").order_by("-pk")
    reason = request.GET.get("reason", "")
    if reason in ExportReason.values:
        rows = rows.filter(reason=reason)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    audit.searched("export", by=request.actor, shown=[str(row.pk) for row in page])
    lines = [{"export": row, "what": _words_of(row)} for row in page]
    context = {"page": page, "lines": lines, "reasons": ExportReason.choices, "reason": reason}
    return render(request, "accounts/exports.html", context)


@require_safe
@requires(Permission.EXPORT_VIEW)
def one(request: ActorRequest, pk: int) -> HttpResponse:
    """One file that left: why, to whom, and which records were in it, as far as the viewer may see them."""
    rows = Export.objects.select_related("by", "request__decided_by")
    export = rows.get_visible(request.actor, pk=pk)
    items = ExportItem.objects.visible_to(request.actor).filter(export=pk)
    page = Paginator(items.order_by("reference", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    audit.viewed(export, by=request.actor)
    context = {"export": export, "what": _words_of(export), "page": page}
    return render(request, "accounts/export.html", context)


@require_safe
@requires(Permission.EXPORT_APPROVE)
def requests(request: ActorRequest) -> HttpResponse:
    """Long files that somebody asked for and nobody has decided, the longest waiting first."""
    rows = ExportRequest.objects.visible_to(request.actor).waiting()
    page = Paginator(rows.select_related("by").order_by("at", "pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    audit.searched("exportrequest", by=request.actor, shown=[str(row.pk) for row in page])
    lines = [{"asked": row, "what": _words_of(row)} for row in page]
    return render(request, "accounts/export_requests.html", {"page": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EXPORT_APPROVE)
@confirmed
def request_one(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One long file that was asked for: what, why, for whom; a second person decides."""
    rows = ExportRequest.objects.select_related("by", "decided_by")
    asked = rows.get_visible(request.actor, pk=pk)
    form = ExportDecisionForm(request.POST) if request.method == "POST" else ExportDecisionForm()
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        agreed = form.cleaned_data["agreed"] == "yes"
        try:
            exports.decide(
                request_id=pk, agreed=agreed, note=form.cleaned_data["note"], by=request.actor
            )
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
            status = 409
        else:
            messages.success(request, _("Saved. They see it where they asked for it."))
            return redirect("accounts:export-requests")
    audit.viewed(asked, by=request.actor)
    context = {
        "form": form,
        "asked": asked,
        "what": _words_of(asked),
        "own": asked.by_id == request.actor.id,
    }
    return render(request, "accounts/export_request.html", context, status=status)


def _words_of(row: Export | ExportRequest) -> str:
    download = DOWNLOADS.get(row.what)
    return str(download.words) if download else row.what
