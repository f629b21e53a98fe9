"""A project's own types of events: read from a file, kept in the log with who and when, and taken out again."""

from __future__ import annotations

import csv
import difflib
import io
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from twosource.closed_sets import Certainty, ClaimType, Stance, Status
from twosource.corpus_records import Decision, DecisionKind, OwnRule, OwnType
from twosource.errors import InputError, UsageError
from twosource.store import Project
from twosource.store.decisions import UNDO, append, decisions_in_force, lock_log
from twosource.store.fold import fold
from twosource.store.own_types import defined_types

__all__ = ["LONGEST_NAME", "define_types", "forget_type", "own_rule", "own_type", "own_types", "read_own_types"]

LONGEST_NAME = 80
_CLOSED: dict[str, type[StrEnum]] = {"types": ClaimType, "status": Status, "stance": Stance, "certainty": Certainty}
_WORDS = ("words", "actors", "targets", "places")
_TRUTHS = {"": None, "yes": True, "true": True, "no": False, "false": False}
_CSV = ("name", "definition", *_CLOSED, "negated", *_WORDS)


def own_types(project: Project) -> tuple[OwnType, ...]:
    """The own types of a project, by their names."""
    with project.looking() as connection:
        return defined_types(connection)


def define_types(project: Project, types: Iterable[OwnType], *, who: str, reason: str) -> tuple[Decision, ...]:
    """Keeps own types, each as an entry of the log; returns the entries of those that are new or say something else.

    A type of a name that is there already takes its place; the log keeps both. Others stay as they are.
    """
    with project.writing() as connection:
        lock_log(connection)
        known = {one.name: one for one in defined_types(connection)}
        kept = []
        for one in types:
            if known.get(one.name) == one:
                continue
            value = msgspec.to_builtins(one)
            before = msgspec.to_builtins(known[one.name]) if one.name in known else {}
            del value["name"]
            entry = Decision(
                kind=DecisionKind.TYPE,
                subjects=(one.name,),
                verdict="define",
                value=value,
                before=before,
                reason=reason,
                who=who,
            )
            kept.append(append(connection, entry))
    return tuple(kept)


def forget_type(project: Project, name: str, *, who: str, reason: str) -> Decision:
    """Takes the definition of an own type back, by an entry of the log; returns that.

    A definition that stood before it under the same name is taken back too. Raises UsageError for an unknown one.
    """
    with project.writing() as connection:
        lock_log(connection)
        title = own_type(defined_types(connection), name).name
        standing = decisions_in_force(connection, DecisionKind.TYPE, (title,))
        while standing:
            undoing = Decision(
                kind=DecisionKind.TYPE,
                subjects=(title,),
                verdict=UNDO,
                reason=reason,
                who=who,
                before={"verdict": standing[0].verdict, "reason": standing[0].reason, "who": standing[0].who},
                undoes=standing[0].number,
            )
            last = append(connection, undoing)
            standing = decisions_in_force(connection, DecisionKind.TYPE, (title,))
    return last


def own_type(types: Sequence[OwnType], name: str) -> OwnType:
    """The own type of this name, whatever its case. Raises UsageError for none, and says which are near."""
    known = {one.name.casefold(): one for one in types}
    found = known.get(" ".join(name.split()).casefold())
    if found is not None:
        return found
    near = difflib.get_close_matches(name.casefold(), known, n=2)
    if near:
        hint = f"did you mean {' or '.join(known[one].name for one in near)}?"
    elif types:
        hint = f"it is one of {', '.join(one.name for one in types)}"
    else:
        hint = "the project has none: 'twosource types import FILE PROJECT' adds them"
    raise UsageError(f"there is no own type {name!r}: {hint}")


