"""Whatever bytes come as a file of any format, the answers are reports and issues, and the same ones again."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.hostile import BOUNDED, broken, texts
from made_files import PARAGRAPHS, TITLE, archive, feed, mail, mailbox, page, pdf, warc, word
from twosource.intake import read_paths
from twosource.intake.apart import Answer, Document, Task, Told
from twosource.intake.issues import SEVERITIES
from twosource.intake.report import Given, assemble
from twosource.intake.worker import answers_to
from twosource.records import Issue, Report

WHOLE: dict[str, bytes] = {
    "html": page(),
    "mail": mail(attached=[("a.pdf", b"%PDF-1.4"), ("b.txt", b"The ferry sails.")]),
    "mbox": mailbox([mail(), mail()]),
    "mhtml": mail(markup=page().decode()),
    "markdown": f"---\ntitle: {TITLE}\n---\n# {TITLE}\n\n{PARAGRAPHS[0]}\n\n> so\n".encode(),
    "feed": feed([(TITLE, PARAGRAPHS[0])]),
    "pdf": pdf([[TITLE, *PARAGRAPHS]]),
    "word": word(),
    "warc": warc([("response", "https://riverpost.example/ferry", page())]),
}
HEADER = f"title: {TITLE}\noutlet: River Post\npublished: 5 June 2019\n\n{PARAGRAPHS[0]}\n"
TABLES = {
    "jsonl": "".join(json.dumps({"id": n, "text": PARAGRAPHS[n], "title": TITLE}) + "\n" for n in range(3)).encode(),
    "csv": f'id,text,title\n1,"{PARAGRAPHS[0]}",{TITLE}\n2,"{PARAGRAPHS[1]}",{TITLE}\n'.encode(),
    "txt": HEADER.encode(),
}


def check_report(report: Report) -> None:
    for sighting in report.dates:
        assert sighting.span is None or 0 <= sighting.span.start < sighting.span.end <= len(report.text)
    assert 0 <= report.body <= len(report.text)
    report.text.encode()  # no half of a pair is left
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report


def check_answers(kind: str, data: bytes) -> list[Answer]:
    answers = list(answers_to(Task(kind=kind, data=data)))
    for answer in answers:
        if isinstance(answer, Told):
            assert answer.code in SEVERITIES and answer.reason
        elif isinstance(answer, Document):
            given = Given(
                id="r", text=answer.text, title=answer.title, outlet=answer.outlet, published=answer.published
            )
            check_report(assemble(given)[0])
    assert list(answers_to(Task(kind=kind, data=data))) == answers
    return answers


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_a_file_broken_anywhere_gives_reports_and_issues(kind: str) -> None:
    @BOUNDED
    @given(broken(WHOLE[kind]))
    def check(data: bytes) -> None:
        check_answers(kind, data)

    check()


@pytest.mark.parametrize("kind", sorted(WHOLE))
@BOUNDED
@given(data=st.binary(max_size=200))
def test_any_bytes_give_reports_and_issues(kind: str, data: bytes) -> None:
    check_answers(kind, data)


@pytest.mark.parametrize("ending", sorted(TABLES))
def test_a_table_or_a_text_broken_anywhere_gives_reports_and_issues(ending: str, tmp_path: Path) -> None:
    @BOUNDED
    @given(broken(TABLES[ending]))
    def check(data: bytes) -> None:
        path = tmp_path / f"given.{ending}"
        path.write_bytes(data)
        found = list(read_paths([path]))
        for one in found:
            assert isinstance(one, Issue) or check_report(one) is None
        assert list(read_paths([path])) == found

    check()


@BOUNDED
@given(text=texts(), title=st.none() | texts(), day=st.none() | texts())
def test_any_values_make_a_report(text: str, title: str | None, day: str | None) -> None:
    given_ = Given(id="r", text=text, title=title, published=day)
    report, issues = assemble(given_)
    check_report(report)
    assert all(issue.span is None or issue.span.end <= len(report.text) for issue in issues)
    assert assemble(given_) == (report, issues)


def bomb() -> bytes:
    return archive([("word/document.xml", b" " * 80_000_000)], method=zipfile.ZIP_DEFLATED)


DEEP: dict[str, Callable[[], tuple[str, bytes]]] = {
    "html": lambda: (
        "html",
        b"<html><body><article>" + b"<div>" * 20_000 + PARAGRAPHS[0].encode() + b"</div>" * 20_000,
    ),
    "xml": lambda: ("feed", b"<rss><channel><item>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</item></channel></rss>"),
    "entities": lambda: (
        "feed",
        b'<!DOCTYPE r [<!ENTITY a "so"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">' + b"]><rss><channel>&b;</channel></rss>",
    ),
    "parts": lambda: (
        "mail",
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: message/rfc822\n\n" * 500,
    ),
    "headers": lambda: ("mail", b"Subject: " + b"a\n " * 20_000 + b"\n\nso"),
    "folded": lambda: ("mail", b"X: y\n" * 20_000 + b"\nThe ferry sails.\n"),
    "quoted": lambda: ("markdown", b">" * 5_000 + b" so\n"),
    "lists": lambda: ("markdown", b"".join(b"  " * n + b"- so\n" for n in range(200))),
    "emphasis": lambda: ("markdown", b"*_" * 5_000 + b"so"),
    "links": lambda: ("markdown", b"[" * 5_000),
    "bomb": lambda: ("word", bomb()),
    "objects": lambda: ("pdf", b"%PDF-1.4\n1 0 obj\n" + b"[" * 5_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"),
}


@pytest.mark.parametrize("name", sorted(DEEP))
def test_what_is_nested_or_packed_without_measure_is_told_or_read(name: str) -> None:
    kind, data = DEEP[name]()
    answers = list(answers_to(Task(kind=kind, data=data)))
    assert answers, "something is said of every file"
    assert all(one.code in SEVERITIES for one in answers if isinstance(one, Told))
