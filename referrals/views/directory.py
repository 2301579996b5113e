"""The room of the directory: which agencies there are and what each offers."""

from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Agency
from accounts.permissions import ActorRequest, Permission, requires
from referrals.models import Gender, Service
from victims.models import NeedKind


@require_safe
@requires(Permission.DIRECTORY_VIEW)
def agencies(request: ActorRequest) -> HttpResponse:
    """Agencies that take referrals from this force, with their services; one need at a time if asked."""
    need = request.GET.get("need", "")
    need = need if need in NeedKind.values else ""
    services = Service.objects.filter(
        Q(forces=request.actor.force_id) | Q(forces=None), is_active=True
    ).distinct()
    if need:
        services = services.filter(needs__contains=[need])
    found = [
        agency
        for agency in Agency.objects.filter(is_active=True).prefetch_related(
            Prefetch("services", services, to_attr="offered")
        )
        if agency.offered or not need
    ]
    context = {
        "agencies": [(agency, [_offer(service) for service in agency.offered]) for agency in found],
        "needs": NeedKind.choices,
        "need": need,
    }
    return render(request, "referrals/directory.html", context)


def _offer(service: Service) -> tuple[Service, list[str], str]:
    """The service with its needs, and for whom it is, in words."""
    needs = [str(NeedKind(kind).label) for kind in service.needs]
    return service, needs, str(Gender(service.gender).label)
