"""Puts the values of a claim into words for the page: days, ranges, types, and names that a hostile text may hold."""

from __future__ import annotations

import datetime
import re
import unicodedata
from urllib.parse import quote, quote_plus, urlencode, urlsplit

from markupsafe import Markup, escape

from twosource.closed_sets import ClaimType, FigureKind
from twosource.records import Figure

__all__ = [
    "compare_path",
    "day_words",
    "days_words",
    "figure_words",
    "plain",
    "queue_path",
    "report_path",
    "safe_link",
    "thousands",
    "type_words",
    "unplain",
    "visible",
]

# Controls that change the order of the words around them or show nothing at all: bidi marks, embeddings, overrides and
# isolates (UAX #9), invisible operators and byte-order marks, C0 and C1 controls, and surrogates, which UTF-8 can't
# hold. Joiners (U+200C, U+200D) stay: Persian and emoji need them.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_WORDS_OF_CONTROL = re.compile("⟨U\\+([0-9A-F]{4,6})⟩")
_CARRIAGE = "\r"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _code(match: re.Match[str]) -> str:
    char = match.group()
    return char if char == _CARRIAGE else f"⟨U+{ord(char):04X}⟩"


def _control(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    char = chr(code) if code < 0x110000 else ""
    return char if _CONTROLS.fullmatch(char) else match[0]


def _placeholder(match: re.Match[str]) -> str:
    char = match.group()
    if char == _CARRIAGE:
        return "&#13;"  # written out, because a browser turns a bare one into a line feed
    name = unicodedata.name(char, "control character").lower()
    return f'<span class="control" title="{name}">⟨U+{ord(char):04X}⟩</span>'


def visible(text: str) -> Markup:
    """The text as safe markup, with a marked placeholder for each control that would reorder or hide words."""
    escaped = escape(text)
    if not _CONTROLS.search(escaped):
        return escaped
    return Markup(_CONTROLS.sub(_placeholder, str(escaped)))  # noqa: S704  escaped before


def plain(text: str) -> str:
    """As ``visible``, for attributes and the window's title: the placeholders stand as plain words."""
    return _CONTROLS.sub(_code, text)


def unplain(text: str) -> str:
    """The text with the controls themselves in place of their plain words; what came back from a form."""
    return _WORDS_OF_CONTROL.sub(_control, text)


def day_words(day: datetime.date) -> str:
    """A day such as '1 Dec 2024'."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def days_words(start: datetime.date | None, end: datetime.date | None) -> str | None:
    """The days that a time can mean, such as '1 – 3 Dec 2024' or 'until 3 Dec 2024'; None where nothing is known."""
    if start is None or end is None:
        known = start or end
        return None if known is None else f"{'until' if start is None else 'since'} {day_words(known)}"
    if start == end:
        return day_words(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} – {day_words(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} – {day_words(end)}"
    return f"{day_words(start)} – {day_words(end)}"


def thousands(number: int) -> str:
    """The number with commas between its thousands."""
    return f"{number:,}"


def figure_words(figure: Figure) -> str:
    """The range of a figure and what it counts, such as '12 or more killed' or '24 – 99 fighters'."""
    unit = figure.unit or ""
    kind = unit if figure.kind in (FigureKind.OTHER, FigureKind.MONEY) else figure.kind.value
    about = "about " if figure.approximate and figure.low == figure.high else ""
    return f"{about}{_range_words(figure.low, figure.high)} {kind}".strip()


def _range_words(low: int | None, high: int | None) -> str:
    if low is None:
        return "a number that is not said" if high is None else f"up to {thousands(high)}"
    if high is None:
        return f"{thousands(low)} or more"
    return thousands(low) if low == high else f"{thousands(low)} – {thousands(high)}"


def type_words(type_: ClaimType) -> str:
    """A type's name for people: 'Armed clash' for ``armed_clash``."""
    return type_.value.replace("_", " ").capitalize()


def report_path(report_id: str, version: str | None = None, at: int = 0) -> str:
    """The path of a report's page, any id quoted; ``version`` is a digest and names an older one.

    ``at`` is the offset of words that the page must hold: of a long text it shows one part.
    """
    asked = [f"version={quote_plus(version)}"] if version else []
    asked += [f"at={at}"] if at else []
    return f"/reports/{quote(report_id, safe='')}" + (f"?{'&'.join(asked)}" if asked else "")


def compare_path(first: str, second: str) -> str:
    """The address of two reports (ids) side by side."""
    return "/compare?" + urlencode({"first": first, "second": second})


def queue_path(kind: str) -> str:
    """The address of the review queue, of one kind of things; 'all' or an empty word for all of them."""
    return "/review?" + urlencode({"kind": kind}) if kind not in ("", "all") else "/review"


def safe_link(url: str | None) -> str | None:
    """The address where it is one of the web's (http or https with a host), else None: it came from a report."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
