"""Who is only guessed at between dashes or brackets gives way to whom the guess is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.closed_sets import CueKind
from twosource.reading.guesses import without_guesses
from twosource.reading.tree import Tree
from twosource.records import Cue, Named, Reading
from twosource.spans import Span


def named(text: str, words: str) -> Named:
    span = Span(start := text.index(words), start + len(words))
    return Named(name=words, span=span, said_at=span)


def found(read: Callable[[str], Reading], text: str, doubt: str, words: str, anchor: str) -> list[str]:
    reading = read(text)
    at = named(text, doubt).span
    cue = Cue(span=at, kind=CueKind.HEDGE, scope=at, rule="doubt:probable")
    names = without_guesses(Tree(reading), (cue,), [named(text, words)], named(text, anchor).span, lambda one: one)
    return [one.name for one in names]


@pytest.mark.parametrize(
    ("text", "doubt", "guess", "about"),
    [
        ("Foreign men - likely Wagner fighters - entered Bamako.", "likely", "Wagner fighters", "Foreign men"),
        ("Gunmen (probably M23 rebels) entered Goma.", "probably", "M23 rebels", "Gunmen"),
        ("Armed men – possibly RSF fighters – entered Nyala.", "possibly", "RSF fighters", "Armed men"),
    ],
)  # fmt: skip
def test_a_guess_gives_way_to_whom_it_is_about(
    read: Callable[[str], Reading], text: str, doubt: str, guess: str, about: str
) -> None:
    assert found(read, text, doubt, guess, "entered") == [about]


def test_who_is_named_beside_a_guess_stays(read: Callable[[str], Reading]) -> None:
    text = "Foreign fighters - likely Wagner mercenaries - entered Bamako."
    assert found(read, text, "likely", "Bamako", "entered") == ["Bamako"]
    assert found(read, text, "likely", "Foreign fighters", "entered") == ["Foreign fighters"]


def test_what_is_told_between_the_dashes_keeps_the_guess(read: Callable[[str], Reading]) -> None:
    text = "Foreign fighters - likely mercenaries trained in Tver - entered Bamako."
    assert found(read, text, "likely", "mercenaries", "trained") == ["mercenaries"]


def test_a_doubt_without_a_dash_before_it_names_who_it_is(read: Callable[[str], Reading]) -> None:
    assert found(read, "Likely Wagner mercenaries entered Bamako.", "Likely", "Wagner mercenaries", "entered") == [
        "Wagner mercenaries"
    ]
