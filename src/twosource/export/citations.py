"""The reports as references: BibTeX, RIS, and CSL-JSON for Zotero and its kin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from twosource.export.material import Material
from twosource.records import Report

__all__ = ["bibtex", "csl_json", "ris"]

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_TEX_AS_IT_IS = "url"  # what the url package prints needs no escaping but for these three, which end or open groups
_URL_ESCAPES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def bibtex(material: Material) -> Iterator[bytes]:
    """An entry for each report, of the type 'misc'; UTF-8, as biber and modern BibTeX styles read it."""
    for report, key in _keyed(material):
        fields = {
            "title": _tex(report.title),
            "author": f"{{{_tex(report.outlet)}}}" if report.outlet else None,
            "howpublished": _tex(report.outlet),
            "year": f"{report.published.year:04}" if report.published else None,
            "month": str(report.published.month) if report.published else None,
            "date": report.published.isoformat() if report.published else None,
            _TEX_AS_IT_IS: report.url.translate(_URL_ESCAPES) if report.url else None,
            "note": _tex(f"Credits {report.agency}") if report.agency else None,
        }
        told = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value)
        yield f"@misc{{{key}{told}\n}}\n\n".encode()


def ris(material: Material) -> Iterator[bytes]:
    """A record of the type NEWS for each report."""
    for report, key in _keyed(material):
        day = report.published
        tags = (
            ("TY", "NEWS"),
            ("ID", key),
            ("TI", report.title),
            ("T2", report.outlet),
            ("PY", f"{day.year:04}" if day else None),
            ("DA", day.strftime("%Y/%m/%d") if day else None),
            ("UR", report.url),
            ("LA", report.language),
            ("N1", f"Credits {report.agency}" if report.agency else None),
        )
        lines = [f"{tag}  - {_one_line(value)}" for tag, value in tags if value]
        yield "\r\n".join([*lines, "ER  - ", "", ""]).encode()


def csl_json(material: Material) -> Iterator[bytes]:
    """A list with an item of the type 'article-newspaper' for each report."""
    items = [_csl(report, key) for report, key in _keyed(material)]
    yield b"[\n" + b",\n".join(msgspec.json.encode(item) for item in items) + b"\n]\n"


def _csl(report: Report, key: str) -> dict[str, Any]:
    day = report.published
    item = {
        "id": key,
        "type": "article-newspaper",
        "title": report.title,
        "container-title": report.outlet,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "URL": report.url,
        "language": report.language,
        "note": f"Credits {report.agency}" if report.agency else None,
    }
    return {name: value for name, value in item.items() if value is not None}


def _keyed(material: Material) -> Iterator[tuple[Report, str]]:
    """The reports that are exported, each with a key of its own, made of its id."""
    reports = [item.report for item in material.reports()]
    return zip(reports, _keys(report.id for report in reports), strict=True)


def _keys(ids: Iterable[str]) -> Iterator[str]:
    used: set[str] = set()
    for id_ in ids:
        plain = re.sub(r"[^A-Za-z0-9_.:-]+", "-", id_).strip("-") or "report"
        key, number = plain, 2
        while key in used:
            key, number = f"{plain}-{number}", number + 1
        used.add(key)
        yield key


def _tex(words: str | None) -> str | None:
    return None if words is None else "".join(_TEX.get(ch, ch) for ch in _one_line(words))


def _one_line(words: str) -> str:
    return " ".join(words.split())
