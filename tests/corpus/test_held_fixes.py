"""A fix stays where other words of its claim were changed, and goes where what it corrected is read otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from fake_reading import make_report
from twosource.closed_sets import ClaimType, FigureKind
from twosource.corpus.decided_claims import DecidedClaim, Mark, lay_over
from twosource.corpus_records import Decision
from twosource.deciding.claims import decision_on
from twosource.records import Claim, Figure, Named, Report
from twosource.spans import Span

THEN = "At least 12 people and three children were killed in Vale. More than 40 others were wounded."
REWORDED = THEN.replace("More than 40 others", "Some 45 others")
FIRST = "At least 12 people and three children were killed in Vale"
DEAD, HURT = ("At least 12 people", 12), ("More than 40 others", 40)


def place(words: str, text: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def figure(words: str, low: int, text: str) -> Figure:
    span = place(words, text)
    kind = FigureKind.INJURED if "others" in words else FigureKind.KILLED
    return Figure(span=span, phrase=words, number=span, kind=kind, rule="r", low=low)


def claim(text: str, *figures: tuple[str, int], evidence: str = FIRST, id_: str = "c", who: str = "Vale") -> Claim:
    span, named = place(evidence, text), place(who, text)
    return Claim(
        id=id_,
        report="r",
        type=ClaimType.ATTACK,
        evidence=(span,),
        trigger=span,
        places=(Named(name=who, span=named, said_at=named),),
        figures=tuple(figure(words, low, text) for words, low in figures),
    )


def report(text: str) -> Report:
    return make_report("r", text)


def fixed(read: Claim, fields: dict[str, Any], text: str = THEN) -> Decision:
    standing = lay_over(report(text), [read], [], {}).claims
    made = decision_on(standing, report(text), "c", "fix", fields, who="Ana", reason="slip")
    return msgspec.structs.replace(made, number=1)


def thirteen(*others: tuple[str, int]) -> dict[str, Any]:
    forms = [{"phrase": DEAD[0], "kind": "killed", "low": 13, "high": None}]
    forms += [{"phrase": words, "kind": "injured", "low": low, "high": None} for words, low in others]
    return {"figures": forms}


def told(found: Sequence[DecidedClaim]) -> list[tuple[str, int | None]]:
    return [(one.phrase, one.low) for one in found[0].claim.figures]


def test_another_figure_of_the_list_follows_the_report() -> None:
    decision = fixed(claim(THEN, DEAD, HURT), thirteen(HURT))
    now = claim(REWORDED, DEAD, ("Some 45 others", 45), id_="d")
    found = lay_over(report(REWORDED), [now], [decision], {})
    assert found.lapsed == ()
    assert found.claims[0].mark is Mark.FIXED
    assert told(found.claims) == [(DEAD[0], 13), ("Some 45 others", 45)]


def test_a_figure_that_was_corrected_and_is_gone_takes_the_fix_with_it() -> None:
    text = THEN.replace("At least 12 people", "Twenty people")
    decision = fixed(claim(THEN, DEAD, HURT), thirteen(HURT))
    evidence = FIRST.replace("At least 12 people", "Twenty people")
    now = claim(text, ("Twenty people", 20), HURT, evidence=evidence, id_="d")
    found = lay_over(report(text), [now], [decision], {})
    assert [one.decision for one in found.lapsed] == [decision]
    assert told(found.claims) == [("Twenty people", 20), HURT]


@pytest.mark.parametrize(("low", "mark"), [(12, Mark.FIXED), (14, Mark.READ)])
def test_a_reworded_claim_keeps_its_fix_where_what_was_fixed_is_read_as_it_was(low: int, mark: Mark) -> None:
    text = THEN.replace("three children", "four children")
    decision = fixed(claim(THEN, DEAD), thirteen())
    now = claim(text, (DEAD[0], low), evidence=FIRST.replace("three", "four"), id_="d")
    found = lay_over(report(text), [now], [decision], {})
    assert found.claims[0].mark is mark
    assert len(found.lapsed) == (mark is Mark.READ)


def test_of_two_reworded_claims_neither_takes_the_fix() -> None:
    text = THEN.replace("three children", "four children")
    decision = fixed(claim(THEN, DEAD), thirteen())
    now = [claim(text, DEAD, evidence=FIRST.replace("three", "four"), id_=id_) for id_ in ("d", "e")]
    found = lay_over(report(text), now, [decision], {})
    assert [one.decision for one in found.lapsed] == [decision]


def test_a_reworded_claim_is_not_rejected_unseen() -> None:
    text = THEN.replace("three children", "four children")
    standing = lay_over(report(THEN), [claim(THEN, DEAD)], [], {}).claims
    made = decision_on(standing, report(THEN), "c", "reject", {}, who="Ana", reason="never said")
    decision = msgspec.structs.replace(made, number=1)
    now = claim(text, DEAD, evidence=FIRST.replace("three", "four"), id_="d")
    found = lay_over(report(text), [now], [decision], {})
    assert [one.decision for one in found.lapsed] == [decision]


def test_an_entry_that_says_little_of_the_reading_is_held_to_its_words() -> None:
    decision = fixed(claim(THEN, DEAD, HURT), thirteen(HURT))
    read = {name: decision.before["read"][name] for name in ("id", "type", "evidence", "sources", "actors")}
    older = msgspec.structs.replace(decision, before={**decision.before, "read": read})
    now = claim(REWORDED, DEAD, ("Some 45 others", 45), id_="d")
    found = lay_over(report(REWORDED), [now], [older], {})
    assert [one.decision for one in found.lapsed] == [older]


LIKE = (
    "The army shelled the town of Kafr on Monday, killing three",
    "The army shelled the town of Saraq on Monday, killing three",
)


def test_a_fix_does_not_go_over_to_a_like_claim_of_another_place() -> None:
    text = f"{LIKE[0]}. {LIKE[1]}. Talks went on."
    read = [
        claim(text, evidence=words, id_=id_, who=who)
        for words, id_, who in zip(LIKE, "cb", ("Kafr", "Saraq"), strict=True)
    ]
    standing = lay_over(report(text), read, [], {}).claims
    fix = msgspec.structs.replace(
        decision_on(standing, report(text), "c", "fix", {"negated": True}, who="Ana", reason="slip"), number=2
    )
    accepted = decision_on(standing, report(text), "b", "accept", {}, who="Bo", reason="right")
    later = f"{LIKE[1]}. Talks went on."
    now = claim(later, evidence=LIKE[1], id_="b", who="Saraq")
    found = lay_over(report(later), [now], [msgspec.structs.replace(accepted, number=1), fix], {})
    assert [(one.mark, one.claim.negated, one.who) for one in found.claims] == [(Mark.ACCEPTED, False, "Bo")]
    assert [one.decision for one in found.lapsed] == [fix]
