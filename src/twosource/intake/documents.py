"""Documents that a process of its own reads: its answers made the raw values of reports, and issues."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from twosource.intake.apart import Apart, Document, Piece, Task, Told
from twosource.intake.files import HOLDERS, Format, Found, path_text, stem_of
from twosource.intake.issues import make_issue
from twosource.intake.report import Given, RowGiven
from twosource.intake.text import read_bytes, read_text_bytes
from twosource.records import Issue, Origin

__all__ = ["issue_of", "read_document", "read_task"]

_DEEPEST = 3  # a mail forwarded in a mail forwarded in a mail


class _Place(msgspec.Struct, frozen=True):
    """Where a document lies: the file, with what holds it inside the file, its number there, and its report's id."""

    path: str
    number: int | None
    id: str


def read_document(found: Found, apart: Apart) -> Iterator[RowGiven | Issue]:
    """The raw values of each report in the file, in order, and the issues of what could not be read."""
    place = _Place(path_text(found.path), None, stem_of(found.path))
    if found.format in HOLDERS:
        yield from _follow(Task(kind=found.format, path=str(found.path)), place, apart, 0)
        return
    data = read_bytes(found.path)
    if isinstance(data, Issue):
        yield data
    elif not data:
        yield make_issue("empty-file", "the file is empty", path=place.path)
    else:
        yield from _follow(Task(kind=found.format, data=data), place, apart, 0)


def read_task(task: Task, path: str, id_: str, apart: Apart) -> Iterator[RowGiven | Issue]:
    """The same for bytes that are no file: ``path`` says where they come from, ``id_`` is that of a single report."""
    if not task.data:
        yield make_issue("empty-file", "it is empty", path=path)
        return
    yield from _follow(task, _Place(path, None, id_), apart, 0)


def _follow(task: Task, place: _Place, apart: Apart, depth: int) -> Iterator[RowGiven | Issue]:
    if task.kind == Format.TEXT:
        yield from _read_text(task, place)
        return
    for answer in apart.ask(task):
        if isinstance(answer, Told):
            yield issue_of(answer, place.path, place.number)
        elif isinstance(answer, Document):
            yield _row(answer, task, place)
        elif isinstance(answer, Piece) and depth < _DEEPEST:
            inner = Task(kind=answer.kind, data=answer.data, url=answer.url, charset=answer.charset)
            yield from _follow(inner, _inside(place, answer), apart, depth + 1)
        elif isinstance(answer, Piece):
            reason = (
                f"{answer.name or 'a part'} lies in more than {_DEEPEST} others and was left out: save it by itself"
            )
            yield make_issue("nested-too-deep", reason, path=place.path, line=place.number)


def issue_of(told: Told, path: str, number: int | None = None) -> Issue:
    """The Issue of what was told of a file, or of the part of it with a number."""
    return make_issue(told.code, told.reason, path=path, line=told.number if told.number is not None else number)


def _inside(place: _Place, piece: Piece) -> _Place:
    path = f"{place.path}/{piece.name}" if piece.name else place.path
    marks = ([stem_of(Path(piece.name))] if piece.name else []) + ([str(piece.number)] if piece.number else [])
    number = piece.number if piece.number is not None else place.number
    return _Place(path, number, "-".join([place.id, *marks]))


def _row(document: Document, task: Task, place: _Place) -> RowGiven:
    data = document.data if document.data is not None else task.data
    number = document.number if document.number is not None else place.number
    id_ = f"{place.id}-{document.number}" if document.number is not None else place.id
    sha256 = hashlib.sha256(data).hexdigest()
    given = Given(
        id=document.id or id_,
        text=document.text,
        title=document.title,
        outlet=document.outlet,
        published=document.published,
        url=document.url,
        agency=document.agency,
        language=document.language,
        origin=Origin(path=place.path, line=number, sha256=sha256, encoding=document.encoding),
        published_line=number,
    )
    return RowGiven(given, data)


def _read_text(task: Task, place: _Place) -> Iterator[RowGiven | Issue]:
    path = Path(place.path)
    for given in read_text_bytes(task.data, path):
        if isinstance(given, Issue):
            yield given
            continue
        origin = msgspec.structs.replace(given.origin, line=place.number) if given.origin else None
        named = place.id if given.id == stem_of(path) else given.id
        url = given.url or task.url
        yield RowGiven(msgspec.structs.replace(given, id=named, url=url, origin=origin), task.data)
