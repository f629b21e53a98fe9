from __future__ import annotations

import datetime
import json
from pathlib import Path

from asked import told
from made_files import PARAGRAPHS, parquet
from twosource.intake import count_inputs, read_paths
from twosource.records import Issue, Report


def test_each_row_is_a_report_with_its_own_bytes(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"body": PARAGRAPHS[0], "date": datetime.date(2019, 6, 5), "source": "The River Post"},
        {"body": None, "date": None, "source": None},
        {"body": PARAGRAPHS[1], "date": datetime.date(2019, 6, 6), "source": "The River Post"},
    ]
    path = parquet(rows, tmp_path / "a.parquet")
    kept: dict[str, bytes] = {}
    found = list(read_paths([path], keep_original=kept.__setitem__))
    reports = [one for one in found if isinstance(one, Report)]
    assert [(one.id, one.text, str(one.published)) for one in reports] == [
        ("a-1", PARAGRAPHS[0], "2019-06-05"),
        ("a-3", PARAGRAPHS[1], "2019-06-06"),
    ]
    assert [(one.code, one.line) for one in found if isinstance(one, Issue)] == [("row-without-text", 2)]
    assert reports[0].origin is not None
    assert json.loads(kept[reports[0].origin.sha256])["source"] == "The River Post"
    assert count_inputs([path]) is None


def test_columns_are_mapped_and_a_table_without_text_is_told(tmp_path: Path) -> None:
    path = parquet([{"words": PARAGRAPHS[0]}], tmp_path / "a.parquet")
    (issue,) = read_paths([path])
    assert isinstance(issue, Issue) and issue.code == "no-text-column"
    (report,) = read_paths([path], column_map={"words": "text"})
    assert isinstance(report, Report) and report.text == PARAGRAPHS[0]


def test_a_broken_file_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + b"\x00" * 40 + b"PAR1")
    assert told("parquet", path=path) == [("broken-document", None)]
    (issue,) = read_paths([path])
    assert isinstance(issue, Issue) and (issue.code, issue.path) == ("broken-document", str(path))
