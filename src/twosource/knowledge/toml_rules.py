"""Reads data/ into typed rows: rules in TOML, tables in JSON Lines. Fails loudly, with file and row, on a wrong one."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import TypeVar

import msgspec

from twosource.errors import KnowledgeError

__all__ = ["Rule", "data_bytes", "data_digest", "load_record", "load_rows", "load_rules"]


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every row in data/ has: an id of its own, sentences that it must match, and sentences that it must not."""

    id: str
    matches: tuple[str, ...]
    leaves: tuple[str, ...] = ()


RuleT = TypeVar("RuleT", bound=Rule)
RowT = TypeVar("RowT")


def data_bytes(name: str) -> bytes:
    """The bytes of ``data/<name>`` in the installed package. Raises KnowledgeError where there is no such file."""
    try:
        return files("twosource").joinpath("data", *name.split("/")).read_bytes()
    except FileNotFoundError:
        raise KnowledgeError(f"data/{name} is missing from the package: install twosource again") from None


def data_digest(names: Iterable[str]) -> str:
    """One hex SHA-256 over the files, in the order given."""
    digest = hashlib.sha256()
    for name in names:
        digest.update(data_bytes(name))
    return digest.hexdigest()


def load_record(name: str, kind: type[RowT], mend: str = "install twosource again") -> RowT:
    """The one record of the JSON file ``data/<name>``.

    Raises KnowledgeError, with ``mend`` for what to do, where the file is not of the form.
    """
    try:
        return msgspec.json.decode(data_bytes(name), type=kind)
    except msgspec.DecodeError as fault:
        raise KnowledgeError(f"data/{name}: {fault}: {mend}") from None


def load_rows(name: str, kind: type[RowT]) -> tuple[RowT, ...]:
    """The rows of the JSON Lines table ``data/<name>``, in order. Raises KnowledgeError that names a wrong line."""
    decoder = msgspec.json.Decoder(kind)
    rows: list[RowT] = []
    for number, line in enumerate(data_bytes(name).splitlines(), 1):
        try:
            rows.append(decoder.decode(line))
        except msgspec.DecodeError as fault:
            raise KnowledgeError(f"data/{name}, line {number}: {fault}") from None
    return tuple(rows)


def load_rules(name: str, table: str, kind: type[RuleT]) -> tuple[RuleT, ...]:
    """The rows of ``[[table]]`` in ``data/<name>``, in the file's order, each checked against ``kind``.

    Raises KnowledgeError for a row of the wrong shape, an id that stands twice, or a row without an example.
    """
    rows = tomllib.loads(data_bytes(name).decode("utf-8")).get(table, [])
    rules: list[RuleT] = []
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        try:
            rule = msgspec.convert(row, kind)
        except msgspec.ValidationError as fault:
            raise KnowledgeError(f"data/{name}, {table} {number} ({row.get('id', 'no id')}): {fault}") from None
        if rule.id in seen:
            raise KnowledgeError(f"data/{name}, {table} {number}: the id {rule.id!r} stands twice")
        if not rule.matches:
            raise KnowledgeError(f"data/{name}, {table} {number} ({rule.id}): give at least one example that matches")
        seen.add(rule.id)
        rules.append(rule)
    return tuple(rules)
