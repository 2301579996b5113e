"""The room of the page of one record: what proves it, and who has seen that."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.clamd import DEMO
from accounts.errors import Conflict
from accounts.kept_files import answer_with
from accounts.permissions import ActorRequest, Permission, requires, takes_files
from training import actions
from training.actions.proofs import send, taken
from training.forms import ProofForm
from training.models import Proof, TrainingRecord


@takes_files(Permission.TRAINING_OWN)
@requires(Permission.TRAINING_OWN)
@require_http_methods(["GET", "HEAD", "POST"])
def proofs(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One completion with its proofs, and the ways to add one, to take one out, to download one, to verify it."""
    actor = request.actor
    rows = TrainingRecord.objects.select_related("user", "course", "recorded_by", "verified_by")
    record = rows.get_visible(actor, pk=pk)
    form, status = ProofForm(), 200
    if request.method == "POST":
        form, status = ProofForm(request.POST, request.FILES), 400
        if form.is_valid():
            content = form.cleaned_data["file"].file
            try:
                actions.add_proof(record=record, content=content, by=actor)
            except Conflict as conflict:
                form.add_error("file", conflict.sentence)
                status = 409
            else:
                messages.success(
                    request, _("Added. It can be downloaded once the virus scanner has checked it.")
                )
                return redirect("training:proofs", pk)
    shown = list(
        Proof.objects.visible_to(actor).filter(record=record).select_related("recorded_by")
    )
    audit.record(
        "training.viewed",
        by=actor,
        of=record,
        user=str(record.user_id),
        shown=[str(each.pk) for each in shown],
    )
    is_own, may_record = record.user_id == actor.id, actor.can(Permission.TRAINING_RECORD)
    context = {
        "record": record,
        "proofs": shown,
        "form": form,
        "may_add": is_own or may_record,
        "may_take": actor.can(Permission.EXPORT_TAKE),
        "may_verify": actor.can(Permission.TRAINING_VERIFY)
        and actor.id not in {record.user_id, record.recorded_by_id},
        "is_own": is_own,
        "takes": ", ".join(taken()),
        "most": settings.FILES_MOST,
        "is_demo": settings.CLAMD == DEMO,
        "take": reverse("accounts:export-take", args=["proof"]),
    }
    return render(request, "training/proofs.html", context, status=status)


@requires(Permission.TRAINING_OWN)
@require_POST
def take_out(request: ActorRequest, pk: UUID) -> HttpResponse:
    """It is no proof any more."""
    proof = Proof.objects.get_visible(request.actor, pk=pk)
    try:
        actions.take_out(proof=proof, by=request.actor)
    except Conflict as conflict:
        messages.error(request, conflict.sentence)
    else:
        messages.success(request, _("Taken out."))
    return redirect("training:proofs", proof.record_id)


@requires(Permission.EXPORT_TAKE)
@require_safe
def sent(request: ActorRequest, token: str) -> HttpResponseBase:
    """The file itself, for the minute and the person that the link was made for."""
    return answer_with(send(token, by=request.actor))
