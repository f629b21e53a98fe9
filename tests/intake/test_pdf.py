from __future__ import annotations

import io

import pypdf
import pypdf.errors
import pytest

from asked import documents, told
from made_files import TITLE, pdf
from twosource.intake import pdf as pdf_module
from twosource.intake.apart import Document, Task, Told
from twosource.intake.worker import answers_to

LINES = [
    "The ferry at Lodeva sails again after two weeks of repairs, the port",
    "authority said on Wednesday. Two workers were hurt when a crane fell on",
    "the quay in May, according to the har-",
    "bour master, Ilan Torve. The harbour is open.",
]


def locked(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf([LINES]))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def test_lines_become_paragraphs_again() -> None:
    (document,) = documents("pdf", pdf([[TITLE, "", *LINES]]))
    title, paragraph = document.text.split("\n\n")
    assert title == TITLE
    assert paragraph.endswith("according to the harbour master, Ilan Torve. The harbour is open.")
    assert "\n" not in paragraph


def test_what_repeats_at_the_edges_of_pages_is_left_out() -> None:
    pages = [[f"The River Post, page {number}", f"Part {number}.", *LINES, str(number)] for number in range(1, 5)]
    (document,) = documents("pdf", pdf(pages))
    assert "River Post" not in document.text
    assert [f"Part {number}." in document.text for number in range(1, 5)] == [True] * 4


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    (document,) = documents("pdf", pdf([LINES[:2], LINES[2:]]))
    assert "a crane fell on the quay in May" in document.text


def test_a_document_with_an_empty_password_is_read_and_a_locked_one_is_told() -> None:
    assert documents("pdf", locked(""))[0].text.startswith("The ferry")
    assert told("pdf", locked("secret")) == [("encrypted", None)]


def test_encryption_that_needs_an_extra_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def needs(*_: object, **__: object) -> None:
        raise pypdf.errors.DependencyError("cryptography is needed")

    monkeypatch.setattr(pypdf, "PdfReader", needs)
    (answer,) = answers_to(Task(kind="pdf", data=b"%PDF"))
    assert isinstance(answer, Told) and answer.code == "missing-extra" and "twosource[pdf]" in answer.reason


@pytest.mark.parametrize(
    ("data", "code"),
    [(pdf([[]]), "no-text-layer"), (b"%PDF-1.7\n", "broken-document"), (b"The ferry sails.", "broken-document")],
)
def test_a_file_without_a_text_is_told(data: bytes, code: str) -> None:
    assert [one for one, _ in told("pdf", data)] == [code]


def test_pages_before_a_broken_one_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = pypdf.PageObject.extract_text
    count = iter(range(10))

    def breaks(page: pypdf.PageObject) -> str:
        if next(count) == 2:
            raise ValueError("odd")
        return sound(page)

    monkeypatch.setattr(pypdf.PageObject, "extract_text", breaks)
    document, fault = answers_to(Task(kind="pdf", data=pdf([[f"Page {word}."] for word in ("one", "two", "three")])))
    assert isinstance(document, Document) and document.text.split() == ["Page", "one.", "Page", "two."]
    assert isinstance(fault, Told) and (fault.code, fault.number) == ("cut-short", 3)


def test_a_document_of_which_no_page_can_be_read_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(page: pypdf.PageObject) -> str:
        raise ValueError("odd")

    monkeypatch.setattr(pypdf.PageObject, "extract_text", breaks)
    assert told("pdf", pdf([LINES])) == [("broken-document", 1)]


def test_pages_beyond_the_limit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "_MOST_PAGES", 2)
    assert told("pdf", pdf([LINES] * 3)) == [("cut-short", 3)]
