"""A project's own types: read from a file, kept in the log, and told of claims alike by the database and in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coded_claims import keep_examples
from twosource import deciding
from twosource.closed_sets import ClaimType, Status
from twosource.corpus_records import OwnRule, OwnType
from twosource.deciding.own_types import define_types, forget_type, own_types, read_own_types
from twosource.errors import InputError, UsageError
from twosource.export.formats import export
from twosource.export.material import Choice, Publication
from twosource.export.project_lines import read_project_lines
from twosource.store import Project, open_project
from twosource.store.own_types import is_of
from twosource.views.claims import ClaimFilter, every_claim, find_claims
from twosource.views.own_types import list_own_types, own_type_named

TOML = """
[[type]]
name = "Market shelling"
definition = "Shells that hit a market"

[[type.is]]
types = ["shelling", "attack"]
words = ["market"]

[[type.is]]
types = ["kills"]
status = ["happened"]
places = ["Nevrin"]
negated = false
"""
CSV = """name,definition,types,status,words,places,negated
Market shelling,Shells that hit a market,shelling; attack,,market,,
Market shelling,,kills,happened,,Nevrin,no
"""
MARKET = OwnType(
    name="Market shelling",
    definition="Shells that hit a market",
    rules=(
        OwnRule(types=(ClaimType.SHELLING, ClaimType.ATTACK), words=("market",)),
        OwnRule(types=(ClaimType.KILLS,), status=(Status.HAPPENED,), places=("Nevrin",), negated=False),
    ),
)


fill = keep_examples


def define(project: Project, *types: OwnType) -> int:
    return len(define_types(project, types, who="Ana", reason="round 2"))


@pytest.mark.parametrize(("where", "text"), [("own.toml", TOML), ("own.CSV", CSV), ("own.csv", "\ufeff" + CSV)])
def test_a_file_defines_types(where: str, text: str) -> None:
    assert read_own_types(text.encode(), where) == (MARKET,)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[[type]]\nname = "A"\n', "type 'A': it has no definition"),
        ('[[type]]\ndefinition = "d"\n', "give it a name"),
        ('[[type]]\nname = "A"\ndefinition = "d"\n', "type 'A': it has no rule"),
        ('[[type]]\nname = "A"\ndefinition = "d"\n[[type.is]]\n', "holds for every claim"),
        ('[[type]]\nname = "A"\ndefinition = "d"\n[[type.is]]\ntypes = ["airstrikes"]\n', "did you mean airstrike"),
        ('[[type]]\nname = "A"\ndefinition = "d"\n[[type.is]]\nword = ["x"]\n', "'word': did you mean words?"),
        ('[[type]]\nname = "A"\ndefinition = "d"\n[[type.is]]\nwords = ["-"]\n', "holds no word"),
        ('[[type]]\nname = "A"\ndefinition = "d"\n[[type.is]]\nwords = [3]\n', "is no list of words"),
        ('[[type]]\nname = "A"\ndefinition = "d"\n[[type.is]]\nnegated = "no"\n', "neither true nor false"),
        ('[[type]]\nname = "A"\ndefinition = "d"\nmap = 3\n', "there is no 'map'"),
        (f"{TOML}{TOML}", "defined twice"),
        ("[type]\n", "something else than"),
        ("x", "no TOML"),
        ("", "defines no type"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_with_what_to_write(text: str, why: str) -> None:
    with pytest.raises(InputError, match=rf"^own\.toml: .*{why}"):
        read_own_types(text.encode(), "own.toml")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name,definition,typ\n", "there is no column 'typ'"),
        ("definition\nd\n", "no column 'name'"),
        ("name,definition,negated\nA,d,perhaps\n", "neither yes nor no"),
    ],
)
def test_what_is_wrong_in_a_table_is_named(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read_own_types(text.encode(), "own.csv")


def test_a_file_in_another_encoding_is_refused() -> None:
    with pytest.raises(InputError, match="save it as UTF-8"):
        read_own_types(b"name = \xff", "own.toml")


def test_types_are_kept_and_only_what_changes_is_a_new_entry(project: Project) -> None:
    assert define(project, MARKET) == 1
    assert define(project, MARKET) == 0
    assert own_types(project) == (MARKET,)
    again = OwnType(name=MARKET.name, definition="Another", rules=MARKET.rules)
    assert define(project, again) == 1
    assert own_types(project) == (again,)
    deciding.undo(project, 2, who="Ana", reason="the first was better")
    assert own_types(project) == (MARKET,)


def test_a_type_is_taken_out_with_all_that_it_was(project: Project) -> None:
    define(project, OwnType(name=MARKET.name, definition="Another", rules=MARKET.rules))
    define(project, MARKET)
    forget_type(project, "market Shelling", who="Ana", reason="too rare")
    assert own_types(project) == ()
    with pytest.raises(UsageError, match="the project has none"):
        forget_type(project, MARKET.name, who="Ana", reason="r")
    assert define(project, MARKET) == 1


def test_an_unknown_type_is_told_with_those_near(project: Project) -> None:
    define(project, MARKET)
    assert own_type_named(project, "MARKET shelling") == MARKET
    with pytest.raises(UsageError, match="did you mean Market shelling"):
        own_type_named(project, "market shellings")


RULES: list[dict[str, Any]] = [
    {"types": (ClaimType.SHELLING, ClaimType.KILLS)},
    {"words": ("market", "NEVRIN")},
    {"words": ("no such words",)},
    {"actors": ("the army", "front")},
    {"targets": ("civil",)},
    {"places": ("vor",)},
    {"negated": True},
    {"stance": ("denies",)},
    {"certainty": ("probable", "possible"), "status": ("happened",)},
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: " ".join(rule))
def test_the_database_and_memory_choose_the_same_claims(project: Project, rule: dict[str, Any]) -> None:
    own = OwnType(name="t", definition="d", rules=(OwnRule(**rule),))
    every = list(every_claim(project))
    expected = [row.claim.id for row in every if is_of(own, row.claim, row.evidence)]
    assert [row.claim.id for row in find_claims(project, ClaimFilter(own=own), limit=None)] == expected
    assert bool(expected) is ("no such words" not in rule.get("words", ()))
    assert len(expected) < len(every)


def test_a_claim_that_a_person_fixed_is_of_the_type_that_it_has_now(project: Project) -> None:
    define(project, OwnType(name="Raids", definition="d", rules=(OwnRule(types=(ClaimType.OFFENSIVE,)),)))
    [before] = list_own_types(project)
    one = next(row for row in every_claim(project) if row.claim.type is not ClaimType.OFFENSIVE)
    deciding.fix(project, one.claim.report, one.claim.id, {"type": "offensive"}, who="Ana", reason="r")
    assert list_own_types(project)[0].claims == before.claims + 1


def test_own_types_stand_in_exports_and_go_with_the_project(project: Project, tmp_path: Path) -> None:
    define(project, MARKET)
    table = b"".join(export(project, "claims-csv")).decode()
    assert "own_type" in table.splitlines()[0]
    assert "Market shelling" in table
    assert b'"own_types":["Market shelling"]' in b"".join(export(project, "claims"))
    with open_project(tmp_path / "copy.db", create=True) as copy:
        read_project_lines(b"".join(export(project, "project")).splitlines(keepends=True), copy)
        assert own_types(copy) == (MARKET,)


def test_without_own_types_lines_are_as_they_were(project: Project) -> None:
    assert b"own_types" not in b"".join(export(project, "claims"))


def test_an_export_for_publication_masks_names_in_own_types_too(project: Project) -> None:
    define(project, OwnType(name="Raids on Nevrin", definition="d", rules=(OwnRule(places=("Nevrin",)),)))
    choice = Choice(publication=Publication(masked=("Nevrin",)))
    for name in ("claims", "claims-csv"):
        written = b"".join(export(project, name, choice))
        assert b"Raids on [withheld 1]" in written
        assert b"Nevrin" not in written
