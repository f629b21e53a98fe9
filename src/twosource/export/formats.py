"""The table of formats: for each its name, its file, what it holds, what it can't hold, and what writes it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec

from twosource.errors import UsageError
from twosource.export import citations, claims, geography, linked_data, network, plover, project_lines, table_files
from twosource.export.acled import ACLED
from twosource.export.dossier import dossier
from twosource.export.follow_the_money import follow_the_money
from twosource.export.material import Choice, Material
from twosource.export.record_tables import TABLES
from twosource.export.tables import Table
from twosource.export.ucdp_ged import UCDP_GED
from twosource.store import Project

__all__ = ["FORMATS", "Format", "export", "format_named"]


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """One format. ``leaves_out`` names what it can't hold; ``columns`` are the tables that its rows are made of."""

    name: str
    media_type: str
    suffix: str
    holds: str
    leaves_out: tuple[str, ...]
    write: Callable[[Material], Iterator[bytes]]
    columns: tuple[Table[Any], ...] = ()
    binary: bool = False


def export(project: Project, name: str, choice: Choice | None = None) -> Iterator[bytes]:
    """The bytes of a format, in pieces; the same records and choice give the same bytes.

    Raises UsageError for an unknown format.
    """
    return format_named(name).write(Material(project, choice))


def format_named(name: str) -> Format:
    """The format of this name. Raises UsageError for none, and says which ones are near."""
    found = FORMATS.get(name.strip().casefold())
    if found is None:
        near = difflib.get_close_matches(name, FORMATS, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"it is one of {', '.join(FORMATS)}"
        raise UsageError(f"there is no format {name!r}: {hint}")
    return found


def _claims() -> Format:
    return Format(
        name="claims",
        media_type="application/x-ndjson",
        suffix=".jsonl",
        holds="Claims in the form of the codebook, one JSON object a line, with the span of every value.",
        leaves_out=("which rule decided a value", "places' coordinates", "events, lineages, disagreements"),
        write=claims.lines,
    )


_FILES: dict[str, tuple[str, str, bool, Callable[[Table[Any], Material], Iterator[bytes]]]] = {
    "jsonl": ("application/x-ndjson", "JSON Lines, an object a row", False, table_files.as_json_lines),
    "csv": ("text/csv", "CSV for spreadsheets (UTF-8)", False, table_files.as_csv),
    "parquet": ("application/vnd.apache.parquet", "Parquet", True, table_files.as_parquet),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "An XLSX workbook with the codebook as its second sheet",
        True,
        lambda table, material: table_files.as_xlsx([table], material),
    ),
}


def _of_tables() -> Iterator[Format]:
    for table in TABLES:
        for kind, (media_type, words, binary, write) in _FILES.items():
            yield Format(
                name=f"{table.name}-{kind}",
                media_type=media_type,
                suffix=f".{kind}",
                holds=f"{table.holds} {words}.",
                leaves_out=table.leaves_out,
                write=partial(write, table),
                columns=(table,),
                binary=binary,
            )


def _of_all_tables() -> Iterator[Format]:
    leaves_out = tuple(dict.fromkeys(one for table in TABLES for one in table.leaves_out))
    yield Format(
        name="xlsx",
        media_type=_FILES["xlsx"][0],
        suffix=".xlsx",
        holds="One workbook: a sheet for each of the six tables, and the codebook of their columns.",
        leaves_out=(*leaves_out, "more than 32,767 characters in a cell and 1,048,575 rows in a sheet"),
        write=partial(table_files.as_xlsx, TABLES),
        columns=TABLES,
        binary=True,
    )
    yield Format(
        name="parquet",
        media_type="application/zip",
        suffix=".zip",
        holds="An archive with a Parquet file for each of the six tables, and the codebook as CSV.",
        leaves_out=leaves_out,
        write=partial(table_files.as_parquet_archive, TABLES),
        columns=TABLES,
        binary=True,
    )


def _codebook() -> Format:
    return Format(
        name="codebook",
        media_type="text/csv",
        suffix=".csv",
        holds="What each column of each table means, as CSV, to lie beside tables that are given away.",
        leaves_out=("the project's data",),
        write=lambda _material: table_files.as_codebook((*TABLES, ACLED, UCDP_GED)),
    )


def _shaped() -> Iterator[Format]:
    for table in (ACLED, UCDP_GED):
        yield Format(
            name=table.name,
            media_type="text/csv",
            suffix=".csv",
            holds=table.holds,
            leaves_out=table.leaves_out,
            write=partial(table_files.as_csv, table),
            columns=(table,),
        )
    yield Format(
        name="plover",
        media_type="application/x-ndjson",
        suffix=".jsonl",
        holds="PLOVER-shaped events, one JSON object a line, with CAMEO's root code and every toll told.",
        leaves_out=(
            "events without a day, planned or denied ones, and types that PLOVER lacks (data/event_mappings.toml)",
            "PLOVER's contexts, and its codes of actors: names stand for them",
            "which side of a clash began: actor and recipient stand in the order in which accounts name them",
        ),
        write=plover.plover,
    )


