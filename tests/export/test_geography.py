from __future__ import annotations

import csv
import io
import json

from lxml import etree

from twosource.export.formats import export
from twosource.export.geography import HXL_TAGS, xml_text
from twosource.export.record_tables import EVENTS
from twosource.store import Project

KML = "{http://www.opengis.net/kml/2.2}"


def whole(project: Project, name: str) -> bytes:
    return b"".join(export(project, name))


def test_geojson_is_a_collection_of_points_longitude_first(exported: Project) -> None:
    found = json.loads(whole(exported, "geojson"))
    assert found["type"] == "FeatureCollection"
    assert {one["properties"]["kind"] for one in found["features"]} == {"event", "claim"}
    for feature in found["features"]:
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert (round(longitude), round(latitude)) == (37, 36)
        assert feature["id"] == feature["properties"]["id"]
    assert b"Vale" not in whole(exported, "geojson")


def test_kml_has_a_placemark_with_days_and_words_for_each_located_event(exported: Project) -> None:
    root = etree.fromstring(whole(exported, "kml"))
    marks = list(root.iter(f"{KML}Placemark"))
    assert marks
    for mark in marks:
        assert mark.findtext(f"{KML}TimeSpan/{KML}begin") == "2024-03-01"
        assert "“Norland shelled Aleppo" in mark.findtext(f"{KML}description", "")
        longitude, latitude = mark.findtext(f"{KML}Point/{KML}coordinates", "").split(",")
        assert (round(float(longitude)), round(float(latitude))) == (37, 36)


def test_hxl_has_a_row_of_hashtags_under_the_header(exported: Project) -> None:
    header, tags, *rows = csv.reader(io.StringIO(whole(exported, "hxl").decode()))
    assert tuple(header) == EVENTS.header == tuple(HXL_TAGS)
    assert all(tag.startswith("#") for tag in tags)
    assert len(set(tags)) == len(tags)
    assert rows


def test_what_xml_can_t_write_is_left_out() -> None:
    assert xml_text("a\x00b\tc\ufffed😀\n") == "ab\tcd😀\n"
