"""Where a report's text tells its day of publication and its agency: data/en/datelines.toml, compiled.

The agencies' names are those of data/agencies.jsonl.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from twosource.knowledge.actors import AgencyTable, load_agencies
from twosource.knowledge.toml_rules import Rule, load_rules

__all__ = [
    "DATE",
    "FILE",
    "MONTHS",
    "WEEKDAYS",
    "Credit",
    "Stamp",
    "agencies",
    "compiled",
    "credit_rules",
    "stamp_rules",
]

FILE = "en/datelines.toml"

Where = Literal["open", "head", "tail"]

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Stamp(Rule, frozen=True, kw_only=True):
    """A way in which a text tells its day of publication.

    ``pattern`` is a regular expression with the blocks that the head of the file explains.
    ``where`` says if it is tried at the opening of title and body alone, in the head, or in the last line. Of several
    found the one of the lowest ``rank`` is preferred. With ``year`` 'optional' the header may give the year.
    ``not_after`` are words that may not stand before the match: 'on 5 March 2017' tells when something happened.
    """

    pattern: str
    where: tuple[Where, ...]
    rank: int
    year: Literal["needed", "optional"]
    not_after: tuple[str, ...] = ()


class Credit(Rule, frozen=True, kw_only=True):
    """A way in which a text credits an agency; the group ``agency`` of ``pattern`` holds its name."""

    pattern: str
    where: tuple[Where, ...]


@cache
def stamp_rules() -> tuple[Stamp, ...]:
    """The rules for dates of publication, in the file's order."""
    return load_rules(FILE, "stamp", Stamp)


@cache
def credit_rules() -> tuple[Credit, ...]:
    """The rules for agency credits, in the order in which they are trusted."""
    return load_rules(FILE, "credit", Credit)


@cache
def agencies() -> AgencyTable:
    """The table of agencies, loaded once."""
    return load_agencies()


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern of a rule with its blocks filled in."""
    for block, filling in _blocks().items():
        pattern = pattern.replace(block, filling)
    return re.compile(pattern)


@cache
def _blocks() -> dict[str, str]:
    sure, ambiguous = agencies().credit_names, agencies().ambiguous_credit_names
    return {
        "{date}": _DATE,
        "{weekday_date}": _WEEKDAY_DATE,
        "{clock}": _CLOCK,
        "{place}": _PLACE,
        "{agency}": _agency_words(_with_capitals(sure)),
        "{ambiguous_agency}": _agency_words(_with_capitals(ambiguous)),
        "{ambiguous_acronym}": _agency_words(filter(str.isupper, ambiguous)),
    }


def _with_capitals(names: Iterable[str]) -> set[str]:
    """The names as written and in capitals; 'ap' and 'pa' in lower case are no agencies."""
    return {form for name in names for form in (name, name.upper())}


def _agency_words(names: Iterable[str]) -> str:
    """Any of the names, the longest first, with 'The' before it or not, a blank for a hyphen or not.

    Names of one first letter stand together, so that most words of a text are ruled out by a look at their first.
    """
    by_letter: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        letters = re.escape(name[1:]).replace(r"\-", "[- ]").replace("'", "['’]")
        by_letter.setdefault(name[0], []).append(letters)
    words = "|".join(rf"{re.escape(letter)}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
    return rf"\b(?:(?:The|THE) )?(?:{words})\b"


def _name_words(names: tuple[str, ...], shorts: tuple[str, ...]) -> str:
    """Capitalised and upper-case forms, so that 'may' and 'sun' in running prose are none; the longest first."""
    forms = [form for name in (*names, *shorts) for form in (name.capitalize(), name.upper())]
    return rf"(?:{'|'.join(sorted(forms, key=len, reverse=True))})(?![a-z])\.?"


_MONTH = _name_words(MONTHS, (*(name[:3] for name in MONTHS), "sept"))
_WEEKDAY = _name_words(WEEKDAYS, (*(name[:3] for name in WEEKDAYS), "tues", "thur", "thurs"))
_YEAR = r"(?:19|20)\d\d(?!\d)"
_ORDINAL = r"(?:st|nd|rd|th)?"
_CLOCK = r"(?:\d{1,2}[:.]\d\d|[01]\d[0-5]\d|2[0-3][0-5]\d)(?!\d)(?:\s{0,9}[AaPp]\.?[Mm]\b\.?)?"
_CAPITAL = r"[A-Z\u00c0-\u00de\u0100-\u017e]"
_PLACE = (
    rf"(?!{_WEEKDAY}|{_MONTH})(?!(?:On|In|Since|By|From|Until|Before|After|The|Last|This|At|Of|For|And|But|Between)\b)"
    rf"{_CAPITAL}[\w'’-]{{0,30}}\.?(?:[ /](?:{_CAPITAL}[\w'’-]{{0,30}}\.?|of|the|al|el|de|la|du)){{0,4}}"
)

_DAY = (
    r"(?<![\w./-])(?P<day>"
    rf"(?P<d1>\d{{1,2}}){_ORDINAL}(?:\s{{1,9}}|-)(?:of\s{{1,9}})?(?P<m1>{_MONTH})(?:,?(?:\s{{1,9}}|-)(?P<y1>{_YEAR}))?"
    # a stripped comma leaves 'Feb 092015', hence the day may touch the year
    rf"|(?P<m2>{_MONTH})(?:\s{{1,9}}|-)(?P<d2>\d{{1,2}}){_ORDINAL}(?:,?\s{{0,9}}(?P<y2>{_YEAR})|(?!\d))"
    rf"|(?P<y3>(?:19|20)\d\d)(?P<s3>[./-])(?P<m3>\d{{1,2}})(?P=s3)(?P<d3>\d{{1,2}})(?!\d)"
    rf"|(?P<a4>\d{{1,2}})(?P<s4>[./-])(?P<b4>\d{{1,2}})(?P=s4)(?P<y4>{_YEAR})"
    r")"
)
_DATE = rf"(?:(?P<weekday>{_WEEKDAY}),?\s{{1,9}})?{_DAY}"
_WEEKDAY_DATE = rf"(?P<weekday>{_WEEKDAY}),?\s{{1,9}}{_DAY}"

DATE = re.compile(_DATE)
"""One date in words or figures: groups weekday and day; in it d m y (1, 2, 3 by their order), or a, b, y (4)."""
