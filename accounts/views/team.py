"""The room of the pages on which an agency's own administrator keeps its people and its keys."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, audit, notices
from accounts.confirm import confirmed
from accounts.errors import Conflict
from accounts.forms import AgencyWorkerForm, KeyForm
from accounts.models import Agency, Application, User
from accounts.permissions import ActorRequest, Permission, Role, requires
from accounts.views.people import ask


@require_safe
@requires(Permission.AGENCY_MANAGE)
def team(request: ActorRequest) -> HttpResponse:
    """Everybody who signs in for the agency, and what may be done about each."""
    people = User.objects.filter(agency=request.actor.agency_id).prefetch_related("roles")
    untold = set(notices.untold().filter(user__in=people).values_list("user", flat=True))
    lines = [
        {
            "person": person,
            "roles": [str(row) for row in person.roles.all()],
            "untold": person.pk in untold,
            "may_leave": person.is_active and person.pk != request.actor.id,
            "may_have_link": person.is_active
            and person.pk != request.actor.id
            and Role.AGENCY_ADMINISTRATOR not in {row.role for row in person.roles.all()},
        }
        for person in people.order_by("-is_active", "name", "pk")
    ]
    audit.searched("person", by=request.actor, shown=[str(line["person"].pk) for line in lines])  # type: ignore[attr-defined]
    return render(request, "accounts/team.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_MANAGE)
@confirmed
def team_new(request: ActorRequest) -> HttpResponse:
    """A colleague may answer referrals; the link with which they set a password is shown this once."""
    form = AgencyWorkerForm(request.POST or None)
    if form.is_valid():
        try:
            worker = actions.add_agency_worker(
                by=request.actor, agency=_agency(request), **form.cleaned_data
            )
        except Conflict as conflict:
            form.add_error("username", conflict.sentence)
        else:
            return _link(request, worker)
    return ask(request, "accounts/team_new.html", form)


@require_POST
@requires(Permission.AGENCY_MANAGE)
@confirmed
def team_link(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A link for a colleague to set a password, shown this once."""
    return _link(request, _colleague(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_MANAGE)
@confirmed
def team_leave(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A colleague leaves: they are signed out, and may not come in again."""
    user = _colleague(request, pk)
    if request.method == "POST":
        actions.leave(by=request.actor, user=user)
        messages.success(request, _("They have left and cannot sign in any more."))
        return redirect("accounts:team")
    return render(request, "accounts/team_leave.html", {"person": user})


@require_safe
@requires(Permission.AGENCY_MANAGE)
def keys(request: ActorRequest) -> HttpResponse:
    """The keys of the agency's systems, those that work first."""
    rows = Application.objects.filter(agency=request.actor.agency_id)
    rows = rows.select_related("made_by", "revoked_by").order_by("-revoked_at", "name", "pk")
    context = {
        "working": [key for key in rows if key.revoked_at is None],
        "revoked": [key for key in rows if key.revoked_at is not None],
    }
    return render(request, "accounts/keys.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_MANAGE)
@confirmed
def key_new(request: ActorRequest) -> HttpResponse:
    """A key for one more system; its secret is shown this once."""
    form = KeyForm(request.POST or None)
    if form.is_valid():
        try:
            key, secret = actions.make_key(
                by=request.actor, agency=_agency(request), **form.cleaned_data
            )
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            return render(request, "accounts/key_made.html", {"key": key, "secret": secret})
    return ask(request, "accounts/key_new.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGENCY_MANAGE)
@confirmed
def key_revoke(request: ActorRequest, pk: int) -> HttpResponse:
    """A key and every token of it end now."""
    own = Q(agency=request.actor.agency_id) | Q(agency__sandbox_of=request.actor.agency_id)
    key = get_object_or_404(Application, own, pk=pk, agency__isnull=False, revoked_at=None)
    if request.method == "POST":
        actions.revoke_key(by=request.actor, key=key)
        messages.success(request, _("Revoked. The system that used it can do nothing any more."))
        return redirect("referrals:sandbox" if key.in_sandbox else "accounts:keys")
    return render(request, "accounts/key_revoke.html", {"key": key})


def _link(request: ActorRequest, person: User) -> HttpResponse:
    path = actions.make_password_link(by=request.actor, user=person)
    context = {"person": person, "link": request.build_absolute_uri(path)}
    return render(request, "accounts/team_link.html", context)


def _agency(request: ActorRequest) -> Agency:
    return get_object_or_404(Agency, pk=request.actor.agency_id)


def _colleague(request: ActorRequest, pk: UUID) -> User:
    return get_object_or_404(User, pk=pk, agency=request.actor.agency_id, agency__isnull=False)
