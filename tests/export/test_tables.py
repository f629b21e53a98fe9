from __future__ import annotations

import csv
import io
import json
import zipfile

import pyarrow.parquet
import pytest
from lxml import etree

from twosource.export.formats import FORMATS, export
from twosource.export.record_tables import TABLES
from twosource.export.table_files import guarded
from twosource.export.tables import Kind, codebook_rows
from twosource.store import Project

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def whole(project: Project, name: str) -> bytes:
    return b"".join(export(project, name))


def rows(project: Project, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(whole(project, name).decode("utf-8-sig"))))


def test_a_claim_is_a_row_with_its_words_figures_and_place(exported: Project) -> None:
    first = rows(exported, "claims-csv")[0]
    assert first["evidence"] == "Norland shelled Aleppo on 2024-03-01, killing 12"
    assert (first["type"], first["family"], first["sources"]) == ("shelling", "force", "Halabi")
    assert (first["killed_low"], first["killed_high"]) == ("12", "12")
    assert (first["country"], first["latitude"], first["precision"]) == ("SY", "36.20124", "town")
    assert (first["start"], first["end"], first["negated"]) == ("2024-03-01", "2024-03-01", "false")
    assert first["event"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_column_has_a_name_of_its_own_a_kind_and_a_meaning(table: object) -> None:
    told = list(codebook_rows([table]))
    assert len({name for _, name, _, _ in told}) == len(told)
    assert all(meaning.endswith(".") and kind in list(Kind) for _, _, kind, meaning in told)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_file_of_a_table_holds_the_same_rows(exported: Project, table: object) -> None:
    lines = [json.loads(line) for line in whole(exported, f"{table.name}-jsonl").splitlines()]
    parquet = pyarrow.parquet.read_table(io.BytesIO(whole(exported, f"{table.name}-parquet")))
    assert [len(rows(exported, f"{table.name}-csv")), parquet.num_rows] == [len(lines)] * 2
    assert tuple(parquet.column_names) == table.header
    told = [{name: str(v) if hasattr(v, "isoformat") else v for name, v in row.items()} for row in parquet.to_pylist()]
    assert told == lines
    assert parquet.schema.field("id").metadata[b"meaning"]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"), ("@x", "'@x"), ("+x", "'+x"), ("-x", "'-x"), ("\tx", "'\tx"), ("-3.5", "-3.5"), (-3.5, -3.5),
        ("a=b", "a=b"), (None, None), (True, True),
    ],
)  # fmt: skip
def test_words_that_a_spreadsheet_would_run_are_guarded(cell: object, safe: object) -> None:
    assert guarded(cell) == safe


def test_no_cell_of_csv_or_xlsx_begins_like_a_formula(exported: Project) -> None:
    titles = [row["title"] for row in rows(exported, "reports-csv")]
    assert "'=HYPERLINK(1)" in titles
    with zipfile.ZipFile(io.BytesIO(whole(exported, "xlsx"))) as book:
        words = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "<f>" not in words
    assert "'=HYPERLINK(1)" in words


def test_a_workbook_has_a_sheet_for_each_table_and_its_codebook(exported: Project) -> None:
    with zipfile.ZipFile(io.BytesIO(whole(exported, "xlsx"))) as book:
        sheets = etree.fromstring(book.read("xl/workbook.xml")).iter(f"{SHEET}sheet")
        assert [sheet.get("name") for sheet in sheets] == [*(table.name for table in TABLES), "codebook"]
        codebook = etree.fromstring(book.read(f"xl/worksheets/sheet{len(TABLES) + 1}.xml"))
        told = sum(len(table.columns) for table in TABLES)
        assert len(list(codebook.iter(f"{SHEET}row"))) == told + 1


def test_an_archive_holds_a_parquet_file_for_each_table_and_their_codebook(exported: Project) -> None:
    with zipfile.ZipFile(io.BytesIO(whole(exported, "parquet"))) as archive:
        assert archive.namelist() == [*(f"{table.name}.parquet" for table in TABLES), "codebook.csv"]
        assert archive.testzip() is None


def test_every_table_is_offered_in_every_kind_of_file() -> None:
    assert {f"{table.name}-{kind}" for table in TABLES for kind in ("jsonl", "csv", "parquet", "xlsx")} <= set(FORMATS)


def test_the_codebook_can_be_given_away_beside_the_tables(exported: Project) -> None:
    told = {(row["table"], row["column"]) for row in csv.DictReader(io.StringIO(whole(exported, "codebook").decode()))}
    assert {("claims", "evidence"), ("acled", "fatalities"), ("ucdp-ged", "best")} <= told
