from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource.errors import InputError, UsageError
from twosource.intake import ENDINGS, count_inputs, read_paths
from twosource.intake import text as text_module
from twosource.intake.issues import SEVERITIES
from twosource.records import Issue, Report

BODY = "The ferry sails again, the owner said."
GUESSED = "encoding-guessed"
ARABIC = "قال شهود إن العبارة عادت إلى العمل صباح الأربعاء بعد توقف دام أسبوعين بسبب الفيضان."


def read(*paths: Path, column_map: dict[str, str] | None = None) -> tuple[list[Report], list[Issue]]:
    found = list(read_paths(paths, column_map=column_map))
    return [f for f in found if isinstance(f, Report)], [f for f in found if isinstance(f, Issue)]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def codes(issues: list[Issue]) -> list[tuple[str, int | None]]:
    return [(issue.code, issue.line) for issue in issues]


def test_a_text_file_with_a_header_is_a_report(tmp_path: Path) -> None:
    data = f"outlet: River Post\r\npublished: 2019-06-05\r\ntitle: Ferry\r\nid: r1\r\n\r\n{BODY}\r\n".encode()
    path = write(tmp_path / "a.txt", data)
    (report,), issues = read(path)
    assert (report.id, report.outlet, report.title, report.text) == ("r1", "River Post", "Ferry", f"Ferry\n\n{BODY}")
    assert str(report.published) == "2019-06-05"
    assert report.origin is not None
    assert (report.origin.path, report.origin.sha256) == (str(path), hashlib.sha256(data).hexdigest())
    assert (report.origin.encoding, issues) == ("utf-8", [])


def test_a_folder_is_read_by_name_with_its_folders(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.TXT", "c", "d.0475", ".hidden.txt", ".git/x.txt"):
        write(tmp_path / name, BODY + name)
    reports, issues = read(tmp_path)
    assert [report.id for report in reports] == ["1", "2", "b", "c", "d.0475"]
    assert issues == []
    assert count_inputs([tmp_path]) == 5


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", BODY)
    assert len(read(tmp_path, path)[0]) == 1


def test_a_path_that_is_not_there_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=re.escape("none.txt")):
        read_paths([tmp_path, tmp_path / "none.txt"])
    with pytest.raises(InputError):
        count_inputs([tmp_path / "none.txt"])
    with pytest.raises(UsageError, match="--map"):
        read_paths([tmp_path], column_map={"date": "day"})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b" \r\n\t\n", "empty-file"),
        (b"\xef\xbb\xbf", "empty-file"),
        (b"title: Ferry\noutlet: River Post\n", "no-body"),
        (b"title: Ferry\n\n \n", "no-body"),
        (b"%PDF-1.7 \xe2\xe3", "binary-file"),
        (b"\x00\x01\x02\x03" * 40, "binary-file"),
    ],
)
def test_a_file_without_a_report_is_an_issue_and_the_others_are_read(tmp_path: Path, content: bytes, code: str) -> None:
    write(tmp_path / "a.txt", content)
    write(tmp_path / "b.txt", BODY)
    reports, issues = read(tmp_path)
    assert [report.id for report in reports] == ["b"]
    assert [(issue.code, issue.path) for issue in issues] == [(code, str(tmp_path / "a.txt"))]


def test_a_header_with_an_impossible_date_names_file_and_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f"\noutlet: River Post\npublished: 2019-02-31\n\n{BODY}")
    (report,), (issue,) = read(path)
    assert (report.text, report.published) == (BODY, None)
    assert (issue.code, issue.path, issue.line, issue.report) == ("bad-date", str(path), 3, "a")


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("utf-8", []), ("utf-8-sig", []), ("utf-16", []), ("utf-16-le", [GUESSED]), ("cp1256", [GUESSED])],
)
def test_wrong_encodings_are_read_and_a_guess_is_told(tmp_path: Path, encoding: str, expected: list[str]) -> None:
    path = write(tmp_path / "a.txt", f"outlet: River Post\n\n{ARABIC}".encode(encoding))
    (report,), issues = read(path)
    assert (report.text, report.outlet, report.language) == (ARABIC, "River Post", "ar")
    assert [issue.code for issue in issues] == [*expected, "not-read"]


def test_a_folder_without_reports_says_what_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.png", b"\x89PNG\r\n")
    write(tmp_path / "b.xyz", "<p>x</p>")
    reports, issues = read(tmp_path)
    assert reports == []
    assert [issue.code for issue in issues] == ["binary-file", "unread-ending", "no-reports"]
    assert all(ending in issues[-1].reason for ending in ENDINGS)


def test_links_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    write(tmp_path / "z.txt", BODY)
    reports, issues = read(tmp_path)
    assert len(reports) == 1
    assert [issue.code for issue in issues] == ["unreadable-file", "unreadable-file"]


def test_long_texts_are_read_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "long.txt", BODY + " word" * 500_000)
    assert len(read(tmp_path)[0][0].text) == len(BODY) + 2_500_000
    monkeypatch.setattr(text_module, "LARGEST", 1000)
    reports, issues = read(tmp_path)
    assert (reports, [issue.code for issue in issues]) == ([], ["too-large"])


