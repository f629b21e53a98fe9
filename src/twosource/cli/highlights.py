"""A report's text for the terminal, with what was read in it in colours."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from twosource.cli.terminal import visible
from twosource.records import Reading
from twosource.spans import Span

__all__ = ["highlighted"]

_EVIDENCE = "underline"
_NUMBER = "bold reverse"


def highlighted(reading: Reading, *, marks: bool) -> Text:
    """The report's text, styled where something was read; later styles lie over earlier ones.

    With ``marks``, each claim's number stands after each of its evidence runs; without, no character is added.
    """
    text = Text(visible(reading.report.text))
    for span, style in _styles(reading):
        text.stylize(style, span.start, span.end)
    return _numbered(text, reading) if marks else text


def _styles(reading: Reading) -> Iterator[tuple[Span, str]]:
    for claim in reading.claims:
        yield from ((span, _EVIDENCE) for span in claim.evidence)
    for attribution in reading.attributions:
        yield from ((voice.span, "bold magenta") for voice in (*attribution.sources, *attribution.via))
        yield attribution.cue, "magenta"
    yield from ((place.span, "green") for place in reading.places)
    yield from ((time.span, "cyan") for time in reading.times)
    yield from ((figure.number, "yellow") for figure in reading.figures)
    yield from ((cue.span, "italic red") for cue in reading.cues)


def _numbered(text: Text, reading: Reading) -> Text:
    ends = sorted((span.end, number) for number, claim in enumerate(reading.claims, 1) for span in claim.evidence)
    pieces = text.divide([end for end, _ in ends])
    numbered = pieces[0]
    for (_, number), piece in zip(ends, pieces[1:], strict=True):
        numbered.append(f"[{number}]", _NUMBER)
        numbered.append_text(piece)
    return numbered
