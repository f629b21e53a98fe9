"""The stage contract and the fingerprint."""

from __future__ import annotations

import msgspec
import pytest

from twosource.records import Reading, Report
from twosource.stage import Batch, Stage, fingerprint, run_stages


def _mark(batch: Batch, word: str) -> list[Reading]:
    return [msgspec.structs.replace(r, fingerprint=r.fingerprint + word) for r in batch]


def _stage(**changes: object) -> Stage[str]:
    return msgspec.structs.replace(Stage(name="mark", version=1, run=_mark, uses=("words",)), **changes)


def test_stages_run_in_order_over_the_whole_batch() -> None:
    batch = [Reading(report=Report(id=name, text="")) for name in "ab"]
    read = run_stages(batch, [_stage(), _stage(name="again")], "x")
    assert [(r.report.id, r.fingerprint) for r in read] == [("a", "xx"), ("b", "xx")]


def test_the_fingerprint_tells_versions_names_and_knowledge_apart() -> None:
    digests = {"words": "1", "other": "1"}
    base = fingerprint([_stage()], digests)
    assert fingerprint([_stage()], dict(digests)) == base
    others = [
        fingerprint([_stage(version=2)], digests),
        fingerprint([_stage(name="else")], digests),
        fingerprint([_stage()], {"words": "2"}),
        fingerprint([_stage(), _stage()], digests),
    ]
    assert len({base, *others}) == 5


def test_knowledge_without_a_digest_is_an_error() -> None:
    with pytest.raises(KeyError):
        fingerprint([_stage()], {})
