"""Reports that are dropped on the desk: sent, read beside the answering, and how far that is."""

from __future__ import annotations

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from twosource.web.desk import Desk, is_partial
from twosource.web.paging import number_in
from twosource.web.routing import Act, Ask

__all__ = ["WAYS"]


def begin(desk: Desk, request: Request, form: FormData) -> Response:
    """Has the files of the form read; leads to how far that is."""
    files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not files:
        return desk.message(400, "No file was sent", "Choose one or several files, then press Read.")
    try:
        number = desk.imports.add((one.filename or "", one.file) for one in files)
    except OSError as fault:
        words = f"They can't be kept until they are read ({fault.strerror}). Mend that, then send them again."
        return desk.message(507, "None of the files was read", words)
    return desk.see(f"/imports/{number}")


def progress(desk: Desk, request: Request) -> Response:
    """How far an import is; the page asks again by itself until it is over."""
    found = desk.imports.get(number_in(request.path_params["number"]) or 0)
    if found is None:
        words = (
            "Imports are forgotten when the desk is closed or ends; what they had read is kept. Send the same files "
            "again to have the rest read: those that are known already are passed over."
        )
        return desk.message(404, "There is no such import", words)
    template = "_import.html" if is_partial(request) else "import.html"
    return desk.page(template, {"one": found})


WAYS = (Act("/imports", begin), Ask("/imports/{number}", progress))
