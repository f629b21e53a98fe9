"""The grammar of time expressions: tables of words, fragments and rules, compiled from data/en/times.toml."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import msgspec

from twosource.errors import KnowledgeError
from twosource.knowledge.number_rules import NumberRules, alternatives, load_number_rules
from twosource.knowledge.toml_rules import Rule, data_bytes, load_rules

__all__ = ["TIME_FILE", "ForwardRow", "TimePattern", "TimeRow", "TimeRules", "load_time_rules"]

TIME_FILE = "en/times.toml"
_MACRO = re.compile(r"\{(=?)([a-z_]+)\}")
_WORD = re.compile(r"[a-z]+|\d+")
_NO_CLASSES = frozenset(["step", "text_step", "mod_head"])  # tables that no pattern asks for
_MOST_MACROS = 400  # a fragment that names itself would expand for ever


class TimeRow(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule: its pattern, the classes of words it needs, and the name of the function that gives its meaning."""

    pattern: str
    needs: tuple[str, ...]
    reads: str


class ForwardRow(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that make a time one to come: as a verb, mostly before an infinitive, or right before the time."""

    words: tuple[str, ...]
    infinitive: bool = False
    near: bool = False


class TimePattern(msgspec.Struct, frozen=True, kw_only=True):
    """A rule compiled. ``order`` is its place in the file: of two rules that match the same run the first one holds."""

    id: str
    pattern: re.Pattern[str]
    needs: frozenset[str]
    reads: str
    order: int


class TimeRules(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of time expressions. The keys of ``words`` and ``classes`` are lower case."""

    patterns: tuple[TimePattern, ...]
    words: dict[str, dict[str, Any]]
    classes: dict[str, frozenset[str]]
    forward_near: re.Pattern[str]
    infinitive: frozenset[str]
    lists: dict[str, frozenset[str]]
    numbers: NumberRules
    rows: tuple[TimeRow, ...]
    forward_rows: tuple[ForwardRow, ...]

    def classes_in(self, text: str) -> set[str]:
        """The classes of time words that the text holds; empty for most sentences."""
        seen: set[str] = set()
        for word in _WORD.findall(text.lower()):
            known = self.classes.get(word)
            if known:
                seen |= known
            elif word[0].isdigit():
                seen |= _digit_classes(word)
        return seen


def _digit_classes(word: str) -> set[str]:
    if len(word) == 4 and word[:2] in ("15", "16", "17", "18", "19", "20"):
        return {"digit", "year", "decade"} if word[3] == "0" else {"digit", "year"}
    return {"digit"}


def _expand(pattern: str, fragments: dict[str, str], rule: str) -> str:
    """The pattern with every {name} and {=name} replaced, until none is left."""
    for _ in range(_MOST_MACROS):
        match = _MACRO.search(pattern)
        if not match:
            return pattern.replace("[ ", r"[\s").replace(" ?", r"\s{0,9}").replace(" ", r"\s{1,9}")
        name = match[2]
        if name not in fragments:
            raise KnowledgeError(f"data/{TIME_FILE}, time {rule}: no table and no fragment is named {name!r}")
        body = fragments[name]
        replaced = f"(?:{body})" if match[1] else f"(?P<{name}>{body})"
        pattern = pattern[: match.start()] + replaced + pattern[match.end() :]
    raise KnowledgeError(f"data/{TIME_FILE}, time {rule}: the fragments name each other in a ring")


def _fragments(raw: dict[str, Any]) -> dict[str, str]:
    cased = set(raw["cased"])
    fragments: dict[str, str] = dict(raw["macros"])
    for table, words in raw["words"].items():
        if table in cased or table == "plain_month":
            forms = [form for word in words for form in (word, word.upper())]
            fragments[table] = f"(?-i:{alternatives(forms)})"
        else:
            fragments[table] = alternatives(words)
    # Expanded fragments hold \s+ already; a space in a fragment of [macros] is turned at the end.
    return fragments


def _classes(raw: dict[str, Any]) -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = {}
    for table, words in raw["words"].items():
        if table in _NO_CLASSES:
            continue
        name = {"plain_month": "month", "short_month": "month", "short_weekday": "weekday", "span": "unit"}.get(
            table, table
        )
        for word in words:
            parts = _WORD.findall(word.lower())
            if len(parts) == 1:
                classes.setdefault(parts[0], set()).add(name)
    for name, words in raw["gate"].items():
        for word in words:
            classes.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in classes.items()}


def _compiled(row: TimeRow, order: int, fragments: dict[str, str]) -> TimePattern:
    source = _expand(row.pattern, fragments, row.id)
    try:
        pattern = re.compile(rf"(?<!\w)(?:{source})(?!\w)", re.IGNORECASE)
    except re.error as fault:
        raise KnowledgeError(f"data/{TIME_FILE}, time {row.id}: {fault}") from None
    return TimePattern(id=row.id, pattern=pattern, needs=frozenset(row.needs), reads=row.reads, order=order)


def load_time_rules() -> TimeRules:
    """The time rules in data/en/times.toml. Raises KnowledgeError where a row breaks its rules."""
    raw = tomllib.loads(data_bytes(TIME_FILE).decode("utf-8"))
    fragments = _fragments(raw)
    rows = load_rules(TIME_FILE, "time", TimeRow)
    forward = load_rules(TIME_FILE, "forward", ForwardRow)
    near = [word for row in forward if row.near for word in row.words]
    return TimeRules(
        patterns=tuple(_compiled(row, order, fragments) for order, row in enumerate(rows)),
        words={table: {word.lower(): value for word, value in words.items()} for table, words in raw["words"].items()},
        classes=_classes(raw),
        forward_near=re.compile(rf"(?<!\w)(?:{alternatives(near)})\s*$", re.IGNORECASE),
        infinitive=frozenset(word for row in forward if row.infinitive for word in row.words),
        lists={name: frozenset(words) for name, words in raw["lists"].items()},
        numbers=load_number_rules(),
        rows=rows,
        forward_rows=forward,
    )
