"""The room of the pages about one's colleagues: list, person, new, roles, leaving and coming back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, audit
from accounts.actions.absences import may_record_for
from accounts.actions.keeping import keepable
from accounts.confirm import confirmed
from accounts.errors import Conflict
from accounts.forms import FindPersonForm, NewPersonForm, PersonForm, RolesForm
from accounts.models import GrantKind, RoleHeld, ScopeGrant, User
from accounts.permissions import ActorRequest, Permission, Role, requires

PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PEOPLE_VIEW)
def people(request: ActorRequest) -> HttpResponse:
    """Everybody of the force, or those whose name was searched for."""
    found = User.objects.filter(force=request.actor.force_id).select_related("unit")
    in_order = Prefetch("roles", RoleHeld.objects.order_by("role"))
    found = found.prefetch_related(in_order).order_by("-is_active", "name", "pk")
    form = FindPersonForm(request.POST or None)
    if words := form.is_valid() and form.cleaned_data["words"].strip():
        found = found.filter(Q(name__icontains=words) | Q(username__icontains=words))[:PAGE_SIZE]
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    audit.searched("person", by=request.actor, shown=[str(person.pk) for person in page])
    context = {
        "form": form,
        "page": page,
        "searched": bool(words),
        "most": PAGE_SIZE,
        "may_take": request.actor.can(Permission.EXPORT_TAKE),
        "administers": request.actor.can(Permission.PEOPLE_ADMIN),
        "administers_agencies": request.actor.can(Permission.AGENCY_ADMIN),
    }
    return render(request, "accounts/people.html", context)


@require_safe
@requires(Permission.PEOPLE_VIEW)
def person(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One person: unit, roles, absences, and what the viewer may do about them."""
    user = reachable(request, pk)
    audit.viewed(user, by=request.actor)
    administers = request.actor.can(Permission.PEOPLE_ADMIN)
    is_self, changes = user.pk == request.actor.id, administers and user.is_active
    context = {
        "person": user,
        "absences": user.absences.select_related("cover")[:20],
        "administers": administers,
        "edit_url": reverse("accounts:person-edit", args=[pk]) if changes else "",
        "roles_url": reverse("accounts:roles", args=[pk]) if changes and not is_self else "",
        "is_self": is_self,
        "may_record": may_record_for(user, by=request.actor),
        "plans": user.is_active
        and request.actor.can(Permission.ABSENCE_RECORD)
        and may_record_for(user, by=request.actor),
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PEOPLE_ADMIN)
def person_new(request: ActorRequest) -> HttpResponse:
    """Somebody new joins."""
    form = NewPersonForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        try:
            user = actions.add_person(by=request.actor, **form.cleaned_data)
        except Conflict as conflict:
            form.add_error("username", conflict.sentence)
        else:
            messages.success(request, _("Added. Now choose their roles."))
            return redirect("accounts:roles", user.pk)
    return ask(request, "accounts/person_new.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PEOPLE_ADMIN)
@confirmed
def person_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Somebody's name, e-mail, unit or languages change."""
    user = reachable(request, pk)
    form = PersonForm(request.POST or None, instance=user, actor=request.actor)
    if form.is_valid():
        actions.change_person(by=request.actor, user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:person", pk)
    return ask(request, "accounts/person_edit.html", form, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PEOPLE_ADMIN)
@confirmed
def roles(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What somebody may do changes."""
    user = reachable(request, pk)
    held = [row.role for row in user.roles.all()]
    form = RolesForm(
        request.POST or None, initial={"roles": held}, of_agency=user.agency_id is not None
    )
    if request.method == "POST" and form.is_valid():
        wanted = {Role(role) for role in form.cleaned_data["roles"]}
        try:
            actions.set_roles(by=request.actor, user=user, roles=wanted)
        except Conflict as conflict:
            form.add_error("roles", conflict.sentence)
        else:
            messages.success(
                request, _("Their roles are saved. They must sign in again, and are told.")
            )
            return redirect("accounts:person", pk)
    return ask(request, "accounts/roles.html", form, person=user)


@require_POST
@requires(Permission.PEOPLE_ADMIN)
@confirmed
def password_link(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A link to set a password, shown this once."""
    user = reachable(request, pk)
    path = actions.make_password_link(by=request.actor, user=user)
    context = {"person": user, "link": request.build_absolute_uri(path)}
    return render(request, "accounts/password_link.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PEOPLE_ADMIN)
@confirmed
def second_step_reset(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Somebody who lost phone, passkeys and codes starts again with a new second step."""
    user = reachable(request, pk)
    if request.method == "POST":
        actions.reset_second_step(by=request.actor, user=user)
        messages.success(request, _("Reset. They are signed out everywhere, and are told."))
        return redirect("accounts:person", pk)
    return render(request, "accounts/second_step_reset.html", {"person": user})


@require_POST
@requires(Permission.PEOPLE_ADMIN)
def sessions_end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Somebody is signed out everywhere, at once: it waits for no password."""
    user = reachable(request, pk)
    actions.end_all_sessions(by=request.actor, user=user)
    messages.success(request, _("They are signed out everywhere, and are told."))
    return redirect("accounts:person", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PEOPLE_ADMIN)
@confirmed
def leave(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Somebody leaves; first, in words, what will happen to what they hold."""
    user = reachable(request, pk)
    if request.method == "POST":
        actions.leave(by=request.actor, user=user)
        messages.success(request, _("They have left. Everything they held has moved."))
        return redirect("accounts:person", pk)
    context = {"person": user, "consequences": _consequences(user)}
    return render(request, "accounts/leave.html", context)


@require_POST
@requires(Permission.PEOPLE_ADMIN)
@confirmed
def come_back(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Somebody who left works here again; their roles are chosen anew."""
    user = reachable(request, pk)
    actions.come_back(by=request.actor, user=user)
    messages.success(
        request,
        _("They work here again. Check their roles, then make a link to set a password."),
    )
    return redirect("accounts:person" if user.agency_id else "accounts:roles", pk)


def reachable(request: ActorRequest, pk: UUID) -> User:
    """The person, if of the viewer's force; whoever administers agencies reaches the workers of those it keeps too."""
    reach = Q(force_id=request.actor.force_id, force__isnull=False)
    if request.actor.can(Permission.AGENCY_ADMIN):
        reach |= keepable(request.actor.own_force_id, "agency")
    people = User.objects.select_related("unit", "agency", "force").prefetch_related("roles")
    return get_object_or_404(people, reach, pk=pk)


def ask(request: ActorRequest, template: str, form: BaseForm, **context: Any) -> HttpResponse:
    """The page with its form; 400 when what was sent cannot be taken as it is."""
    status = 400 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def _consequences(user: User) -> list[str]:
    """What leaving does, in sentences."""
    owned = ScopeGrant.objects.filter(user=user, kind=GrantKind.OWNER, ends_at__isnull=True).count()
    if owned:
        cases = ngettext(
            "%(count)s case loses its owner and goes to the unit's supervisor to be given to somebody.",
            "%(count)s cases lose their owner and go to the unit's supervisor to be given to somebody.",
            owned,
        ) % {"count": owned}
    else:
        cases = _("They own no open case.")
    sentences = [_("They are signed out at once and cannot sign in again."), cases]
    for supervision in user.supervisions.select_related("unit"):
        others = supervision.unit.supervisions.exclude(user=user).exists()
        words = (
            _("%(unit)s keeps its other supervisors.")
            if others
            else _("%(unit)s will have no supervisor: the specialist lead gets its reminders.")
        )
        sentences.append(words % {"unit": supervision.unit.name})
    return [*sentences, _("What they did stays on record.")]
