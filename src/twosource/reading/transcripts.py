"""Transcripts: whose words stand behind a name and a colon, and which of those names are the outlet's own people."""

from __future__ import annotations

import re

from twosource.reading.signals import Utterance
from twosource.records import Reading
from twosource.spans import Span

__all__ = ["is_own_label"]

_STUDIO = frozenset({"PRESENTER", "HOST", "ANCHOR", "NEWSREADER", "STUDIO", "MODERATOR"})
_LABEL = re.compile(r"^[ \t]*([A-Z][A-Z'’. -]+):", re.MULTILINE)
_OWN_PEOPLE = r"\b(?:correspondent|colleague|reporter)s?,?(?: [\w’'-]+){0,4}? "
_TAKES_OVER = r"(?:was there|is there|reports|has more|has been following)\b"


def is_own_label(reading: Reading, utterance: Utterance) -> bool:
    """Whether the utterance is what stands behind a dateline, a presenter's label or that of the outlet's own reporter.

    'ARDAN: Nine people died' and 'PRESENTER: Nine people died' are the report's own voice; so is 'MORO:' in a bulletin
    that has said 'our correspondent Ilan Moro' or 'Ilan Moro reports'. A guest's words are the guest's.
    """
    text = reading.report.text
    if not utterance.source or text[utterance.source[0].end : utterance.source[0].end + 1] != ":":
        return False
    label = next((m for m in _LABEL.finditer(text) if _is_at(m, utterance)), None)
    if label is None:
        return False
    name = Span(label.start(1), label.end(1))
    if any(place.span == name for place in reading.places):
        return True
    labels = {m.group(1) for m in _LABEL.finditer(text)}
    if not labels & _STUDIO:
        return False
    surname = re.escape(name.of(text).split()[-1])
    introduced = re.compile(rf"{_OWN_PEOPLE}{surname}\b|\b{surname} {_TAKES_OVER}", re.IGNORECASE)
    return name.of(text) in _STUDIO or introduced.search(text) is not None


def _is_at(label: re.Match[str], utterance: Utterance) -> bool:
    """Whether the label is the source of the utterance, or its cue."""
    whole = Span(label.start(1), label.end())
    return bool(utterance.source) and whole.holds(utterance.source[0]) and whole.meets(utterance.cue)
