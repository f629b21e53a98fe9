from __future__ import annotations

import json

from twosource.export.formats import export
from twosource.store import Project


def whole(project: Project, name: str) -> str:
    return b"".join(export(project, name)).decode()


def test_bibtex_has_an_entry_for_each_report_with_tex_s_own_characters_escaped(exported: Project) -> None:
    first, *others = whole(exported, "bibtex").strip().split("\n\n")
    assert len(others) == 2
    assert first.startswith("@misc{gazette-1,\n")
    assert r"author = {{The <Gazette> \& Co}}" in first
    assert "date = {2024-03-02}" in first
    assert "url = {https://example.org/a?b=1&c=2}" in first
    assert first.count("{") == first.count("}")


def test_ris_has_a_record_for_each_report_in_its_own_line_ends(exported: Project) -> None:
    records = whole(exported, "ris").split("ER  - \r\n\r\n")
    assert records.pop() == ""
    assert len(records) == 3
    assert all(record.startswith("TY  - NEWS\r\nID  - ") for record in records)
    assert "DA  - 2024/03/02\r\n" in records[0]
    assert "UR  - https://example.org/a?b=1&c=2\r\n" in records[0]


def test_csl_items_have_a_key_and_a_type(exported: Project) -> None:
    first, *others = json.loads(whole(exported, "csl-json"))
    assert len(others) == 2
    assert first["type"] == "article-newspaper"
    assert first["issued"] == {"date-parts": [[2024, 3, 2]]}
    assert "issued" not in others[-1]
