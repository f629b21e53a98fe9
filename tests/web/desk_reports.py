"""Readings for the desk's tests: the shipped examples as they were coded by hand, and some that are hostile or odd."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

import twosource
from twosource.closed_sets import ActorKind, Certainty, ClaimType, CueKind, FigureKind, Severity, Stance, Status
from twosource.corpus_records import Dependence, Relation
from twosource.ids import digest_of, make_id
from twosource.records import (
    Attribution,
    AttributionKind,
    Claim,
    Cue,
    Figure,
    Issue,
    Named,
    Place,
    Quotation,
    Reading,
    Reason,
    Report,
    Time,
    TimeKind,
    Voice,
    When,
)
from twosource.spans import Span
from twosource.store import Project, open_project
from twosource.store.lineage import keep_dependences, keep_prints, reports_with
from twosource.store.write import Batch, keep_batch, start_run

EXAMPLES = Path(twosource.__file__).parent / "examples"
FINGERPRINT = "tests"


def make_report(id_: str, body: str, *, title: str | None = None, **fields: Any) -> Report:
    """A report as the intake makes it: its text is the title, a blank line and the body."""
    text = f"{title}\n\n{body}" if title else body
    made = msgspec.convert({"id": id_, "text": text, "title": title, "body": len(text) - len(body), **fields}, Report)
    return msgspec.structs.replace(made, digest=digest_of(id_, text, title))


def make_project(path: Path, readings: Sequence[Reading], issues: Sequence[Issue] = ()) -> Project:
    """A project that holds the readings, kept in their order."""
    project = open_project(path, create=True)
    keep_readings(project, readings, issues)
    return project


def keep_readings(project: Project, readings: Sequence[Reading], issues: Sequence[Issue] = ()) -> None:
    """Stores the readings in their order, as one run."""
    run = start_run(project, FINGERPRINT)
    for reading in readings:
        keep_batch(project, run, FINGERPRINT, Batch(reports=(reading.report,), readings=(reading,)))
    keep_batch(project, run, FINGERPRINT, Batch(issues=tuple(issues)))


def example_readings() -> list[Reading]:
    """The example reports with the claims that a person coded in them."""
    coded: dict[str, list[dict[str, Any]]] = {}
    for line in (EXAMPLES / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        coded.setdefault(row["report"], []).append(row)
    paths = sorted((EXAMPLES / "reports").glob("*.txt"))
    return [coded_reading(_example(path), coded.get(path.stem, [])) for path in paths]


def _example(path: Path) -> Report:
    text = path.read_text(encoding="utf-8")
    head, _, body = text.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines() if re.match(r"[a-z]+: ", line))
    if not fields:
        return make_report(path.stem, text)
    kept = {key: fields[key] for key in ("outlet", "url", "agency", "language") if key in fields}
    published = datetime.date.fromisoformat(fields["published"]) if "published" in fields else None
    return make_report(path.stem, body.strip(), title=fields.get("title"), published=published, **kept)


def coded_reading(report: Report, rows: Sequence[Mapping[str, Any]]) -> Reading:
    """The report with the coded claims, and the layers that follow from their values."""
    claims = tuple(_claim(report, row, number) for number, row in enumerate(rows))
    sources = dict.fromkeys(named.said_at for claim in claims for named in claim.sources)
    places = {named.said_at: named for claim in claims for named in claim.places}
    return Reading(
        report=report,
        claims=claims,
        fingerprint=FINGERPRINT,
        attributions=tuple(_attribution(report, span) for span in sources),
        places=tuple(Place(span=span, name=named.name, rule="place.exact") for span, named in places.items()),
        times=tuple(_time(claim.when) for claim in claims if claim.when),
        figures=tuple(dict.fromkeys(figure for claim in claims for figure in claim.figures)),
        quotations=tuple(
            Quotation(span=Span(*match.span()), inner=Span(match.start() + 1, match.end() - 1))
            for match in re.finditer(r"“[^”]*”|\"[^\"\n]*\"", report.text)
        ),
        cues=tuple(
            Cue(span=Span(*match.span()), kind=kind, scope=Span(*match.span()), rule="cue.test")
            for kind, words in (
                (CueKind.HEDGE, "likely|reportedly"),
                (CueKind.DENIAL, "denied"),
                (CueKind.PLAN, "due to"),
            )
            for match in re.finditer(rf"\b(?:{words})\b", report.text)
        ),
    )


def _claim(report: Report, row: Mapping[str, Any], number: int) -> Claim:
    evidence = tuple(sorted(at(report.text, words) for words in row["evidence"]))
    near = evidence[0]

    def named(names: Sequence[str]) -> tuple[Named, ...]:
        spans = [(name, at(report.text, name, near)) for name in names]
        return tuple(Named(name=name, span=span, said_at=span) for name, span in spans)

    return Claim(
        id=make_id("claim", report.id, number, row["type"], row["evidence"]),
        report=report.id,
        type=ClaimType(row["type"]),
        evidence=evidence,
        trigger=Span(near.start, near.start + 1),
        actors=named(row["actors"]),
        targets=named(row["targets"]),
        places=named(row["places"]),
        sources=named(row["sources"]),
        via=named(row["via"]),
        when=_when(report, row["when"], near),
        figures=tuple(_figure(report, figure, near) for figure in row["figures"]),
        reasons=(
            Reason(field="type", rule=f"trigger.{row['type']}", span=near),
            Reason(field="sources", rule="attribution.says" if row["sources"] else "attribution.own-voice"),
        ),
        stance=Stance(row["stance"]),
        certainty=Certainty(row["certainty"]),
        status=Status(row["status"]),
        negated=row["negated"],
    )


def at(text: str, words: str, near: Span | None = None) -> Span:
    """Where the words stand: the place nearest to ``near``, else the first; an empty span at 0 where they don't."""
    found = [Span(*match.span()) for match in re.finditer(re.escape(words), text)]
    if not found:
        return Span(0, 0)
    return min(found, key=lambda span: abs(span.start - near.start)) if near else found[0]


