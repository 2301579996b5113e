"""The room of the pages on which a CSV of training is looked at and added."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.permissions import ActorRequest, Permission, requires
from pages.sheets import Unreadable
from training import actions
from training.actions.imports import Result, padded
from training.forms import ImportForm
from training.models import TrainingImport

# The columns of the file, as the page names them.
HEADINGS = (
    gettext_lazy("Officer"),
    gettext_lazy("Course"),
    gettext_lazy("Provider"),
    gettext_lazy("Completed"),
    gettext_lazy("Expires"),
    gettext_lazy("Hours"),
)


@requires(Permission.TRAINING_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: ActorRequest) -> HttpResponse:
    """Choose a file; it is read and shown before anything is added."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and not form.is_bound:
        form = ImportForm({})
    if form.is_valid():
        try:
            made = actions.preview_import(by=request.actor, content=form.cleaned_data["file"])
        except Unreadable as unreadable:
            audit.refused("training.import", by=request.actor)
            form.add_error("file", str(unreadable))
        else:
            return redirect("training:import-preview", made.pk)
    earlier = TrainingImport.objects.filter(force_id=request.actor.own_force_id)
    context = {"form": form, "earlier": earlier.select_related("uploaded_by").defer("rows")[:10]}
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "training/import.html", context, status=status)


@requires(Permission.TRAINING_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What would become of each row, or what became of it; a press adds the good ones."""
    made = _found(request, pk)
    if request.method == "POST":
        made = actions.apply_import(by=request.actor, upload=made)
        messages.success(request, _("The rows are added. Each says below what became of it."))
        return redirect("training:import-preview", pk)
    rows = [
        (
            row["line"],
            padded(row["cells"]),
            Result(row["result"]).label,
            Result(row["result"]).accepted,
        )
        for row in made.rows
    ]
    counted = [
        (result.label, count)
        for result in Result
        if (count := sum(row["result"] == result for row in made.rows))
    ]
    will_add = any(row["result"] == Result.WILL_BE_ADDED for row in made.rows)
    audit.viewed(made, by=request.actor)
    context = {
        "made": made,
        "rows": rows,
        "counted": counted,
        "headings": HEADINGS,
        "will_add": will_add,
    }
    return render(request, "training/import_preview.html", context)


def _found(request: ActorRequest, pk: UUID) -> TrainingImport:
    return get_object_or_404(TrainingImport, pk=pk, force_id=request.actor.own_force_id)
