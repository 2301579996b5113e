"""The room of the pages of being away and coming back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.actions.absences import may_record_for
from accounts.errors import Conflict, Refused
from accounts.forms import AbsenceForm
from accounts.models import Absence, AbsenceKind, User
from accounts.permissions import ActorRequest, Permission, requires
from accounts.views.people import ask


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ABSENCE_OWN)
def absence(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Somebody will be away: oneself, or, for a supervisor, somebody of the unit."""
    user = get_object_or_404(User, pk=pk, force_id=request.actor.force_id)
    if not may_record_for(user, by=request.actor):
        raise Refused(_("Only they, or their supervisor, can do this."), verb="absence.record")
    form = AbsenceForm(request.POST or None, user=user)
    if form.is_valid():
        starts_at, ends_at = form.period()
        try:
            actions.record_absence(
                by=request.actor,
                user=user,
                kind=AbsenceKind(form.cleaned_data["kind"]),
                starts_at=starts_at,
                ends_at=ends_at,
                cover=form.chosen_cover(),
            )
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            messages.success(request, _("The absence is recorded."))
            return back(request, user)
    absences = user.absences.select_related("cover")[:20]
    context = {"person": user, "absences": absences, "is_self": user.pk == request.actor.id}
    return ask(request, "accounts/absence.html", form, **context)


@require_POST
@requires(Permission.ABSENCE_OWN)
def absence_end(request: ActorRequest, pk: UUID, absence: UUID) -> HttpResponse:
    """They are back, or are not going."""
    found = get_object_or_404(Absence, pk=absence, user=pk, user__force_id=request.actor.force_id)
    actions.end_absence(by=request.actor, absence=found)
    messages.success(request, _("The absence has ended."))
    return back(request, found.user)


def back(request: ActorRequest, user: User) -> HttpResponse:
    """To the person's page for those who may see it; else to one's own absences."""
    sees_people = request.actor.can(Permission.PEOPLE_VIEW)
    return redirect("accounts:person" if sees_people else "accounts:absence", user.pk)
