from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(TOOLS))
    return import_module("check_data")


class Project:
    """A folder of data and one of code, to put faults into."""

    def __init__(self, root: Path, tool: Any) -> None:
        self.data, self.code, self.tool = root / "data", root / "code", tool
        for folder in (self.data / "en", self.code):
            folder.mkdir(parents=True)

    def put(self, name: str, text: str) -> None:
        path = self.data / name
        path.write_text(text, "utf-8")
        with (self.code / "load.py").open("a", encoding="utf-8") as loader:
            loader.write(f"load({name!r})\n")

    def faults(self) -> list[tuple[str, int, str]]:
        found = self.tool.find_faults(self.data, [self.code])
        return [(fault.path.relative_to(self.data).as_posix(), fault.line, fault.words) for fault in found]


@pytest.fixture
def project(tmp_path: Path, tool: Any) -> Iterator[Project]:
    yield Project(tmp_path, tool)


def rule(table: str, name: str, **values: Any) -> str:
    """A row, with its head on the first line and its id on the second."""
    fields = {"id": name, "matches": [f"{name} matches."], "leaves": [f"{name} leaves."], **values}
    return "\n".join([f"[[{table}]]", *(f"{key} = {json.dumps(value)}" for key, value in fields.items())]) + "\n"


def trigger(name: str, lemmas: list[str], **values: Any) -> str:
    return rule("trigger", name, type="kills", pos="VERB", lemmas=lemmas, **values)


def actor(name: str, **values: Any) -> str:
    return json.dumps({"id": name.lower().replace(" ", "-"), "name": name, **values}) + "\n"


def test_the_packaged_data_is_read(tool: Any) -> None:
    rows, broken = tool._read(tool.DATA)
    assert not broken
    assert {"actors", "agencies", "trigger", "event_type", "time", "stamp"} <= {row.kind for row in rows}


def test_sound_data_has_no_fault(project: Project) -> None:
    project.put("en/rules.toml", rule("cue", "one") + rule("cue", "two") + rule("verb", "one"))
    project.put("actors.jsonl", actor("River Guard") + actor("Free Front", aliases=["FF"]))
    assert project.faults() == []


def test_an_id_twice_in_a_file(project: Project) -> None:
    project.put("en/rules.toml", rule("cue", "one") + rule("cue", "one", matches=["Other."]))
    assert project.faults() == [("en/rules.toml", 6, "the id 'one' stands twice (first at rules.toml:2)")]


def test_an_id_twice_over_files_of_one_kind(project: Project) -> None:
    project.put("en/first.toml", rule("cue", "one"))
    project.put("en/second.toml", "# a line before\n" + rule("cue", "one", matches=["Other."]))
    assert project.faults() == [("en/second.toml", 3, "the id 'one' stands twice (first at first.toml:2)")]


def test_an_id_twice_in_a_table_of_lines(project: Project) -> None:
    project.put("actors.jsonl", actor("River Guard") + actor("Free Front") + actor("River Guard"))
    assert project.faults() == [("actors.jsonl", 3, "the id 'river-guard' stands twice (first at actors.jsonl:1)")]


def test_one_id_in_two_kinds_is_no_fault(project: Project) -> None:
    project.put("actors.jsonl", actor("Herald"))
    project.put("agencies.jsonl", actor("Herald"))
    assert project.faults() == []


def test_a_lemma_in_two_rows_of_a_type(project: Project) -> None:
    project.put("en/triggers.toml", trigger("kill", ["kill", "perish"]) + trigger("die", ["die", "perish"]))
    where = "first at triggers.toml:7"
    assert project.faults() == [("en/triggers.toml", 14, f"the lemma 'perish' stands in two rows of kills ({where})")]


