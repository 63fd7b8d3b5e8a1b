"""One door: a docking station, known by its token, tells what it took off a recorder."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shouwang.core.clock import now
from shouwang.duty.equipment.docking import docked_files, office_of, take_from_dock
from shouwang.people.routes import public
from shouwang.ui.bodies import object_in


@csrf_exempt
@public  # the token of the docking station opens it
@require_POST
def uploads(request: HttpRequest) -> JsonResponse:
    """{"device", "storage_pct", "files": [{"name", "sha256", "bytes", "began_at"}]}; `Authorization: Bearer` token."""
    at = now()
    office = office_of(request.headers.get("Authorization", "").removeprefix("Bearer ").strip(), at)
    told = object_in(request)
    full = told.get("storage_pct")
    made, apart = take_from_dock(
        office, str(told.get("device", "")), docked_files(told.get("files")),
        storage_pct=full if isinstance(full, int) and 0 <= full <= 100 else None, at=at,
    )  # fmt: skip
    return JsonResponse({"noted": [str(one.pk) for one in made], "apart": apart}, status=201 if made else 200)