def test_a_broken_line_in_jsonl_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {"id": 7, "body": BODY, "headline": "Ferry", "source": {"name": "River Post"}, "date": "2019-06-05"}
        ),
        '{"id": 8, "body": "The fer',
        "",
        "[1, 2]",
        json.dumps({"id": 9, "body": " "}),
        "[" * 100_000,
        json.dumps({"body": ["One.", "Two."], "lone": "\ud800"}),
    ]
    path = write(tmp_path / "news.jsonl", "\n".join(lines))
    reports, issues = read(path)
    assert [report.id for report in reports] == ["7", "news-7"]
    assert reports[0].text == f"Ferry\n\n{BODY}"
    assert (reports[0].outlet, str(reports[0].published)) == ("River Post", "2019-06-05")
    assert reports[1].text == "One.\n\nTwo."
    assert codes(issues) == [("broken-line", 2), ("broken-line", 4), ("row-without-text", 5), ("broken-line", 6)]
    assert {issue.path for issue in issues} == {str(path)}
    assert count_inputs([path]) == 6


def test_rows_keep_their_own_bytes(tmp_path: Path) -> None:
    rows = [b'{"text": "One \xc3\xa9."}\n', b'{"text": "Two."}']
    kept: dict[str, bytes] = {}
    reports = list(read_paths([write(tmp_path / "a.jsonl", b"".join(rows))], keep_original=kept.__setitem__))
    assert [kept[report.origin.sha256] for report in reports if isinstance(report, Report) and report.origin] == rows


def test_csv_holds_quoted_line_ends_and_broken_rows(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        "id,text,date\n"
        '1,"One\nline, ""quoted""",2019-06-05\n'
        "2,too,many,cells\n"
        '3,"never closed,2019-06-05\n'
        "4,Four.,2019-06-06\n"
        "\n"
        "5,Five.,2019-06-07,,\n"
        "6,,2019-06-08\n",
    )
    reports, issues = read(path)
    assert [(report.id, report.text) for report in reports] == [
        ("1", 'One\nline, "quoted"'),
        ("4", "Four."),
        ("5", "Five."),
    ]
    assert codes(issues) == [("broken-line", 4), ("broken-line", 5), ("row-without-text", 9)]


def test_an_open_quotation_mark_costs_its_own_row_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,text\n1,"open\n2,"Two."\n3,"Three."\n4,"open to the end\n5,Five.\n')
    reports, issues = read(path)
    assert [report.id for report in reports] == ["2", "3", "5"]
    assert codes(issues) == [("broken-line", 2), ("broken-line", 5)]


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", "\t")])
def test_delimiters_are_told_by_the_first_line(tmp_path: Path, name: str, mark: str) -> None:
    path = write(tmp_path / name, f"id{mark}text\n1{mark}One, two.\n")
    assert [(r.id, r.text) for r in read(path)[0]] == [("1", "One, two.")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1256"])
def test_tables_are_read_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "a.csv", f"id,text\n1,{ARABIC}\n".encode(encoding))
    reports, issues = read(path)
    assert [(r.id, r.text) for r in reports] == [("1", ARABIC)]
    guessed = [GUESSED] if encoding == "cp1256" else []
    assert [issue.code for issue in issues] == [*guessed, "not-read"]


def test_bytes_that_break_one_row_are_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f"id,text\n1,{ARABIC}\n2,".encode() + b"caf\xff ends.\n")
    reports, issues = read(path)
    assert [r.text for r in reports] == [ARABIC, "caf\ufffd ends."]
    assert codes(issues) == [("not-read", 2), ("encoding-broken", 3)]


def test_a_table_without_a_text_column_says_how_to_name_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,words\n1,One.\n")
    reports, (issue,) = read(path)
    assert (reports, issue.code) == ([], "no-text-column")
    assert "--map" in issue.reason and "words" in issue.reason
    reports, (missing,) = read(path, column_map={"words": "text", "day": "published"})
    assert ([r.text for r in reports], missing.code) == (["One."], "no-such-column")


def test_a_column_settles_its_order_of_day_and_month(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,text,date\n1,One.,4/5/2017\n2,Two.,4/19/2017\n")
    reports, issues = read(path)
    assert [str(r.published) for r in reports] == ["2017-04-05", "2017-04-19"]
    assert issues == []


def test_ids_are_made_unique_within_a_run(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "id: x\n\nOne.")
    write(tmp_path / "b.txt", "id: x-2\n\nTwo.")
    write(tmp_path / "c.txt", "id: x\n\nThree.")
    reports, issues = read(tmp_path)
    assert [r.id for r in reports] == ["x", "x-2", "x-3"]
    assert [(i.code, i.report) for i in issues] == [("duplicate-id", "x-3")]


def test_an_empty_table_is_told(tmp_path: Path) -> None:
    for name, content in (("a.csv", ""), ("b.csv", "id,text\n"), ("c.jsonl", "\n")):
        reports, (issue,) = read(write(tmp_path / name, content))
        assert (reports, issue.code) == ([], "empty-file")


def test_a_default_outlet_stands_where_none_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "outlet: River Post\n\nOne.")
    write(tmp_path / "b.txt", "Two.")
    outlets = [r.outlet for r in read_paths([tmp_path], default_outlet="Delta") if isinstance(r, Report)]
    assert outlets == ["River Post", "Delta"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.sampled_from(["a.txt", "a", "a.jsonl", "a.csv", "a.tsv"]), st.binary(max_size=300))
def test_no_bytes_stop_a_run(tmp_path: Path, name: str, data: bytes) -> None:
    path = write(tmp_path / "inputs" / name, data)
    reports, issues = read(path)
    path.unlink()
    assert all(report.text and report.digest for report in reports)
    assert all(issue.code in SEVERITIES for issue in issues)
    assert reports or issues


def test_every_code_is_documented() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "input.md"
    documented = set(re.findall(r"^\| `([a-z-]+)` \|", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(SEVERITIES) <= documented