def test_a_lemma_in_a_row_that_another_covers(project: Project) -> None:
    narrow = trigger("raid", ["hit"], objects=["town"])
    project.put("en/triggers.toml", narrow + trigger("hit", ["hit"], objects=["town", "camp"], preps=[]))
    assert [words for _, _, words in project.faults()] == [
        "the lemma 'hit' stands in two rows of kills (first at triggers.toml:7)"
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"type": "injures"},
        {"pos": "NOUN"},
        {"objects": ["camp"]},
        {"subjects": ["@force"], "objects": []},
    ],
)
def test_a_lemma_in_rows_that_differ_is_no_fault(project: Project, other: dict[str, Any]) -> None:
    values = {"type": "kills", "pos": "VERB", "lemmas": ["hit"], **other}
    first = trigger("first", ["hit"], objects=["town"])
    project.put("en/triggers.toml", first + rule("trigger", "second", **values))
    assert project.faults() == []


def test_two_actors_under_one_unmarked_alias(project: Project) -> None:
    project.put("actors.jsonl", actor("Free Front", aliases=["FF"]) + actor("Farm Fund", aliases=["F.F."]))
    words = "the name 'F.F.' is also that of 'free-front' (first at actors.jsonl:1), and neither marks it as ambiguous"
    assert project.faults() == [("actors.jsonl", 2, words)]


def test_an_alias_that_all_but_one_mark_is_no_fault(project: Project) -> None:
    marked = actor("Farm Fund", aliases=["FF"], ambiguous=["FF"])
    project.put("actors.jsonl", actor("Free Front", aliases=["FF"]) + marked)
    assert project.faults() == []


def test_an_alias_twice_in_one_row_is_no_fault(project: Project) -> None:
    project.put("actors.jsonl", actor("Free Front", aliases=["The Free Front", "free front"]))
    assert project.faults() == []


def test_a_matching_example_in_two_rows(project: Project) -> None:
    project.put("en/rules.toml", rule("cue", "one", matches=["It fell."]) + rule("cue", "two", matches=["It fell."]))
    assert project.faults() == [
        ("en/rules.toml", 7, "the example 'It fell.' stands in two rows (first at rules.toml:3)")
    ]


@pytest.mark.parametrize("examples", [{"matches": ["It fell.", "It fell."]}, {"leaves": ["one matches."]}])
def test_an_example_twice_in_one_row(project: Project, examples: dict[str, list[str]]) -> None:
    project.put("en/rules.toml", rule("cue", "one", **examples))
    ((_, _, words),) = project.faults()
    assert words.endswith("stands twice in one row")


def test_one_sentence_that_several_rows_must_leave_is_no_fault(project: Project) -> None:
    project.put("en/rules.toml", rule("cue", "one", leaves=["It fell."]) + rule("cue", "two", leaves=["It fell."]))
    assert project.faults() == []


def test_a_file_that_nothing_loads(project: Project) -> None:
    (project.data / "en" / "left.toml").write_text(rule("cue", "one"), "utf-8")
    (project.data / "README.md").write_text("for people", "utf-8")
    (project.code / "near.py").write_text('"""Says that it loads en/left.toml."""\n', "utf-8")
    assert [(path, line) for path, line, _ in project.faults()] == [("en/left.toml", 1)]


def test_broken_files_are_told(project: Project) -> None:
    project.put("en/rules.toml", "[[cue]\n")
    project.put("actors.jsonl", actor("River Guard") + "{\n")
    assert [(path, line) for path, line, _ in project.faults()] == [("actors.jsonl", 2), ("en/rules.toml", 1)]


def test_the_exit_code_and_the_message(
    project: Project, tool: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project.put("en/rules.toml", rule("cue", "one"))
    for name, value in {"ROOT": project.data.parent, "DATA": project.data, "CODE": [project.code]}.items():
        monkeypatch.setattr(tool, name, value)
    assert tool.main() == 0
    (project.data / "left.bin").write_bytes(b"\0")
    assert tool.main() == 1
    assert capsys.readouterr().err.startswith("data/left.bin:1: nothing loads this file")