def _maps() -> Iterator[Format]:
    unlocated = "what has no coordinates: claims and events whose place is unresolved or not told"
    yield Format(
        name="geojson",
        media_type="application/geo+json",
        suffix=".geojson",
        holds="Located events and claims as points, with the columns of their tables as properties.",
        leaves_out=(unlocated, "areas: a province is a point, and 'precision' says so", "a second located place"),
        write=geography.geojson,
    )
    yield Format(
        name="kml",
        media_type="application/vnd.google-earth.kml+xml",
        suffix=".kml",
        holds="Located events as placemarks with their words, days and columns, for Google Earth and QGIS.",
        leaves_out=(unlocated, "claims outside events", "control characters, which XML has no way to write"),
        write=geography.kml,
    )
    yield Format(
        name="hxl",
        media_type="text/csv",
        suffix=".csv",
        holds="The table of events as CSV with a row of HXL hashtags under its header.",
        leaves_out=("hashtags for grades and origins, which HXL has no standard for: they are under #meta",),
        write=geography.hxl,
    )


def _networks() -> Iterator[Format]:
    leaves_out = (
        "claims that name one party only, and the words of claims",
        "who says so: an edge counts claims and reports, and how many of them deny it",
        "people without a name of their own, but by the name that the claim has for them",
    )
    yield Format(
        name="gexf",
        media_type="application/gexf+xml",
        suffix=".gexf",
        holds="Who is said to do what to whom: actors as nodes, an edge for each pair and type, for Gephi.",
        leaves_out=leaves_out,
        write=network.gexf,
    )
    yield Format(
        name="graphml",
        media_type="application/graphml+xml",
        suffix=".graphml",
        holds="The same network for Cytoscape, yEd, igraph and networkx.",
        leaves_out=leaves_out,
        write=network.graphml,
    )


def _graphs() -> Iterator[Format]:
    yield Format(
        name="ftm",
        media_type="application/x-ndjson",
        suffix=".ftm.json",
        holds="FollowTheMoney entities for OpenAleph, one a line: reports, actors, places, events, claims, relations.",
        leaves_out=(
            "spans, stances and certainty as values: a Note says them in words",
            "ranges of figures, lineages and disagreements",
            "relations that are denied or negated, and parties without an entity",
            "what is planned as apart from what happened: a Note says so",
        ),
        write=follow_the_money,
    )
    yield Format(
        name="webannotation",
        media_type="application/ld+json",
        suffix=".jsonld",
        holds="A W3C Web Annotation for each claim, with quote and position selectors in code points.",
        leaves_out=("events, lineages and disagreements", "the quote selector of words that are cut or masked"),
        write=linked_data.web_annotations,
    )
    yield Format(
        name="prov",
        media_type="application/ld+json",
        suffix=".jsonld",
        holds="How each claim, report and event came to be, in PROV-O as JSON-LD.",
        leaves_out=("what is claimed, beyond its words", "decisions, where a filter or a publication is chosen"),
        write=linked_data.prov,
    )
    yield Format(
        name="schema-org",
        media_type="application/ld+json",
        suffix=".jsonld",
        holds="A schema.org Claim for each claim, with who makes it and where it appears.",
        leaves_out=("stance, certainty, status and figures", "events, lineages and disagreements"),
        write=linked_data.schema_org,
    )


def _papers() -> Iterator[Format]:
    leaves_out = ("everything but the reports' titles, outlets, days, agencies and addresses",)
    for name, suffix, media_type, words, write in (
        ("bibtex", ".bib", "application/x-bibtex", "BibTeX", citations.bibtex),
        ("ris", ".ris", "application/x-research-info-systems", "RIS", citations.ris),
        ("csl-json", ".json", "application/vnd.citationstyles.csl+json", "CSL-JSON", citations.csl_json),
    ):
        holds = f"The reports as references, in {words}."
        yield Format(name=name, media_type=media_type, suffix=suffix, holds=holds, leaves_out=leaves_out, write=write)
    yield Format(
        name="dossier",
        media_type="text/html",
        suffix=".html",
        holds="One HTML page to read and print: events with their quotations, disagreements, reports.",
        leaves_out=("spans and rules", "a map", "full texts"),
        write=dossier,
    )
    yield Format(
        name="project",
        media_type="application/x-ndjson",
        suffix=".jsonl",
        holds="Everything that was read and decided, as JSON Lines that 'twosource import' reads back.",
        leaves_out=(
            "the original bytes of files, the log of runs and the addresses of feeds",
            "lineages, actors, events and disagreements, which are worked out anew",
        ),
        write=project_lines.project_lines,
    )


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        _claims(),
        *_of_tables(),
        *_of_all_tables(),
        _codebook(),
        *_shaped(),
        *_maps(),
        *_networks(),
        *_graphs(),
        *_papers(),
    )
}
"""Every format by its name, in the order in which they are told."""
