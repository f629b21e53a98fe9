"""Reads the files of places that users add: GeoNames' country files, and tables of places with P-codes.

A GeoNames country file is the tab-separated text (or the zip around it) of one country from geonames.org. A P-code
table is a CSV file as the Humanitarian Data Exchange has them: columns such as ADM2_EN and ADM2_PCODE for each level,
or a name and a code, with latitude and longitude.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from twosource.errors import InputError
from twosource.knowledge.added_places import AddedPlace
from twosource.knowledge.gazetteer import Gazetteer, GazetteerPlace

__all__ = ["PlaceFile", "read_place_file"]

_GEONAMES_COLUMNS: Final = 19
_NAMES_AT_MOST: Final = 30
_KINDS: Final = {
    "P": ("city", "town"),
    "ADM2": ("admin2", "district"),
    "ADM3": ("district", "district"),
    "AIRB": ("airbase", "exact"),
    "AIRF": ("airport", "exact"),
    "AIRP": ("airport", "exact"),
    "DAM": ("dam", "exact"),
    "BDG": ("crossing", "exact"),
    "CMP": ("camp", "exact"),
    "CMPRF": ("camp", "exact"),
    "MT": ("mountain", "exact"),
    "HLL": ("mountain", "exact"),
    "MTS": ("mountain", "region"),
    "ISL": ("island", "district"),
    "RGN": ("region", "region"),
    "VAL": ("valley", "region"),
    "STM": ("river", "region"),
    "LK": ("lake", "exact"),
    "MILB": ("base", "exact"),
    "PRT": ("site", "exact"),
    "OILF": ("site", "exact"),
    "OILR": ("site", "exact"),
    "PPLX": ("neighbourhood", "town"),
}
"""Kind and precision by GeoNames' feature code, or its class."""
_LEVEL: Final = re.compile(r"adm(?:in)?_?([0-4])_?(pcode|code|en|name|name_en|ref_en|ref_name)", re.IGNORECASE)
_ALIASES: Final = {
    "name": ("name", "name_en", "place", "place_name", "placename", "locality", "village", "settlement", "featurename"),
    "code": ("pcode", "p_code", "code", "place_code", "id"),
    "lat": ("lat", "latitude", "y", "y_coord", "point_y", "lat_dd", "center_lat"),
    "lon": ("lon", "long", "lng", "longitude", "x", "x_coord", "point_x", "lon_dd", "long_dd", "center_lon"),
    "country": ("country", "country_code", "iso2", "iso_2", "adm0_pcode", "admin0pcode"),
    "population": ("population", "pop", "total_population"),
}


class PlaceFile(NamedTuple):
    """The places of one file, and how many of its rows were passed over: known already, of no use, or not readable."""

    places: tuple[AddedPlace, ...]
    passed_over: int


def read_place_file(path: Path, gazetteer: Gazetteer) -> PlaceFile:
    """The places in the file that the gazetteer lacks. Raises InputError for a file of neither form."""
    text = _text(path)
    first = text.partition("\n")[0]
    if first.count("\t") == _GEONAMES_COLUMNS - 1:
        return _from_geonames(text, gazetteer)
    if "," in first or ";" in first:
        return _from_table(path, text, gazetteer)
    raise InputError(
        f"{path} is neither a GeoNames country file (19 columns between tabs) nor a CSV table with a header"
    )


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                content = archive.read(f"{path.stem}.txt")
    except FileNotFoundError:
        raise InputError(f"no file at {path}") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder: name one file") from None
    except (zipfile.BadZipFile, KeyError):
        raise InputError(f"{path} is no zip file with {path.stem}.txt in it") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not in UTF-8: save it as UTF-8 and add it again") from None


def _from_geonames(text: str, gazetteer: Gazetteer) -> PlaceFile:
    rows = [line.split("\t") for line in text.splitlines() if line]
    whole = [row for row in rows if len(row) == _GEONAMES_COLUMNS]
    divisions = {(row[8], row[10]): _known_name(row, gazetteer) for row in whole if row[7] == "ADM1"}
    districts = {(row[8], row[10], row[11]): _known_name(row, gazetteer) for row in whole if row[7] == "ADM2"}
    found = [_geonames_place(row, divisions, districts, gazetteer) for row in whole]
    places = tuple(place for place in found if place is not None)
    return PlaceFile(places, len(rows) - len(places))


