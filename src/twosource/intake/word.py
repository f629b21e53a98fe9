"""A Word document (.docx): its paragraphs and tables in their order, with the header or title that it opens with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from twosource.intake.apart import Answer, Document, Task, Told
from twosource.intake.headers import split_header

if TYPE_CHECKING:
    import docx.document
    import docx.table

__all__ = ["read_word", "swollen"]

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACKED = 256 * 2**20  # bytes; python-docx holds every part of the file at once
_RATIO = 200  # XML packs to a tenth; a picture hardly at all


def read_word(task: Task) -> Iterator[Answer]:
    """The document as one report; Told where it is locked, swells beyond bounds, or holds no text."""
    if task.data.startswith(_OLD_OFFICE):
        reason = "the document is locked with a password, or is an old .doc: save it as .docx without one"
        yield Told(code="encrypted", reason=reason)
        return
    with zipfile.ZipFile(io.BytesIO(task.data)) as parts:
        fault = swollen(parts.infolist(), _UNPACKED)
    if fault is not None:
        yield fault
        return
    import docx

    document = docx.Document(io.BytesIO(task.data))
    header, body = split_header(_text(document))
    if not body.strip():
        yield Told(code="empty-file", reason="the document holds no text; pictures of pages are not read")
        return
    values = header.values
    yield Document(
        text=body,
        title=values.get("title") or _title(document),
        outlet=values.get("outlet"),
        published=values.get("published"),
        url=values.get("url"),
        agency=values.get("agency"),
        language=values.get("language"),
        id=values.get("id"),
    )


def swollen(parts: list[zipfile.ZipInfo], most: int) -> Told | None:
    """What is told of an archive that says it unpacks to more than ``most`` bytes, or to many times its size.

    zipfile never unpacks more of a part than the archive says of it.
    """
    packed, unpacked = sum(part.compress_size for part in parts), sum(part.file_size for part in parts)
    if unpacked > most or unpacked > _RATIO * packed + 2**20:
        reason = f"the file unpacks from {packed / 2**20:.1f} to {unpacked / 2**20:.0f} MiB, and was not unpacked"
        return Told(code="unpacks-too-large", reason=reason)
    return None


def _text(document: docx.document.Document) -> str:
    """The blocks with blank lines between them, but for those of a header of 'key: value' paragraphs at the top."""
    blocks = list(_blocks(document))
    header, body = split_header("\n".join(blocks))
    if not header.values:
        return "\n\n".join(blocks)
    return "\n".join(blocks)[: -len(body)] + "\n" + body.strip().replace("\n", "\n\n")


def _blocks(document: docx.document.Document) -> Iterator[str]:
    import docx.table

    for part in document.iter_inner_content():
        text = "\n".join(_rows(part)) if isinstance(part, docx.table.Table) else part.text
        if text.strip():
            yield text.strip()


def _rows(table: docx.table.Table) -> Iterator[str]:
    """A line for each row; cells that are merged into one stand once."""
    for row in table.rows:
        cells = {id(cell._tc): " ".join(cell.text.split()) for cell in row.cells}
        line = "\t".join(filter(None, cells.values()))
        if line:
            yield line


def _title(document: docx.document.Document) -> str | None:
    """The first paragraph in the style of a title; a document's properties hold the name of its template too often."""
    for paragraph in document.paragraphs[:5]:
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        if style in ("Title", "Heading 1") and paragraph.text.strip():
            return paragraph.text
    return None
