"""The bytes that a report was made of, as they came in."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from twosource.views.sources import original_of
from twosource.web.desk import Desk
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]


def original(desk: Desk, request: Request) -> Response:
    """The bytes of one version as a download: never shown by the browser, whatever they are."""
    found = original_of(desk.project, request.path_params["digest"])
    if found is None:
        return desk.message(404, "The original bytes are not here", "They were not kept when the report was read.")
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
        "Cache-Control": "no-store",
    }
    return Response(found.content, media_type="application/octet-stream", headers=headers)


WAYS: tuple[Ask | Act, ...] = (Ask("/originals/{digest}", original),)
