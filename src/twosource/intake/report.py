"""One report from its raw values: text composed, day of publication chosen, agency found, oddities told."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import msgspec

from twosource.ids import digest_of
from twosource.intake.credits import find_agency
from twosource.intake.days import DayOrder, read_day
from twosource.intake.issues import make_issue
from twosource.intake.language import settle_language
from twosource.intake.report_dates import Sightings, find_dates, settle
from twosource.intake.titles import compose
from twosource.records import DateSighting, Issue, Origin, Report

__all__ = ["Given", "RowGiven", "assemble", "clean_text", "one_line", "report_from_text"]

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """The raw values of one report as its file gives them, and where the date of publication stands (1-based line)."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    agency: str | None = None
    language: str | None = None
    origin: Origin | None = None
    published_line: int | None = None
    order: DayOrder | None = None

    @property
    def path(self) -> str | None:
        """The file's path, None where the text came from no file."""
        return self.origin.path if self.origin else None


class RowGiven(msgspec.Struct, frozen=True):
    """The raw values of one report, and the bytes that it was made of: a file's, a row's or a part's."""

    given: Given
    data: bytes


def clean_text(text: str) -> str:
    """The text with newlines for line ends, without NULs and outer whitespace; lone surrogates become U+FFFD.

    Everything else stays: no Unicode normalisation, and marks of direction are kept.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return _LONE_SURROGATE.sub("\ufffd", plain).strip()


def report_from_text(
    text: str,
    *,
    id: str,  # noqa: A002 - the record's own word
    published: datetime.date | str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    agency: str | None = None,
    language: str | None = None,
    origin: Origin | None = None,
) -> tuple[Report, tuple[Issue, ...]]:
    """The report of ``text``, which has no header, and the issues of its dates. Refuses nothing, not even ''.

    A day in the text that reads as a dateline or a date of publication is preferred to ``published``. A ``published``
    that can't be read as a day is an Issue. The digest rests on the values given and on the day chosen.
    """
    if isinstance(published, datetime.datetime):
        published = published.date()
    day = published.isoformat() if isinstance(published, datetime.date) else published
    given = Given(
        id=id,
        text=text,
        title=title,
        outlet=outlet,
        published=day,
        url=url,
        agency=agency,
        language=language,
        origin=origin,
    )
    return assemble(given)


def assemble(given: Given) -> tuple[Report, tuple[Issue, ...]]:
    """The report of raw values, and the issues of its dates and its language."""
    title = one_line(given.title)
    composed = compose(title, clean_text(given.text))
    stated = read_day(given.published, given.order) if given.published else ()
    seen = find_dates(composed.text, body=composed.body, title=composed.at, header=stated)
    header = _header_day(stated, seen)
    dates = (*([DateSighting(day=header, rule="header")] if header else []), *seen.found)
    preferred = seen.found[0].day if seen.found else header
    agency = one_line(given.agency) or find_agency(composed.text, body=composed.body, title=composed.at)
    language, not_read = settle_language(one_line(given.language), composed.text)
    report = Report(
        id=given.id,
        text=composed.text,
        body=composed.body,
        title=composed.title,
        outlet=one_line(given.outlet),
        published=preferred,
        dates=dates,
        url=one_line(given.url),
        agency=agency,
        language=language,
        origin=given.origin,
    )
    report = msgspec.structs.replace(report, digest=_digest(report, given))
    issues = _date_issues(given, stated, header, seen)
    return report, (*issues, *([_not_read(not_read, given)] if not_read else []))


def _not_read(reason: str, given: Given) -> Issue:
    line = given.origin.line if given.origin else None
    return make_issue("not-read", reason, report=given.id, path=given.path, line=line)


def one_line(value: str | None) -> str | None:
    """A short value with single blanks, None where nothing is left."""
    return _BLANKS.sub(" ", clean_text(value)) or None if value else None


def _header_day(stated: Sequence[datetime.date], seen: Sightings) -> datetime.date | None:
    """The day that the header means; where day and month may be swapped, the text's days settle it."""
    return settle(stated, [sighting.day for sighting in seen.found]) if stated else None


def _digest(report: Report, given: Given) -> str:
    """Both the date as given and the day chosen count, so that a better rule for dates makes a new version."""
    day = report.published.isoformat() if report.published else None
    raw = (report.id, report.text, report.title, report.outlet, one_line(given.published), day)
    return digest_of(*raw, report.url, report.agency, report.language)


def _date_issues(
    given: Given, stated: Sequence[datetime.date], header: datetime.date | None, seen: Sightings
) -> tuple[Issue, ...]:
    issues: list[Issue] = []
    line = given.published_line
    if given.published and not stated:
        reason = f"published {given.published.strip()[:80]!r} can't be read as a day: write it as 2017-03-31"
        issues.append(make_issue("bad-date", reason, report=given.id, path=given.path, line=line))
    elif stated and header is None:
        issues.append(make_issue("ambiguous-date", _either(stated), report=given.id, path=given.path, line=line))
    for doubt in seen.unsettled:
        reason = _either(doubt.days)
        issues.append(make_issue("ambiguous-date", reason, report=given.id, path=given.path, span=doubt.span))
    if header and seen.found and seen.found[0].day != header:
        first = seen.found[0]
        reason = f"the header says {header}, the text {first.day} ({first.rule}); the text's is preferred"
        issues.append(
            make_issue("dates-disagree", reason, report=given.id, path=given.path, line=line, span=first.span)
        )
    return tuple(issues)


def _either(days: Sequence[datetime.date]) -> str:
    return f"the date can mean {' or '.join(map(str, days))}, so neither was taken: write it as 2017-03-31"
