from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from coded_claims import example_reports, example_rows, keep_coded
from twosource.errors import InputError
from twosource.export.formats import export
from twosource.score.claims import score_claims
from twosource.score.coded import CodedFigure, CodedWhen, read_coded
from twosource.store import open_project


def table(folder: Path, text: str) -> Path:
    path = folder / "coded.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_of_another_tool_is_a_claim_and_what_it_leaves_out_is_the_usual(tmp_path: Path) -> None:
    [claim] = read_coded(
        table(
            tmp_path,
            "report,type,evidence,actors,start,end,killed_low,killed_high,note\n"
            "r1,shelling,shells hit Vale … killing 12,the army; a militia,2024-03-01,,12,,seen\n",
        )
    )
    assert claim.evidence == ("shells hit Vale", "killing 12")
    assert claim.actors == ("the army", "a militia")
    assert claim.when == CodedWhen(None, datetime.date(2024, 3, 1), None)
    assert claim.figures == (CodedFigure("", "killed", 12, None),)
    assert (claim.stance, claim.certainty, claim.status, claim.negated) == ("asserts", "certain", "happened", False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("report,type\n", "no column evidence"),
        ("report,type,evidence\nr1,picnic,x\n", "line 2.*picnic"),
        ("report,type,evidence,negated\nr1,shelling,x,perhaps\n", "line 2: negated"),
        ("report,type,evidence,killed_low\nr1,shelling,x,many\n", "line 2: killed_low"),
        ("report,type,evidence,stance\nr1,shelling,x,shouts\n", "line 2.*shouts"),
    ],
)
def test_a_table_that_can_t_be_meant_is_refused_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_coded(table(tmp_path, text))


def test_claims_exported_as_csv_score_as_the_same_claims(tmp_path: Path) -> None:
    with open_project(tmp_path / "a.db", create=True) as project:
        keep_coded(project, example_reports(), example_rows())
        for name, suffix in (("claims", "jsonl"), ("claims-csv", "csv")):
            (tmp_path / f"c.{suffix}").write_bytes(b"".join(export(project, name)))
    lines, rows = read_coded(tmp_path / "c.jsonl"), read_coded(tmp_path / "c.csv")
    texts = {report.id: report.text for report in example_reports()}
    figures = score_claims(lines, rows, texts)
    assert len(rows) == len(lines)
    assert [claim.type for claim in rows] == [claim.type for claim in lines]
    assert figures["typed_f1"] == 1.0
    for field in ("actors", "targets", "places", "when", "sources", "via", "stance", "certainty", "status", "negated"):
        assert figures[field] == 1.0, field
