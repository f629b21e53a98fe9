from __future__ import annotations

import builtins
import sys
from pathlib import Path
from typing import Any

import pandas
import pytest

import twosource
from twosource.errors import ProjectError, UsageError
from twosource.export.record_tables import TABLES
from twosource.export.tables import Kind
from twosource.store import Project


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_frame_has_the_rows_and_columns_of_the_export(examples: Project, table: Any) -> None:
    from twosource.export.material import Material

    frame = twosource.frame(examples, table.name)
    assert tuple(frame.columns) == table.header
    assert len(frame) == sum(1 for _ in table.rows(Material(examples)))
    kinds = {column.name: column.kind for column in table.columns}
    days = [name for name, kind in kinds.items() if kind is Kind.DAY]
    assert all(str(frame.dtypes[name]) == "datetime64[s]" for name in days)
    whole = [name for name, kind in kinds.items() if kind is Kind.WHOLE]
    assert all(str(frame.dtypes[name]) == "Int64" for name in whole)


def test_a_filter_chooses_claims_and_what_is_not_said_is_missing(examples: Project) -> None:
    frame = twosource.frame(examples, type="kills", place="Vorrim", since="2019-04-01")
    assert set(frame["type"]) == {"kills"}
    assert frame["start"].min() >= pandas.Timestamp("2019-04-01")
    assert frame["killed_low"].dropna().ge(1).all()
    assert twosource.frame(examples)["killed_high"].isna().any()


def test_a_frame_of_nothing_has_its_columns_and_their_types(examples: Project) -> None:
    frame = twosource.frame(examples, actor="Nobody at all")
    assert len(frame) == 0
    assert frame.dtypes.equals(twosource.frame(examples).dtypes)


def test_a_project_is_opened_by_its_path(tmp_path: Path, examples: Project) -> None:
    assert len(twosource.frame(examples.where, "reports")) == 14
    with pytest.raises(ProjectError, match="there is no project"):
        twosource.frame(tmp_path / "none.db")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"table": "people"}, "no table 'people'"),
        ({"colour": "red"}, "no filter 'colour'"),
        ({"type": "storm"}, "storm"),
        ({"since": "yesterday"}, "since"),
    ],
)
def test_what_can_not_be_meant_is_told(examples: Project, asked: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        twosource.frame(examples, **asked)


def test_where_pandas_is_missing_the_error_says_what_to_install(
    examples: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return plain(name, *rest, **more)

    monkeypatch.delitem(sys.modules, "pandas")
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"twosource\[frames\]"):
        twosource.frame(examples)
