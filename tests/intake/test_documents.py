from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from made_files import PARAGRAPHS, TITLE, archive, feed, mail, mailbox, page, parquet, pdf, warc, word
from twosource.intake import ENDINGS, count_inputs, read_paths
from twosource.intake.apart import Task
from twosource.intake.files import TABLES
from twosource.intake.issues import SEVERITIES
from twosource.intake.worker import _READERS, answers_to
from twosource.records import Issue, Report

WARC = warc(
    [("https://riverpost.example/1", "text/html", page()), ("https://riverpost.example/n", "text/plain", b"Two.")]
)
MADE = {
    "a.html": page(),
    "b.eml": mail(attached=[("annex.docx", word()), ("note.txt", b"The quay is shut.")]),
    "c.mbox": mailbox([mail(subject="One"), mail(subject="Two")]),
    "d.docx": word(),
    "e.pdf": pdf([list(PARAGRAPHS)]),
    "f.md": b"# Ferry\n\nThe ferry sails.",
    "g.warc.gz": WARC,
    "h.wacz": archive([("archive/data.warc.gz", WARC)]),
    "i.rss": feed([(TITLE, PARAGRAPHS[0])]),
}


def folder(path: Path) -> Path:
    for name, data in MADE.items():
        (path / name).write_bytes(data)
    return path


def test_a_folder_of_every_format_is_read_and_each_report_says_where_it_is_from(tmp_path: Path) -> None:
    kept: dict[str, bytes] = {}
    found = list(read_paths([folder(tmp_path)], keep_original=kept.__setitem__))
    reports = [one for one in found if isinstance(one, Report)]
    assert [one for one in found if isinstance(one, Issue)] == []
    places = [
        (one.id, one.origin.path.removeprefix(f"{tmp_path}/"), one.origin.line)
        for one in reports
        if one.origin is not None
    ]
    assert places == [
        ("a", "a.html", None),
        ("b", "b.eml", None),
        ("b-annex", "b.eml/annex.docx", None),
        ("b-note", "b.eml/note.txt", None),
        ("c-1", "c.mbox", 1),
        ("c-2", "c.mbox", 2),
        ("d", "d.docx", None),
        ("e", "e.pdf", None),
        ("f", "f.md", None),
        ("g-1", "g.warc.gz", 1),
        ("g-2", "g.warc.gz", 2),
        ("h-data-1", "h.wacz/archive/data.warc.gz", 1),
        ("h-data-2", "h.wacz/archive/data.warc.gz", 2),
        ("i-1", "i.rss", 1),
    ]
    for report in reports:
        assert report.origin is not None
        assert hashlib.sha256(kept[report.origin.sha256]).hexdigest() == report.origin.sha256
    assert kept[reports[0].origin.sha256 if reports[0].origin else ""] == MADE["a.html"]
    assert reports[10].url == "https://riverpost.example/n"


def test_mails_in_mails_are_read_to_a_depth_and_no_further(tmp_path: Path) -> None:
    nested = mail(subject="inmost")
    for level in range(5):
        nested = mail(subject=f"level {level}", forwarded=nested)
    (tmp_path / "a.eml").write_bytes(nested)
    found = list(read_paths([tmp_path]))
    assert [one.title for one in found if isinstance(one, Report)] == ["level 4", "level 3", "level 2", "level 1"]
    assert [one.code for one in found if isinstance(one, Issue)] == ["nested-too-deep"]


def test_a_broken_file_costs_itself_alone(tmp_path: Path) -> None:
    for name in ("a.docx", "b.pdf", "c.wacz", "d.warc", "e.mbox", "f.html"):
        (tmp_path / name).write_bytes(b"\x01\x02 nothing of the kind \x03")
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "z.md").write_bytes(MADE["f.md"])
    found = list(read_paths([tmp_path]))
    assert [one.id for one in found if isinstance(one, Report)] == ["z"]
    assert len([one for one in found if isinstance(one, Issue)]) == 7
    assert {one.severity.value for one in found if isinstance(one, Issue)} == {"error"}


def test_inputs_are_counted_where_that_is_cheap(tmp_path: Path) -> None:
    assert count_inputs([folder(tmp_path)]) is None
    assert count_inputs([tmp_path / name for name in ("a.html", "b.eml", "d.docx", "e.pdf", "f.md")]) == 5


def test_every_ending_has_a_reader() -> None:
    assert set(ENDINGS.values()) - set(_READERS) - TABLES == {"text"}


@pytest.mark.parametrize("name", [*MADE, "j.parquet"])
def test_a_file_cut_at_any_tenth_byte_is_read_or_told(tmp_path: Path, name: str) -> None:
    small = {**MADE, "b.eml": mail(attached=[("annex.docx", b"x")], forwarded=mail(PARAGRAPHS[0]))}
    whole = small.get(name) or parquet([{"text": PARAGRAPHS[0]}], tmp_path / name).read_bytes()
    kind = "warc" if name.endswith(".warc.gz") else ENDINGS[Path(name).suffix]
    path = tmp_path / name
    for end in range(0, len(whole), max(10, len(whole) // 500)):  # a .docx has 36,000 bytes
        path.write_bytes(whole[:end])
        for answer in answers_to(Task(kind=kind, data=whole[:end], path=str(path))):
            code = getattr(answer, "code", None)
            assert code is None or code in SEVERITIES
