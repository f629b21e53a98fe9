"""Finds what stands twice in src/twosource/data, and what nothing loads.

python tools/check_data.py   exit code 1 where there is a fault, each told with its file and line

An id stands once among the rows of one kind: the rows of one [[table]] in all TOML files, the lines of one JSONL file.
A sentence is the matching example of one row of its kind, and stands in a row once. A trigger lemma stands in one row
of a type, but for rows that ask for other company. A name belongs to one actor, unless all others mark it as ambiguous.
"""

from __future__ import annotations

import ast
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from twosource.knowledge.name_index import fold_actor

ROOT = Path(__file__).parents[1]
DATA = ROOT / "src" / "twosource" / "data"
CODE = (ROOT / "src" / "twosource", ROOT / "tools")

_CONDITIONS = ("objects", "subjects", "preps")
"""What a trigger rule may ask to stand beside its word; a rule without one asks for nothing."""


@dataclass(frozen=True)
class Row:
    """One row of knowledge: its kind (a table's name, a JSONL file's stem), its values, and the lines it stands on."""

    path: Path
    line: int
    kind: str
    values: dict[str, Any]
    lines: tuple[str, ...]

    def line_of(self, words: str, nth: int = 1) -> int:
        """The line in the file, from 1, on which the words stand for the nth time; the row's first where none does."""
        for number, line in enumerate(self.lines, self.line):
            nth -= line.count(f'"{words}"') + line.count(f"'{words}'")
            if nth < 1:
                return number
        return self.line


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, and where; ``line`` counts from 1."""

    path: Path
    line: int
    words: str


def find_faults(data: Path, code: Iterable[Path]) -> list[Fault]:
    """Every fault under ``data``, by file and line; ``code`` are the folders whose Python may load its files."""
    rows, broken = _read(data)
    actors = [row for row in rows if row.kind == "actors"]
    triggers = [row for row in rows if row.kind == "trigger"]
    return sorted(
        [
            *broken,
            *_ids_twice(rows),
            *_examples_twice(rows),
            *_lemmas_twice(triggers),
            *_names_twice(actors),
            *_never_loaded(data, code),
        ]
    )


def _read(data: Path) -> tuple[list[Row], list[Fault]]:
    """The rows of all files, and the files and lines that are neither TOML nor JSON."""
    rows: list[Row] = []
    faults: list[Fault] = []
    for path in sorted(data.rglob("*.toml")):
        try:
            rows.extend(_toml_rows(path))
        except tomllib.TOMLDecodeError as fault:
            faults.append(Fault(path, 1, f"not TOML: {fault}"))
    for path in sorted(data.rglob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                rows.append(Row(path, number, path.stem, json.loads(line), (line,)))
            except json.JSONDecodeError as fault:
                faults.append(Fault(path, number, f"not JSON: {fault}"))
    return rows, faults


def _toml_rows(path: Path) -> Iterator[Row]:
    """The rows of each [[table]], which are all that has a line of its own."""
    text = path.read_text("utf-8")
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("[")]
    for table, rows in tomllib.loads(text).items():
        starts = [number for number in heads if lines[number].split("#")[0].strip() == f"[[{table}]]"]
        if isinstance(rows, list) and len(starts) == len(rows):
            for start, values in zip(starts, rows, strict=True):
                end = next((number for number in heads if number > start), len(lines))
                yield Row(path, start + 1, table, values, tuple(lines[start:end]))


def _ids_twice(rows: Iterable[Row]) -> Iterator[Fault]:
    named = [(row, row.values["id"]) for row in rows if "id" in row.values]
    for first, row, name in _repeated(((row.kind, name), row, name) for row, name in named):
        yield Fault(row.path, row.line_of(name), f"the id {name!r} stands twice ({_at(first, first.line_of(name))})")


def _examples_twice(rows: Sequence[Row]) -> Iterator[Fault]:
    matching = (((row.kind, words), row, words) for row in rows for words in set(row.values.get("matches", ())))
    for first, row, words in _repeated(matching):
        where = _at(first, first.line_of(words))
        yield Fault(row.path, row.line_of(words), f"the example {words!r} stands in two rows ({where})")
    for row in rows:
        seen: set[str] = set()
        for words in (*row.values.get("matches", ()), *row.values.get("leaves", ())):
            if words in seen:
                yield Fault(row.path, row.line_of(words, 2), f"the example {words!r} stands twice in one row")
            seen.add(words)


def _lemmas_twice(rows: Iterable[Row]) -> Iterator[Fault]:
    alike: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        alike[row.values["type"], row.values["pos"]].append(row)
    for first, second in (pair for rows_ in alike.values() for pair in combinations(rows_, 2)):
        if not (_covers(first.values, second.values) or _covers(second.values, first.values)):
            continue
        for lemma in sorted(set(first.values["lemmas"]) & set(second.values["lemmas"])):
            words = f"the lemma {lemma!r} stands in two rows of {first.values['type']}"
            yield Fault(second.path, second.line_of(lemma), f"{words} ({_at(first, first.line_of(lemma))})")


def _covers(wide: dict[str, Any], narrow: dict[str, Any]) -> bool:
    """Whether the one rule lets through all that the other does."""
    asked = ((set(wide.get(name, ())), set(narrow.get(name, ()))) for name in _CONDITIONS)
    return all(not mine or (theirs and theirs <= mine) for mine, theirs in asked)


def _names_twice(actors: Iterable[Row]) -> Iterator[Fault]:
    plain = ((fold_actor(name), row, name) for row in actors for name in _unmarked(row.values))
    for first, row, name in _repeated(plain):
        if first.values["id"] != row.values["id"]:
            words = f"the name {name!r} is also that of {first.values['id']!r} ({_at(first, first.line)}), and neither"
            yield Fault(row.path, row.line, f"{words} marks it as ambiguous")


def _unmarked(actor: dict[str, Any]) -> list[str]:
    """The actor's names that are not marked as ambiguous, one for each spelling that is told apart."""
    marked = {fold_actor(name) for name in actor.get("ambiguous", ())}
    names = {fold_actor(name): name for name in (actor["name"], *actor.get("aliases", ()))}
    return [name for key, name in names.items() if key not in marked]


def _never_loaded(data: Path, code: Iterable[Path]) -> Iterator[Fault]:
    loaded = {words for folder in code for path in folder.rglob("*.py") for words in _strings(path)}
    for path in sorted(data.rglob("*")):
        if path.is_file() and path.suffix != ".md" and path.relative_to(data).as_posix() not in loaded:
            yield Fault(path, 1, "nothing loads this file: no string in the code is its path in data/")


def _strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _repeated(keyed: Iterable[tuple[Hashable, Row, str]]) -> Iterator[tuple[Row, Row, str]]:
    """The first row with a key and each later one that has it too, with what it stands for."""
    firsts: dict[Hashable, Row] = {}
    for key, row, words in keyed:
        if key in firsts:
            yield firsts[key], row, words
        else:
            firsts[key] = row


def _at(row: Row, line: int) -> str:
    return f"first at {row.path.name}:{line}"


def main() -> int:
    """The exit code: 1 where there is a fault, else 0."""
    faults = find_faults(DATA, CODE)
    for fault in faults:
        print(f"{fault.path.relative_to(ROOT)}:{fault.line}: {fault.words}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
