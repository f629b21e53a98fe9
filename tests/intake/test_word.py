from __future__ import annotations

import io
import zipfile

import pytest

from asked import documents, told
from made_files import PARAGRAPHS, TITLE, word
from twosource.intake import word as word_module


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The archive with some bytes of one part replaced."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out:
        for part in parts.infolist():
            content = parts.read(part)
            out.writestr(part.filename, content.replace(old, new, 1) if part.filename == name else content)
    return held.getvalue()


def test_a_document_gives_its_title_paragraphs_and_tables_in_order() -> None:
    (document,) = documents("word", word(rows=[("Place", "Hurt"), ("Lodeva", "2")]))
    assert document.title == TITLE
    assert document.text == "\n\n".join([TITLE, *PARAGRAPHS, "Place\tHurt\nLodeva\t2"])


def test_a_header_of_keys_at_the_top_is_taken() -> None:
    (document,) = documents("word", word(["outlet: The River Post", "published: 2019-06-05", *PARAGRAPHS], title=None))
    assert (document.outlet, document.published, document.title) == ("The River Post", "2019-06-05", None)
    assert document.text.strip() == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (word([], title=None), "empty-file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "encrypted"),
        (b"The ferry sails.", "broken-document"),
        (changed(word(), "word/document.xml", b"<w:body>", b"<w:body"), "broken-document"),
    ],
)
def test_a_document_that_can_not_be_read_is_told(data: bytes, code: str) -> None:
    assert told("word", data) == [(code, None)]


def test_a_document_that_swells_beyond_bounds_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = changed(word(), "word/document.xml", b"</w:body>", b" " * 20_000_000 + b"</w:body>")
    assert told("word", bomb) == [("unpacks-too-large", None)]
    monkeypatch.setattr(word_module, "_UNPACKED", 10_000)
    assert told("word", word()) == [("unpacks-too-large", None)]


def test_an_entity_bomb_is_told() -> None:
    entities = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    bomb = changed(
        word(), "word/document.xml", b"<w:document", b'<!DOCTYPE x [<!ENTITY a "ha">' + entities + b"]><w:document"
    )
    assert told("word", changed(bomb, "word/document.xml", b"Ferry", b"&m;")) == [("broken-document", None)]