def read_own_types(content: bytes, where: str) -> tuple[OwnType, ...]:
    """The own types that a file defines: CSV where its name ends so, else TOML.

    Raises InputError that names the file, the type and what to write instead.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{where}: it is not UTF-8: save it as UTF-8") from None
    try:
        rows = _csv_rows(text) if where.casefold().endswith(".csv") else _toml_rows(text)
        found = tuple(own_type_of(name, definition, rules) for name, definition, rules in rows)
    except UsageError as fault:
        raise InputError(f"{where}: {fault}") from None
    if not found:
        raise InputError(f"{where}: it defines no type: write [[type]] with name, definition and [[type.is]]")
    return found


def own_type_of(name: object, definition: object, rules: Sequence[Mapping[str, Any]]) -> OwnType:
    """The own type of these words, checked. Raises UsageError that names the type and what to write instead."""
    title = " ".join(name.split()) if isinstance(name, str) else ""
    if not title or len(title) > LONGEST_NAME:
        raise UsageError(f"type {title!r}: give it a name of 1 to {LONGEST_NAME} characters")
    if not isinstance(definition, str) or not definition.strip():
        raise UsageError(f"type {title!r}: it has no definition: say in a sentence what is meant by it")
    if not rules:
        raise UsageError(f"type {title!r}: it has no rule: write [[type.is]] with types, words or another condition")
    try:
        made = tuple(own_rule(rule) for rule in rules)
    except UsageError as fault:
        raise UsageError(f"type {title!r}: {fault}") from None
    return OwnType(name=title, definition=" ".join(definition.split()), rules=made)


def own_rule(given: Mapping[str, Any]) -> OwnRule:
    """A rule of these conditions, checked. Raises UsageError for a condition or a value that can't be meant."""
    known = (*_CLOSED, "negated", *_WORDS)
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it is one of {', '.join(known)}"
            raise UsageError(f"there is no condition {name!r}: {hint}")
    made: dict[str, Any] = {name: _closed(name, given[name]) for name in _CLOSED if name in given}
    made |= {name: _words(name, given[name]) for name in _WORDS if name in given}
    if given.get("negated") is not None:
        if not isinstance(given["negated"], bool):
            raise UsageError(f"negated: {given['negated']!r} is neither true nor false")
        made["negated"] = given["negated"]
    if not any(value or value is False for value in made.values()):
        raise UsageError(f"a rule without a condition holds for every claim: give one of {', '.join(known)}")
    return OwnRule(**made)


def _closed(name: str, value: object) -> tuple[StrEnum, ...]:
    closed = _CLOSED[name]
    found = []
    for one in _listed(name, value):
        word = one.strip().casefold().replace("-", "_").replace(" ", "_")
        if word not in tuple(closed):
            near = difflib.get_close_matches(word, list(closed), n=3)
            hint = f"did you mean {' or '.join(near)}?" if near else f"it is one of {', '.join(closed)}"
            raise UsageError(f"{name}: the codebook has no {one!r}: {hint}")
        found.append(closed(word))
    return tuple(dict.fromkeys(found))


def _words(name: str, value: object) -> tuple[str, ...]:
    found = [" ".join(one.split()) for one in _listed(name, value)]
    for one in found:
        if not fold(one):
            raise UsageError(f"{name}: {one!r} holds no word to look for")
    return tuple(dict.fromkeys(found))


def _listed(name: str, value: object) -> list[str]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, Sequence) or not all(isinstance(one, str) for one in value):
        raise UsageError(f'{name}: {value!r} is no list of words: write {name} = ["one", "another"]')
    return list(value)


def _toml_rows(text: str) -> list[tuple[object, object, Sequence[Mapping[str, Any]]]]:
    try:
        file = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise UsageError(f"it is no TOML ({fault})") from None
    rows = file.get("type", [])
    if set(file) - {"type"} or not isinstance(rows, list):
        raise UsageError("it holds something else than [[type]]: write a [[type]] for each type")
    found = []
    for row in rows:
        unknown = [key for key in row if key not in ("name", "definition", "is")]
        if unknown:
            raise UsageError(
                f"type {row.get('name')!r}: there is no {unknown[0]!r}: it has name, definition and [[type.is]]"
            )
        found.append((row.get("name"), row.get("definition"), row.get("is", [])))
    _refuse_twice([name for name, _, _ in found])
    return found


def _csv_rows(text: str) -> list[tuple[object, object, Sequence[Mapping[str, Any]]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    unknown = [name for name in reader.fieldnames or () if name not in _CSV]
    if unknown or "name" not in (reader.fieldnames or ()):
        what = f"there is no column {unknown[0]!r}" if unknown else "it has no column 'name'"
        raise UsageError(f"{what}: the columns are {', '.join(_CSV)}")
    found: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    for row in reader:
        name = " ".join((row["name"] or "").split())
        definition = (row.get("definition") or "").strip()
        known = found.setdefault(name, (definition, []))
        known[1].append(_csv_rule(row))
    return [(name, definition, rules) for name, (definition, rules) in found.items()]


def _csv_rule(row: Mapping[str, str | None]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name in (*_CLOSED, *_WORDS):
        values = [one.strip() for one in (row.get(name) or "").split(";") if one.strip()]
        if values:
            given[name] = values
    negated = (row.get("negated") or "").strip().casefold()
    if negated not in _TRUTHS:
        raise UsageError(f"type {row['name']!r}: negated: {negated!r} is neither yes nor no")
    if negated:
        given["negated"] = _TRUTHS[negated]
    return given


def _refuse_twice(names: Sequence[object]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"type {name!r} is defined twice: give it several [[type.is]] instead")
