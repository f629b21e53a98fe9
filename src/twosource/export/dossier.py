"""A dossier: one HTML page to read, print and file, which asks for nothing outside itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache, partial
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from twosource.closed_sets import Stance
from twosource.corpus_records import Disagreement, Range
from twosource.export.material import Choice, ClaimItem, EventItem, Material
from twosource.records import Report

__all__ = ["dossier"]

_TITLE = "Claims, events and sources"


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a claim, and the line that says who says them, where and how."""

    words: tuple[str, ...]
    said: str
    denies: bool


def dossier(material: Material) -> Iterator[bytes]:
    """The page, in UTF-8: events with their accounts, disagreements, other claims, and the reports as references.

    Styles are in the page, and nothing in it leads out of it.
    """
    events = list(material.events())
    told = {id_ for item in events for id_ in item.claims}
    claims = list(material.claims())
    numbers = {item.report.id: number for number, item in enumerate(material.reports(), 1)}
    quoted = partial(_quotation, numbers=numbers)
    publication = material.choice.publication
    page = _environment().get_template("dossier.html").render(
        title=material.choice.title or _TITLE,
        day=material.choice.day,
        events=[_event(item, numbers) for item in events],
        disagreements=[_disagreement(one) for one in material.disagreements()],
        loose=[quoted(item) for item in claims if item.claim.id not in told],
        lineages=[{"reports": ", ".join(one.reports), "origin": one.origin, "reason": one.reason}
                  for one in material.lineages()],
        reports=[_reference(item.report) for item in material.reports()],
        claim_count=len({*told, *(item.claim.id for item in claims)}),
        chosen=_chosen(material.choice),
        published=publication is not None,
        quotation=publication.quotation if publication else 0,
        masked=len(publication.masked) if publication else 0,
        quotation_of=_quotation_html,
    )  # fmt: skip
    yield page.encode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("twosource.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _event(item: EventItem, numbers: dict[str, int]) -> dict[str, Any]:
    event = item.event
    place = event.places[0].name if event.places else None
    name = ", ".join(
        part for part in (_words(event.type.value).capitalize(), place, _days(event.start, event.end)) if part
    )
    facts = [
        ("Done by, as told", "; ".join(value.name for value in event.actors)),
        ("Done to, as told", "; ".join(value.name for value in event.targets)),
        ("Places told", "; ".join(value.name for value in event.places)),
        *((_words(one.kind.value).capitalize(), _told(one)) for one in event.figures),
    ]
    return {
        "id": event.id,
        "name": name,
        "grade": _words(event.grade.value),
        "grade_reason": event.grade_reason,
        "origins": event.origins,
        "reports": len(event.reports),
        "facts": [(fact, value) for fact, value in facts if value],
        "quotes": [_quotation(item.claims[id_], numbers) for id_ in event.claims if id_ in item.claims],
    }


def _quotation(item: ClaimItem, numbers: dict[str, int]) -> Quotation:
    claim = item.claim
    who = ", ".join(named.name for named in claim.sources) or "the report itself"
    via = f", by way of {', '.join(named.name for named in claim.via)}" if claim.via else ""
    manner = ", ".join(
        part
        for part in (
            claim.stance.value,
            claim.certainty.value if claim.certainty.value != "certain" else "",
            claim.status.value if claim.status.value != "happened" else "",
            "that it is not so" if claim.negated else "",
        )
        if part
    )
    report = item.report
    where = ", ".join(str(part) for part in (report.outlet, report.published) if part) or report.id
    number = f" [{numbers[report.id]}]" if report.id in numbers else ""
    said = f"{_words(claim.type.value)}; {who}{via} {manner}; {where}{number}"
    return Quotation(words=item.evidence, said=said, denies=claim.stance is Stance.DENIES or claim.negated)


def _quotation_html(quotation: Quotation) -> Markup:
    kind = Markup(' class="denies"') if quotation.denies else Markup("")
    words = Markup(" … ").join(Markup("“{}”").format(run) for run in quotation.words)
    return Markup('<blockquote{}>{}</blockquote>\n<p class="said">{}</p>\n').format(kind, words, quotation.said)


def _disagreement(one: Disagreement) -> dict[str, Any]:
    sides = [
        f"{value or words}: {', '.join(speakers) or report}"
        for value, words, speakers, report in zip(one.values, one.words, one.speakers, one.reports, strict=True)
    ]
    return {"field": _words(one.field), "sides": sides, "reason": one.reason}


def _reference(report: Report) -> str:
    parts = (
        report.outlet,
        f"“{report.title}”" if report.title else None,
        str(report.published) if report.published else "undated",
        f"credits {report.agency}" if report.agency else None,
        report.url,
        report.id,
    )
    return ", ".join(part for part in parts if part)


def _told(one: Range) -> str:
    """The range, and each value that goes into it with how many claims give it."""
    if len(one.told) == 1 and not one.corrected:
        return _bounds(one.told[0].low, one.told[0].high)
    is_open = any(value.high is None and value.low == one.high for value in one.told)
    whole = f"{_bounds(one.low, one.high)}{' or more' if is_open else ''}"
    told = "; ".join(f"{_bounds(value.low, value.high)} in {len(value.claims)}" for value in one.told)
    taken_back = "; ".join(_bounds(value.low, value.high) for value in one.corrected)
    parts = [
        whole,
        f"by claims: {told}" if len(one.told) > 1 else "",
        f"taken back: {taken_back}" if taken_back else "",
    ]
    return ". ".join(part for part in parts if part)


def _bounds(low: int | None, high: int | None) -> str:
    if low is not None and low == high:
        return f"{low:,}"
    if low is None:
        return "not said" if high is None else f"at most {high:,}"
    return f"at least {low:,}" if high is None else f"{low:,} to {high:,}"


def _days(start: datetime.date | None, end: datetime.date | None) -> str | None:
    if start == end or end is None or start is None:
        return str(start or end) if start or end else None
    return f"{start} to {end}"


def _chosen(choice: Choice) -> list[str]:
    told = [f"{name} {value}" for name, value in choice.told.items()]
    return [*told, *(f"grade {grade.value}" for grade in sorted(choice.grades))]


def _words(value: str) -> str:
    return value.replace("_", " ")
