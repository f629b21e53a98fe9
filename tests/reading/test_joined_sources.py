"""The words of a source that a reader cut off inside a hyphenated word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.reading.joined_sources import whole_source
from twosource.reading.signals import Utterance
from twosource.reading.tree import Tree
from twosource.records import Reading
from twosource.spans import Span

Read = Callable[[str], Reading]


def source(read: Read, text: str, told: str, content: str) -> str:
    at, said = text.index(told), text.index(content)
    one = Utterance(
        cue=Span(0, 12),
        source=(Span(at, at + len(told)),),
        content=(Span(said, said + len(content)),),
        score=0.9,
    )
    return whole_source(Tree(read(text)), one).source[0].of(text)


@pytest.mark.parametrize(
    ("text", "told", "content", "wanted"),
    [
        (
            "According to the media outlets of the Rwanda-backed rebel groups, the army left Goma.",
            "the media outlets of the Rwanda",
            "the army left Goma",
            "the media outlets of the Rwanda-backed rebel groups",
        ),
        (
            "According to the media outlets of the Rwanda-backed rebel groups, Congolese radio and residents in Goma, "
            "the army left.",
            "the media outlets of the Rwanda",
            "the army left",
            "the media outlets of the Rwanda-backed rebel groups, Congolese radio and residents in Goma",
        ),
        ("According to Rwanda-backed rebels, the army left.", "Rwanda", "the army left", "Rwanda-backed rebels"),
    ],
)
def test_a_source_never_ends_inside_a_hyphenated_word(
    read: Read, text: str, told: str, content: str, wanted: str
) -> None:
    assert source(read, text, told, content) == wanted


def test_a_whole_source_stays_as_told(read: Read) -> None:
    text = "According to the mayor of Goma, residents and Rwanda-backed rebels left."
    assert source(read, text, "the mayor of Goma", "residents") == "the mayor of Goma"


def test_a_source_never_runs_into_what_is_said(read: Read) -> None:
    text = "According to Rwanda-backed rebels left Goma."
    assert source(read, text, "Rwanda", "backed rebels left Goma") == "Rwanda"
