from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from twosource.export.formats import export
from twosource.store import Project

VALIDATOR = os.environ.get("TWOSOURCE_FTM") or shutil.which("ftm")
"""FollowTheMoney's own command; a machine can have it in an environment of its own and name it here."""

NEEDED = {
    "Event": {"name"}, "Organization": {"name"}, "Person": {"name"}, "Membership": {"member", "organization"},
    "UnknownLink": {"subject", "object"}, "Mention": {"document", "name"}, "Article": {"title"},
    "Note": {"description"}, "Address": {"full"},
}  # fmt: skip
"""What each schema asks for, or is of no use without."""

POINTERS = ("addressEntity", "document", "entity", "involved", "member", "object", "organization", "organizer", "proof",
            "resolved", "subject")  # fmt: skip


@pytest.fixture(scope="module")
def entities(examples: Project, exported: Project) -> list[dict[str, Any]]:
    return [
        json.loads(line) for project in (examples, exported) for line in b"".join(export(project, "ftm")).splitlines()
    ]


def test_each_schema_that_is_promised_is_there_with_what_it_needs(entities: list[dict[str, Any]]) -> None:
    assert {one["schema"] for one in entities} == set(NEEDED)
    for one in entities:
        assert NEEDED[one["schema"]] <= set(one["properties"])
        assert all(isinstance(value, str) for values in one["properties"].values() for value in values)


def test_an_entity_stands_once_and_every_pointer_leads_to_one(entities: list[dict[str, Any]]) -> None:
    ids = [one["id"] for one in entities]
    assert len(set(ids)) == len(ids)
    for one in entities:
        for name in POINTERS:
            assert set(one["properties"].get(name, ())) <= set(ids), (one["schema"], name)


@pytest.mark.skipif(VALIDATOR is None, reason="FollowTheMoney is not installed: pip install -r tests/export/ftm.txt")
def test_follow_the_money_takes_every_entity_as_it_is(entities: list[dict[str, Any]], tmp_path: Path) -> None:
    given, taken = tmp_path / "given.json", tmp_path / "taken.json"
    given.write_text("".join(json.dumps(one) + "\n" for one in entities), encoding="utf-8")
    subprocess.run([str(VALIDATOR), "validate", "-i", given, "-o", taken], check=True)
    accepted = [json.loads(line) for line in taken.read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in accepted] == [one["id"] for one in entities]
    for one, back in zip(entities, accepted, strict=True):
        assert {name: sorted(values) for name, values in back["properties"].items()} == {
            name: sorted(values) for name, values in one["properties"].items()
        }
