"""A reader without a model: it finds 'NAME shelled PLACE' and the like, so that tests need no parse."""

from __future__ import annotations

import datetime
import re

import msgspec

from twosource.closed_sets import ClaimType, FigureKind
from twosource.engines.local import Reader
from twosource.ids import digest_of, make_id
from twosource.records import Claim, Figure, Issue, Named, Origin, Reading, Report, When
from twosource.spans import Span
from twosource.stage import Batch, Stage, fingerprint

_TYPES = {"shelled": ClaimType.SHELLING, "seized": ClaimType.TAKES_CONTROL, "backs": ClaimType.BACKS}
_CLAIM = re.compile(
    r"(?:(?P<source>[A-ZÀ-Ü]\w+) said )?(?P<actor>[A-ZÀ-Ü][\w-]+) (?P<verb>shelled|seized|backs) (?P<place>[A-Z][\w-]+)"
    r"(?: on (?P<day>\d{4}-\d\d-\d\d))?(?:, killing (?P<killed>\d+))?"
)


def make_report(id_: str, text: str, *, path: str | None = None, **fields: object) -> Report:
    """A report with a digest, as the intake would make it."""
    origin = Origin(path=path, sha256=digest_of(text), encoding="utf-8") if path else None
    made = msgspec.convert({"id": id_, "text": text, **fields}, Report)
    values = (id_, text, made.title, made.outlet, made.published, made.url, made.agency, made.language)
    return msgspec.structs.replace(made, digest=digest_of(*values), origin=origin)


def find_claims(readings: Batch, _equipment: object) -> list[Reading]:
    """The stage: a claim for each match, an issue for each '???', a failure at '!crash'."""
    return [_read(reading) for reading in readings]


def _read(reading: Reading) -> Reading:
    if "!crash" in reading.report.text:
        raise ValueError("no such luck")
    claims = tuple(_claim(reading.report, match) for match in _CLAIM.finditer(reading.report.text))
    issues = tuple(
        Issue(code="unclear", stage="fake", reason="three question marks", report=reading.report.id)
        for _ in range(reading.report.text.count("???"))
    )
    return msgspec.structs.replace(reading, claims=claims, issues=issues)


def _claim(report: Report, match: re.Match[str]) -> Claim:
    evidence = Span(match.start("actor"), match.end())
    return Claim(
        id=make_id("claim", report.id, match[0], evidence),
        report=report.id,
        type=_TYPES[match["verb"]],
        evidence=(evidence,),
        trigger=Span(*match.span("verb")),
        actors=_named(match, "actor"),
        places=_named(match, "place"),
        sources=_named(match, "source"),
        when=_when(match),
        figures=_figures(match),
    )


def _named(match: re.Match[str], group: str) -> tuple[Named, ...]:
    if match[group] is None:
        return ()
    span = Span(*match.span(group))
    return (Named(name=match[group], span=span, said_at=span),)


def _when(match: re.Match[str]) -> When | None:
    if match["day"] is None:
        return None
    day = datetime.date.fromisoformat(match["day"])
    return When(phrase=match["day"], span=Span(*match.span("day")), start=day, end=day)


def _figures(match: re.Match[str]) -> tuple[Figure, ...]:
    if match["killed"] is None:
        return ()
    span, number = Span(*match.span("killed")), int(match["killed"])
    figure = Figure(
        span=span, phrase=match["killed"], number=span, kind=FigureKind.KILLED, rule="fake", low=number, high=number
    )
    return (figure,)


def fake_reader(version: int = 1) -> Reader:
    """A reader of the one fake stage; another version has another fingerprint."""
    stages: tuple[Stage[None], ...] = (Stage(name="fake", version=version, run=find_claims),)
    return Reader(stages=stages, equipment=None, fingerprint=fingerprint(stages, {}))
