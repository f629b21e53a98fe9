"""Reports and claims written by hand: a text in which the words of a claim are marked by where they stand."""

from __future__ import annotations

import datetime

import msgspec

from twosource.corpus.tellings import Telling
from twosource.ids import make_id
from twosource.records import Claim, Figure, Named, Report, When
from twosource.spans import Span

__all__ = ["figure", "report", "telling"]


def report(
    id_: str, text: str, *, outlet: str | None = None, published: str | None = None, title: bool = False
) -> Report:
    """A report; with ``title`` its first line is the headline."""
    body = text.index("\n\n") + 2 if title else 0
    day = datetime.date.fromisoformat(published) if published else None
    return Report(id=id_, text=text, body=body, outlet=outlet, published=day)


def telling(of: Report, type_: str, words: str, *, lineages: tuple[str, ...] = (), **fields: object) -> Telling:
    """A claim of the report with these words as evidence; names as strings, ``when`` as (phrase, start, end)."""
    evidence = _at(of, words)
    made: dict[str, object] = {
        "id": make_id("claim", of.id, type_, words, sorted((key, str(value)) for key, value in fields.items())),
        "report": of.id,
        "type": type_,
        "evidence": (evidence,),
        "trigger": evidence,
    }
    for key, value in fields.items():
        if key in ("actors", "targets", "places", "sources", "via"):
            made[key] = tuple(_named(of, name) for name in value)  # type: ignore[attr-defined]
        elif key == "figures":
            made[key] = tuple(figure(of, *one) for one in value)  # type: ignore[attr-defined]
        elif key == "when":
            phrase, start, end = value  # type: ignore[misc]
            made[key] = msgspec.convert({"phrase": phrase, "span": _at(of, phrase), "start": start, "end": end}, When)
        else:
            made[key] = value
    return Telling(claim=msgspec.convert(made, Claim), report=of, lineages=frozenset(lineages))


def figure(of: Report, phrase: str, kind: str, low: int | None, high: int | None) -> Figure:
    """A figure where its phrase first stands."""
    span = _at(of, phrase)
    made = {"span": span, "phrase": phrase, "number": span, "kind": kind, "rule": "hand", "low": low, "high": high}
    return msgspec.convert(made, Figure)


def _named(of: Report, name: str) -> Named:
    span = _at(of, name)
    return Named(name=name, span=span, said_at=span)


def _at(of: Report, words: str) -> Span:
    start = of.text.find(words)
    assert start >= 0, f"{words!r} is not in {of.text!r}"
    return Span(start, start + len(words))
