"""The room of whether this process lives and can serve; whether the engine runs is `followups`."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from config.checks import role_problem


@require_GET
@login_not_required
@transaction.non_atomic_requests
def livez(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing is asked of the database."""
    return JsonResponse({"status": "ok"})


@require_GET
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers and its tables are those of this version. Redis is not asked: losing it loses nothing."""
    try:
        problem = role_problem(connection)
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    if problem:
        return JsonResponse({"status": problem}, status=503)
    if waiting:
        return JsonResponse({"status": f"{len(waiting)} migrations wait"}, status=503)
    return JsonResponse({"status": "ok"})