def _known_name(row: Sequence[str], gazetteer: Gazetteer) -> str:
    """The division's name as the gazetteer has it, so that its places share a division with the packaged ones."""
    known = gazetteer.known(f"geonames:{row[0]}")
    return known.name if known else row[1]


def _geonames_place(
    row: Sequence[str],
    divisions: Mapping[tuple[str, str], str],
    districts: Mapping[tuple[str, str, str], str],
    gazetteer: Gazetteer,
) -> AddedPlace | None:
    kind = _KINDS.get(row[7]) or _KINDS.get(row[6])
    point = _point(row[4], row[5])
    if kind is None or point is None or gazetteer.known(f"geonames:{row[0]}"):
        return None
    country = row[8] if row[8] in gazetteer.countries else None
    place = GazetteerPlace(
        id=f"geonames:{row[0]}",
        name=row[1],
        kind=kind[0],
        country=country,
        admin1=divisions.get((row[8], row[10])),
        admin2=districts.get((row[8], row[10], row[11])),
        lat=point[0],
        lon=point[1],
        population=int(row[14]) if row[14].isdecimal() else 0,
        precision=kind[1],
        basis="added",
    )
    names = dict.fromkeys(name for name in (row[2], *row[3].split(",")) if _written(name) and name != row[1])
    return AddedPlace(place=place, names=tuple(names)[:_NAMES_AT_MOST])


def _written(name: str) -> bool:
    """Whether it is a name in Latin letters that a report may use: no code, and not all in small letters."""
    latin = all(ord(sign) < 0x250 or 0x1E00 <= ord(sign) < 0x1F00 or sign in "‘’ʻʼ" for sign in name)
    return len(name) > 3 and latin and name[:1].isupper() and not name.isupper()


def _from_table(path: Path, text: str, gazetteer: Gazetteer) -> PlaceFile:
    dialect = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    table = csv.DictReader(io.StringIO(text), delimiter=dialect)
    columns = _columns(table.fieldnames or ())
    if not {"lat", "lon", "name"} <= columns.keys():
        wanted = "latitude, longitude and a name (ADM2_EN or NAME, for instance)"
        raise InputError(f"{path}: the header needs columns for {wanted}; it has {', '.join(table.fieldnames or ())}")
    rows = list(table)
    places = tuple(place for row in rows for place in _table_place(row, columns, path, gazetteer))
    return PlaceFile(places, len(rows) - len(places))


def _columns(header: Sequence[str]) -> dict[str, str]:
    """The header's column for each thing asked for; of levels, 'name1' and 'name2' are the divisions' names."""
    columns: dict[str, str] = {}
    deepest = -1
    for column in header:
        lower = column.strip().lower()
        for wanted, aliases in _ALIASES.items():
            if lower in aliases:
                columns.setdefault(wanted, column)
        if level := _LEVEL.fullmatch(lower):
            number, code = int(level[1]), level[2] in ("pcode", "code")
            columns.setdefault(f"{'code' if code else 'name'}{number}", column)
            deepest = max(deepest, number)
    if deepest >= 0 and "name" not in columns and f"name{deepest}" in columns:
        columns["name"] = columns[f"name{deepest}"]
        columns["level"] = str(deepest)
        columns.setdefault("code", columns.get(f"code{deepest}", ""))
    return columns


def _table_place(
    row: Mapping[str, str | None], columns: Mapping[str, str], path: Path, gazetteer: Gazetteer
) -> Iterator[AddedPlace]:
    def cell(wanted: str) -> str:
        return (row.get(columns.get(wanted, "")) or "").strip()

    name, point = cell("name"), _point(cell("lat"), cell("lon"))
    code = cell("code")
    country = next((c for c in (cell("country").upper(), code[:2].upper()) if c in gazetteer.countries), None)
    if not name or point is None:
        return
    kind = {"1": ("admin1", "province"), "2": ("admin2", "district"), "3": ("district", "district")}
    which, precision = kind.get(columns.get("level", ""), ("city", "town"))
    place = GazetteerPlace(
        id=f"pcode:{code}" if code else f"added:{path.stem}:{name}",
        name=name,
        kind=which,
        country=country,
        admin1=cell("name1") or None,
        admin2=cell("name2") or None,
        lat=point[0],
        lon=point[1],
        population=int(cell("population")) if cell("population").isdecimal() else 0,
        precision=precision,
        basis="added",
    )
    yield AddedPlace(place=place)


def _point(lat: str, lon: str) -> tuple[float, float] | None:
    try:
        point = float(lat), float(lon)
    except ValueError:
        return None
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None