def _when(report: Report, when: Mapping[str, Any] | None, near: Span) -> When | None:
    if when is None:
        return None
    days = {name: datetime.date.fromisoformat(when[name]) if when[name] else None for name in ("start", "end")}
    return When(phrase=when["phrase"], span=at(report.text, when["phrase"], near), **days)


def _time(when: When) -> Time:
    return Time(span=when.span, text=when.phrase, kind=TimeKind.DATE, value="", rule="time.test")


def _figure(report: Report, row: Mapping[str, Any], near: Span) -> Figure:
    span = at(report.text, row["phrase"], near)
    return Figure(
        span=span,
        phrase=row["phrase"],
        number=span,
        kind=FigureKind(row["kind"]),
        rule="figure.test",
        low=row["low"],
        high=row["high"],
    )


def _attribution(report: Report, span: Span) -> Attribution:
    return Attribution(
        id=make_id("attribution", report.id, span),
        cue=span,
        sources=(Voice(name=span.of(report.text), span=span, kind=ActorKind.PERSON),),
        content=(),
        kind=AttributionKind.INDIRECT,
        stance=Stance.ASSERTS,
        rule="attribution.test",
    )


HOSTILE = "<script>document.title='owned'</script><img src=x onerror=alert(1)>"
OVERRIDE = "‮gnillehs‬"


def hostile_reading() -> Reading:
    """Markup in every field that a page shows, and words turned around by a bidi override."""
    body = f'{HOSTILE} Rebels "shelled" <b>Vorrim</b> & {OVERRIDE} the town.\x00 </article></main>'
    report = make_report(
        "hostile/../<i>&?#",
        body,
        title=f"{HOSTILE} {OVERRIDE}",
        outlet=HOSTILE,
        agency=f"'\" onmouseover=alert(1) {OVERRIDE}",
        url="javascript:alert(1)",
        published=datetime.date(2019, 4, 12),
    )
    span = at(report.text, f"{HOSTILE} Rebels")
    named = Named(name=HOSTILE, span=span, said_at=span)
    claim = Claim(
        id=make_id("claim", "hostile"),
        report=report.id,
        type=ClaimType.SHELLING,
        evidence=(Span(span.start, len(report.text)),),
        trigger=span,
        actors=(named,),
        sources=(named,),
        reasons=(Reason(field=HOSTILE, rule=HOSTILE, span=span),),
    )
    issue = Issue(code="<b>", stage=HOSTILE, reason=HOSTILE, report=report.id)
    return Reading(report=report, claims=(claim,), issues=(issue,), fingerprint=FINGERPRINT)


def foreign_reading() -> Reading:
    """A right-to-left report with emoji before its claims: offsets are code points."""
    body = "👩🏽‍🚒😀 قصف الجيش بلدة نفرين يوم الأربعاء وقتل 12 شخصا.\n\n👍🏽 Kerat was shelled, too."
    report = make_report("foreign", body, outlet="صوت دارم", published=datetime.date(2019, 4, 11))
    spans = [at(body, "قصف الجيش بلدة نفرين"), at(body, "Kerat was shelled")]
    claims = tuple(
        Claim(
            id=make_id("claim", "foreign", span),
            report="foreign",
            type=ClaimType.SHELLING,
            evidence=(span,),
            trigger=span,
        )
        for span in spans
    )
    return Reading(report=report, claims=claims, fingerprint=FINGERPRINT)


