"""Claims and events on a map: GeoJSON, KML, and CSV with the tags of the Humanitarian Exchange Language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import etree

from twosource.export.material import EventItem, Material
from twosource.export.record_tables import CLAIMS, EVENTS
from twosource.export.table_files import csv_bytes
from twosource.export.tables import Cell

__all__ = ["HXL_TAGS", "geojson", "hxl", "kml"]

_KML = "http://www.opengis.net/kml/2.2"

HXL_TAGS = {
    "id": "#event+id",
    "type": "#event+type",
    "types": "#event+type+list",
    "own_type": "#event+type+own+list",
    "start": "#date+start",
    "end": "#date+end",
    "actors": "#group+actor+list",
    "targets": "#group+target+list",
    "places": "#loc+name+list",
    "place_id": "#loc+code",
    "country": "#country+code+iso2",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "precision": "#geo+precision",
    "killed_low": "#affected+killed+min",
    "killed_high": "#affected+killed+max",
    "injured_low": "#affected+injured+min",
    "injured_high": "#affected+injured+max",
    "captured_low": "#affected+captured+min",
    "captured_high": "#affected+captured+max",
    "displaced_low": "#affected+displaced+min",
    "displaced_high": "#affected+displaced+max",
    "grade": "#meta+grade",
    "grade_reason": "#meta+grade+reason",
    "origins": "#meta+origins+num",
    "accounts": "#meta+accounts+num",
    "reports": "#meta+reports+num",
    "denials": "#meta+denials+num",
    "outcome": "#event+outcome",
    "claims": "#meta+claims+list",
}
"""The hashtag of each column of the table of events (HXL 1.1)."""


def geojson(material: Material) -> Iterator[bytes]:
    """A FeatureCollection (RFC 7946) of events and claims that have coordinates, one feature a line.

    A feature's ``kind`` is 'event' or 'claim'; its other properties are the columns of that table. Longitude comes
    before latitude.
    """
    yield b'{"type":"FeatureCollection","features":[\n'
    first = True
    for feature in _features(material):
        yield b"" if first else b",\n"
        yield msgspec.json.encode(feature)
        first = False
    yield b"\n]}\n"


def _features(material: Material) -> Iterator[dict[str, Any]]:
    for kind, table in (("event", EVENTS), ("claim", CLAIMS)):
        for row in table.rows(material):
            values = dict(zip(table.header, row, strict=True))
            latitude, longitude = values.pop("latitude"), values.pop("longitude")
            if latitude is not None:
                yield {
                    "type": "Feature",
                    "id": values["id"],
                    "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
                    "properties": {"kind": kind, **values},
                }


def kml(material: Material) -> Iterator[bytes]:
    """A KML 2.2 document with a placemark for each event that has coordinates, and its days as a time span."""
    root = etree.Element("kml", nsmap={None: _KML})
    document = etree.SubElement(root, "Document")
    _text(document, "name", "Events")
    for item in material.events():
        if item.place is not None:
            _placemark(document, item)
    yield etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _placemark(document: Any, item: EventItem) -> None:
    place = item.place
    if place is None:
        return
    mark = etree.SubElement(document, "Placemark", id=item.event.id)
    _text(mark, "name", f"{item.event.type.value.replace('_', ' ')}, {place.name}")
    evidence = [run for id_ in item.event.claims if id_ in item.claims for run in item.claims[id_].evidence]
    _text(mark, "description", "\n".join(f"“{run}”" for run in evidence))
    if item.event.start or item.event.end:
        span = etree.SubElement(mark, "TimeSpan")
        for name, day in (("begin", item.event.start), ("end", item.event.end)):
            if day is not None:
                _text(span, name, day.isoformat())
    data = etree.SubElement(mark, "ExtendedData")
    for column in EVENTS.columns:
        cell = column.value(item)
        if cell is not None:
            _text(etree.SubElement(data, "Data", name=column.name), "value", str(cell))
    _text(etree.SubElement(mark, "Point"), "coordinates", f"{place.lon},{place.lat}")


def hxl(material: Material) -> Iterator[bytes]:
    """The table of events as CSV, with a row of HXL hashtags under the header."""
    tags: tuple[Cell, ...] = tuple(HXL_TAGS[name] for name in EVENTS.header)
    yield from csv_bytes([EVENTS.header, tags])
    yield from csv_bytes(EVENTS.rows(material))


def _text(parent: Any, name: str, words: str) -> None:
    etree.SubElement(parent, name).text = xml_text(words)


def xml_text(words: str) -> str:
    """The words without the control characters that XML 1.0 has no way to write."""
    return "".join(
        ch for ch in words if ch in "\t\n\r" or " " <= ch <= "\ud7ff" or "\ue000" <= ch <= "\ufffd" or ch > "\uffff"
    )
