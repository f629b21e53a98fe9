"""A word of saying is no event of its own where what is said is one."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from tests.signalled import event

from twosource.closed_sets import ActorKind, ClaimType, Stance
from twosource.reading.sayings import said_at_least, without_sayings
from twosource.reading.tree import Tree
from twosource.records import Attribution, AttributionKind, Reading, Voice
from twosource.spans import Span

Told = Callable[..., list[str]]


@pytest.fixture
def told(read: Callable[[str], Reading]) -> Told:
    """The anchors of the events that stay of one on the cue and one on the last word but a full stop."""

    def anchors(text: str, cue: str, inner: str, type_: ClaimType, sure: float, *, known: bool = False) -> list[str]:
        tree = Tree(read(text))
        at = Span(text.index(cue), text.index(cue) + len(cue))
        voice = Voice(name="expert", span=Span(3, 9), kind=ActorKind.PERSON, said_at=Span(3, 9))
        said = Attribution(
            id="a", cue=at, sources=(voice,), content=(Span(at.end + 1, len(text) - 1),),
            kind=AttributionKind.INDIRECT, stance=Stance.ASSERTS, rule="reader",
        )  # fmt: skip
        types = tuple(sure if one is type_ else (1 - sure) / (len(ClaimType) - 1) for one in ClaimType)
        saying = msgspec.structs.replace(event(text, cue, type_), types=types)
        inside = event(text, inner, ClaimType.DAMAGES) if inner else None
        token = tree.at(at.start)
        acts = {token} if known and token is not None else set()
        events = [saying, *([inside] if inside else [])]
        return [one.anchor.of(text) for one in without_sayings(tree, events, (said,), acts)]

    return anchors


TEXT = "An expert highlighted the losses of the army in Bakhmut."


def test_a_word_of_saying_is_no_event_where_what_is_said_is_one(told: Told) -> None:
    assert told(TEXT, "highlighted", "losses", ClaimType.PRAISES, 0.3) == ["losses"]
    assert told(TEXT, "highlighted", "losses", ClaimType.OTHER, 0.9) == ["losses"]


def test_a_word_of_saying_stays_where_nothing_said_is_an_event(told: Told) -> None:
    assert told(TEXT, "highlighted", "", ClaimType.PRAISES, 0.3) == ["highlighted"]


def test_an_act_of_speech_stays(told: Told) -> None:
    text = "An expert praised the losses of the army in Bakhmut."
    assert told(text, "praised", "losses", ClaimType.PRAISES, 0.9) == ["praised", "losses"]
    assert told(text, "praised", "losses", ClaimType.PRAISES, 0.3, known=True) == ["praised", "losses"]
    assert told(text, "praised", "losses", ClaimType.SHELLING, 0.3) == ["praised", "losses"]


CITED = "An expert stated the rebels aim to force the council in Goma to talk."


@pytest.fixture
def spare() -> Told:
    """The anchors of the events that are told since the expert is cited for them, by their worth and probability."""

    def anchors(*events: tuple[str, float, float], type_: ClaimType = ClaimType.PLEDGES, taken: str = "") -> list[str]:
        said = Attribution(
            id="a", cue=Span(10, 16),
            sources=(Voice(name="expert", span=Span(3, 9), kind=ActorKind.PERSON, said_at=Span(3, 9)),),
            content=(Span(17, len(CITED) - 1),), kind=AttributionKind.INDIRECT, stance=Stance.ASSERTS, rule="reader",
        )  # fmt: skip
        made = [event(CITED, word, type_) for word, _, _ in events]
        made = [
            msgspec.structs.replace(one, types=tuple(sure if t is type_ else 0.0 for t in ClaimType))
            for one, (_, _, sure) in zip(made, events, strict=True)
        ]
        told = [event(CITED, taken, type_)] if taken else []
        return [one.anchor.of(CITED) for one in said_at_least(made, [worth for _, worth, _ in events], told, (said,))]

    return anchors


def test_of_what_somebody_is_cited_for_the_best_event_is_told(spare: Told) -> None:
    assert spare(("aim", -0.02, 0.7), ("force", -0.04, 0.7)) == ["aim"]
    assert spare(("aim", -0.04, 0.7), ("force", -0.02, 0.7)) == ["force"]


def test_nothing_more_is_told_where_something_is_or_the_reader_is_in_doubt(spare: Told) -> None:
    assert spare(("aim", -0.02, 0.7), taken="force") == []
    assert spare(("aim", -0.2, 0.7)) == []
    assert spare(("aim", -0.02, 0.4)) == []
    assert spare(("aim", -0.02, 0.7), type_=ClaimType.OTHER) == []