def changed_readings() -> list[Reading]:
    """Two versions of one report, the older first."""
    day = datetime.date(2019, 4, 9)
    bodies = ("Twelve people died in Kerat.", "Nineteen people died in Kerat.")
    reports = [make_report("changed", body, title="Toll in Kerat", published=day) for body in bodies]
    return [Reading(report=report, fingerprint=FINGERPRINT) for report in reports]


def stray_issues() -> list[Issue]:
    """Issues that belong to no report."""
    return [
        Issue(
            code="broken-line",
            stage="intake",
            reason="line 3 is no JSON object; the other lines were read",
            severity=Severity.ERROR,
            path="in/wires.jsonl",
            line=3,
        )
    ]


def desk_project(path: Path) -> Project:
    """The project that most tests look at."""
    odd = [hostile_reading(), foreign_reading(), *changed_readings()]
    return make_project(path, [*example_readings(), *odd], stray_issues())


def due_reading() -> Reading:
    """Two plans whose day has passed: one plain, one with markup in every field that the queue shows."""
    body = f"The army will enter Kerat by April 20. {HOSTILE} will come by April 21."
    report = make_report("due", body, title="Plans", outlet=HOSTILE, published=datetime.date(2019, 4, 10))
    claims = tuple(
        Claim(
            id=make_id("claim", "due", words),
            report="due",
            type=ClaimType.DEPLOYS,
            evidence=(at(report.text, words),),
            trigger=at(report.text, words),
            when=When(phrase=phrase, span=at(report.text, phrase), end=datetime.date(2019, 4, day)),
            status=Status.PLANNED,
        )
        for words, phrase, day in (
            ("The army will enter Kerat by April 20", "by April 20", 20),
            (f"{HOSTILE} will come by April 21", "by April 21", 21),
        )
    )
    return Reading(report=report, claims=claims, fingerprint=FINGERPRINT)


def doubtful_reading() -> Reading:
    """A claim of people killed with every field given, of which the engine is unsure, and one of which it is sure."""
    words = "On Friday the army shelled the Free Front in Vorrim, killing at least 12, the mayor told Orrel Radio"
    sure = "The Free Front holds Kerat"
    report = make_report("doubtful", f"{words}. {sure}.", title="A day in Vorrim", published=datetime.date(2019, 4, 13))

    def named(name: str) -> tuple[Named, ...]:
        span = at(report.text, name, at(report.text, words))
        return (Named(name=name, span=span, said_at=span),)

    number, friday = at(report.text, "at least 12"), datetime.date(2019, 4, 12)
    killed = Figure(
        span=number, phrase="at least 12", number=number, kind=FigureKind.KILLED, rule="figure.test", low=12
    )
    doubtful = Claim(
        id=make_id("claim", "doubtful"),
        report=report.id,
        type=ClaimType.SHELLING,
        evidence=(at(report.text, words),),
        trigger=at(report.text, "shelled"),
        actors=named("the army"),
        targets=named("the Free Front"),
        places=named("Vorrim"),
        sources=named("the mayor"),
        via=named("Orrel Radio"),
        when=When(phrase="On Friday", span=at(report.text, "On Friday"), start=friday, end=friday),
        figures=(killed,),
        certainty=Certainty.PROBABLE,
        negated=True,
        confidence=0.1,
    )
    evidence = at(report.text, sure)
    other = Claim(
        id=make_id("claim", "sure"),
        report=report.id,
        type=ClaimType.HOLDS,
        evidence=(evidence,),
        trigger=evidence,
        confidence=0.9,
    )
    return Reading(report=report, claims=(doubtful, other), fingerprint=FINGERPRINT)


def review_project(path: Path, more: Sequence[Reading] = ()) -> Project:
    """A project in which plans are due and the engine is unsure of two reports; ``more`` is kept beside these."""
    project = make_project(path, [*example_readings()[:2], due_reading(), *more])
    with project.writing() as connection:
        reports = list(reports_with(connection, [one.report.id for one in example_readings()[:2]]).values())
        keep_prints(connection, FINGERPRINT, reports, {one.id: frozenset() for one in reports})
        first, second = sorted(one.id for one in reports)
        unsure = Dependence(
            earlier=first, later=second, relation=Relation.REWRITE, reason=f"Alike. {HOSTILE}", likelihood=0.5
        )
        keep_dependences(connection, [first, second], [unsure])
    return project
