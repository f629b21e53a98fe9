"""The bundled scripts, styles and shapes: their hashed names, and answers that a browser may keep for good."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from twosource.errors import ProjectError

__all__ = ["Assets", "load_assets"]

BUILT = Path(__file__).parent / "static" / "built"
_MEDIA = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
_FOREVER = "public, max-age=31536000, immutable"


class Assets:
    """The bundles, held in memory: a request can name no file beyond them."""

    def __init__(self, manifest: Mapping[str, str], contents: Mapping[str, bytes]) -> None:
        self.manifest = manifest
        self.contents = contents

    def path(self, name: str) -> str:
        """The address of 'desk.css' and the like, with the hash of its content in it."""
        return f"/static/{self.manifest[name]}"

    def answer(self, request: Request) -> Response:
        """The file that the address names."""
        name = request.path_params["name"]
        if name not in self.contents:
            return PlainTextResponse("No such file.\n", 404)
        headers = {"Cache-Control": _FOREVER}
        return Response(self.contents[name], media_type=_MEDIA[Path(name).suffix], headers=headers)


def load_assets(folder: Path = BUILT) -> Assets:
    """The bundles in ``folder``. Raises ProjectError where they have not been built, and says how to build them."""
    try:
        manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=dict[str, str])
        return Assets(manifest, {name: (folder / name).read_bytes() for name in manifest.values()})
    except FileNotFoundError as error:
        raise ProjectError(
            f"the desk's scripts and styles are not there ({error.filename}): install the package again, "
            "or in a checkout run 'python hatch_build.py'"
        ) from error
