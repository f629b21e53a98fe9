"""The index of the words of reports tells what a look at every text does, whatever was written or replaced."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import OperationalError

from fake_reading import fake_reader, make_report
from store.test_claim_plans import plan_of
from twosource import deciding
from twosource.errors import ProjectError
from twosource.pipeline import store_reports
from twosource.store import Project, open_project, report_index, report_words, schema, tables
from twosource.store.fold import padded
from twosource.store.index_check import wrong_words
from twosource.store.report_words import Wanted, are_few, contains_words, count_hits, hits_in_order
from twosource.views.reports import ReportOrder, count_reports, list_reports

SCRIPTS = [
    "Al-Qāʿida’s",
    "killed",
    "kill",
    "3,500",
    "3.5",
    "O'Neill",
    "İzmir",
    "Straße",
    "ﬁre",
    "حِزب الله",
    "١٢",
    "北京市区",
    "北京",
    "ไทยรัฐ",
    "हिन्दी",
    "𝒳y",
    "①²",
    "a",
    "ab",
    "of",
    "of the",
    "k" * 40,
    "k" * 31 + "a",
    "北" * 9000,
]
PARTED = [" ", "-", ", ", "’", "\n", "", "_", '"', "*", "\0"]
_LONGEST_ASKED = 12_000  # characters: LIKE of SQLite takes 50,000 bytes
passages = st.lists(st.tuples(st.sampled_from(SCRIPTS) | st.text(max_size=5), st.sampled_from(PARTED)), max_size=8).map(
    lambda parts: "".join(word + mark for word, mark in parts)
)


@pytest.fixture(scope="module")
def emptied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with open_project(tmp_path_factory.mktemp("index") / "a.db", create=True) as opened:
        yield opened


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "a.db", create=True) as opened:
        yield opened


def keep_texts(connection: Connection, texts: Sequence[str]) -> None:
    """Reports with these texts and nothing else, in the table and in the index."""
    run = {"number": 1, "fingerprint": "x", "started": "x"}
    connection.execute(insert(tables.run).values(run))
    rows = [
        {
            "digest": f"d{at}",
            "id": f"r{at}",
            "number": 1,
            "current": True,
            "run": 1,
            "outlet": "Post" if at % 2 else None,
            "folded": padded(text.replace("\0", " ")),
            "record": b"{}",
        }
        for at, text in enumerate(texts)
    ]
    connection.execute(insert(tables.report), rows)
    report_index.put_in(connection, [str(row["digest"]) for row in rows])


def gone_through(connection: Connection, words: str) -> list[str]:
    """Those of the reports (ids) whose texts have the words."""
    report = tables.report.c
    query = select(report.id).where(contains_words(report.folded, words)).order_by(report.id)
    return list(connection.execute(query).scalars())


def found_in(connection: Connection, wanted: Wanted) -> list[str]:
    """Those of the reports (ids) that are found by the index."""
    return hits_in_order(connection, wanted, lambda columns: (columns.id,), None, 0)


@settings(max_examples=200, deadline=None)
@given(texts=st.lists(passages, min_size=1, max_size=5), data=st.data())
def test_the_index_tells_what_a_look_at_every_text_does(
    emptied: Project, texts: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(texts) - 1))
    begins = data.draw(st.integers(0, len(texts[at])))
    ends = data.draw(st.integers(begins, len(texts[at])))
    asked = data.draw(st.sampled_from([texts[at][begins:ends], texts[at][begins : begins + 3]]) | passages)
    asked = asked[:_LONGEST_ASKED]
    with emptied.writing() as connection:
        whole = connection.begin_nested()
        keep_texts(connection, texts)
        expected = gone_through(connection, asked)
        assert found_in(connection, Wanted(asked)) == expected
        assert count_hits(connection, Wanted(asked), None) == len(expected)
        of_post = [id_ for id_ in expected if int(id_[1:]) % 2]
        assert found_in(connection, Wanted(asked, outlet="Post")) == of_post
        assert count_hits(connection, Wanted(asked, outlet="Post"), 1) == min(2, len(of_post))
        assert list(wrong_words(connection)) == []
        whole.rollback()


@pytest.mark.parametrize("text", ["كتاب", "x" * 300_000, " ".join(f"word{n}" for n in range(60_000))])
def test_long_texts_and_long_words_are_found(emptied: Project, text: str) -> None:
    with emptied.writing() as connection:
        whole = connection.begin_nested()
        keep_texts(connection, ["other words", f"before {text} after"])
        for asked in ("before", text[:20], text[-6:] + " aft", text[:7000], "after"):
            assert found_in(connection, Wanted(asked)) == gone_through(connection, asked)
        assert list(wrong_words(connection)) == []
        whole.rollback()


def found_by(project: Project, words: str) -> list[str]:
    return [row.id for row in list_reports(project, text=words, order=ReportOrder.OUTLET)]


def test_only_the_words_of_current_versions_are_found(project: Project) -> None:
    first = make_report("a", "Sud seized Vale.", outlet="Post")
    second = make_report("a", "Sud left Vale.", outlet="Herald")
    other = make_report("b", "Calm in Vale.")
    for report, words in ((first, "seized"), (second, "left"), (first, "seized"), (second, "left")):
        store_reports([report, other], project, fake_reader())
        assert found_by(project, words) == ["a"]
        assert found_by(project, "seized" if words == "left" else "left") == []
        assert found_by(project, "vale") == ["a", "b"]
        assert [row.outlet for row in list_reports(project, text=words)] == [report.outlet]
        assert count_reports(project, text="vale", outlet="Post") == (report is first)
        assert deciding.verify(project).faults == ()


def test_words_that_very_many_reports_have_are_listed_in_order_all_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_reports(
        [make_report(f"r{n}", "Calm.", published=f"2024-03-0{n}") for n in range(1, 9)], project, fake_reader()
    )
    every = list_reports(project, text="calm")
    monkeypatch.setattr(report_words, "_FEW", 3)
    assert [row.id for row in every] == [f"r{n}" for n in range(8, 0, -1)]
    assert list_reports(project, text="calm") == every
    assert list_reports(project, text="calm", limit=2, offset=3) == every[3:5]
    assert [count_reports(project, text="calm", most=most) for most in (2, 7, 8, None)] == [3, 8, 8, 8]
    with project.looking() as connection:
        assert not are_few(connection, Wanted("calm"))


@pytest.mark.file
@pytest.mark.parametrize(
    "asked", [Wanted("calm"), Wanted("calm in va"), Wanted("calm", "Post"), Wanted("c", None, "AG")]
)
def test_no_text_is_gone_through(project: Project, asked: Wanted) -> None:
    store_reports([make_report("a", "Calm in Vale.")], project, fake_reader())

    def ask(connection: Connection) -> None:
        count_hits(connection, asked, 10)
        found_in(connection, asked)

    plan = plan_of(project, ask)
    assert any("report_words VIRTUAL TABLE" in row for row in plan)
    assert not any(re.search(r"\b(SCAN|SEARCH) report\b|SCAN indexed_report\b", row) for row in plan)


def test_of_any_number_of_words_few_lead_to_reports(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(report_words, "many_have", lambda _connection, term, _most: bool(asked.append(term)))
    with project.looking() as connection:
        hits = count_hits(connection, Wanted(" ".join(["vale", *(f"word{n}" for n in range(500))] * 2)), 10)
    assert hits == 0
    together_longest_and_last = 1 + 8 + 1
    assert len(asked) == (together_longest_and_last if connection.dialect.name == "postgresql" else 0)


@pytest.mark.file
@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("DELETE FROM indexed_report WHERE id = 'a'", "does not list report a as it is"),
        ("UPDATE indexed_report SET outlet = 'Herald' WHERE id = 'a'", "does not list report a as it is"),
        ("INSERT INTO indexed_report (id) VALUES ('nowhere')", "lists reports that are not there"),
        ("INSERT INTO report_words (rowid, words) VALUES (7, ' other ')", "does not hold the words"),
        (
            "INSERT INTO report_words (report_words, rowid, words) VALUES ('delete', 1, ' sud ')",
            "does not hold the words",
        ),
        ("UPDATE indexed_report SET number = 10 - number", "does not hold the words"),
        ("UPDATE report_words_data SET block = x'00' WHERE id > 10", "does not hold the words|read to its end"),
    ],
)
def test_an_index_that_is_not_what_the_reports_say_is_found(tmp_path: Path, statement: str, reason: str) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        made = [make_report("a", "Sud seized Vale.", outlet="Post"), make_report("b", "Calm.")]
        store_reports(made, project, fake_reader())
        assert deciding.verify(project).faults == ()
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.executescript(f"PRAGMA foreign_keys = OFF; {statement};")
    connection.close()
    with open_project(tmp_path / "a.db") as project:
        verified = deciding.verify(project)
        assert verified.made_anew
        assert re.search(reason, " ".join(fault.reason for fault in verified.faults))


@pytest.mark.file
@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM indexed_report WHERE id = 'a'", "INSERT INTO indexed_report (id) VALUES ('c')"],
)
def test_what_cannot_be_kept_in_a_spoilt_index_is_told_and_nothing_of_it_is_kept(
    tmp_path: Path, statement: str
) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        store_reports([make_report("a", "Sud seized Vale."), make_report("b", "Calm.")], project, fake_reader())
        with sqlite3.connect(tmp_path / "a.db") as connection:
            connection.executescript(f"{statement};")
        connection.close()
        with pytest.raises(ProjectError, match="is damaged: put the last copy"):
            store_reports([make_report("a", "Sud left Vale."), make_report("c", "Calm.")], project, fake_reader())
        assert [row.id for row in list_reports(project)] == ["a", "b"]
        assert found_by(project, "left") == []


@pytest.mark.file
def test_an_sqlite_without_full_text_search_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_connection: Connection) -> None:
        raise OperationalError("CREATE VIRTUAL TABLE", {}, sqlite3.OperationalError("no such module: fts5"))

    monkeypatch.setattr(schema, "make_report_index", refuse)
    with pytest.raises(ProjectError, match=r"needs an SQLite with full-text search \(FTS5\)"):
        open_project(tmp_path / "a.db", create=True)
    assert not (tmp_path / "a.db").exists()
