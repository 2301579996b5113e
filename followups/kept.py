"""The room of the views that supervisors keep for their unit: lists, narrowed, under names of their own."""

import re
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.errors import Conflict
from accounts.models import Unit
from accounts.permissions import ActorRequest, Permission, requires
from followups import actions
from followups.models import KeptView
from followups.team import units_of
from pages.addresses import page_at

# The lists that can be kept, and by which of their codes they are narrowed.
DAY = ("on_day", "on_month", "on_year")
LISTS: dict[str, tuple[str, ...]] = {
    "followups:queue": ("view", "unit"),
    "followups:number": ("period", "by", "unit"),
    "followups:number-list": ("period", "by", "unit", "group", "part"),
    "training:register": ("unit", "course", "state", *DAY),
}
CODE = re.compile(r"[A-Za-z0-9_-]{1,60}")


class KeepForm(forms.Form):
    """Under which name, and for which unit."""

    name = forms.CharField(
        label=gettext_lazy("What do you call it?"),
        help_text=gettext_lazy("What it shows, and no names of people: the whole unit reads it."),
        max_length=60,
        error_messages={"required": gettext_lazy("Enter what you call it")},
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("For which unit?"),
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose the unit")},
    )

    def __init__(self, *args: Any, request: ActorRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        unit.initial = request.actor.home_unit_id
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = units_of(request.actor)


def address_of(asked: str) -> str:
    """The address as it can be kept: a list of ours, with its own codes alone; empty where it is no such list."""
    found = page_at(asked)
    if found is None or found.view_name not in LISTS:
        return ""
    parts = urlsplit(asked)
    given = QueryDict(parts.query)
    codes = {name: given[name] for name in LISTS[found.view_name] if given.get(name)}
    if not all(CODE.fullmatch(code) for code in codes.values()):
        return ""  # kept without it, the list would show something else
    return f"{parts.path}?{urlencode(codes)}" if codes else parts.path


@require_safe
@requires(Permission.QUEUE_VIEW)
def views(request: ActorRequest) -> HttpResponse:
    """What is kept for the units that the viewer looks after, by unit."""
    rows = KeptView.objects.visible_to(request.actor).filter(ended_at=None)
    kept = list(rows.select_related("unit", "by").order_by("unit__name", "name", "pk"))
    audit.record("view.listed", by=request.actor, views=[str(each.pk) for each in kept])
    return render(request, "followups/kept_views.html", {"kept": kept})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.QUEUE_VIEW)
def keep(request: ActorRequest) -> HttpResponse:
    """A list that somebody looks at is kept under a name."""
    address = address_of(request.POST.get("at", "") or request.GET.get("at", ""))
    if not address:
        return render(request, "followups/keep_view.html", {"form": None}, status=404)
    form = KeepForm(request.POST or None, request=request)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.keep_view(by=request.actor, address=address, **form.cleaned_data)
            except Conflict as clash:
                form.add_error("name", clash.sentence)
                status = 409
            else:
                messages.success(request, _("Kept. Whoever looks after the unit finds it here."))
                return redirect("followups:kept-views")
    context = {"form": form, "address": address}
    return render(request, "followups/keep_view.html", context, status=status)


@require_POST
@requires(Permission.QUEUE_VIEW)
def drop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Nobody needs it any more."""
    actions.drop_view(view_id=pk, by=request.actor)
    messages.success(request, _("No longer kept."))
    return redirect("followups:kept-views")
