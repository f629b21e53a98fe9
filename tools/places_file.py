"""Writes the compiled gazetteer: places in, the bytes of one file out, as knowledge/gazetteer.py documents them."""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import marisa_trie

from twosource.knowledge import gazetteer as form
from twosource.knowledge import place_names

BLOCKS = ("country", "admin1", "admin2", "extra", "city")
# Where names are romanised from Arabic or carry its article, so that the article is as optional as reporters treat it.
ARABIC_ARTICLE = frozenset(
    (
        *("AE", "AF", "BH", "DJ", "DZ", "EG", "EH", "ER", "ET", "IL", "IQ", "IR", "JO", "KM", "KW", "LB", "LY", "MA"),
        *("ML", "MR", "NE", "NG", "OM", "PK", "PS", "QA", "SA", "SD", "SN", "SO", "SS", "SY", "TD", "TN", "TR", "TZ"),
        "YE",
    )
)
SHORTEST_LOOSE_KEY = 3


@dataclass(slots=True)
class Place:
    """One row to be written, with its names: first the main one."""

    id: str
    names: list[str]
    kind: str
    parent: str | None
    country: str | None
    lat: float = 0.0
    lon: float = 0.0
    population: int = 0
    precision: str = "town"
    basis: str = "source"
    alternates: list[str] = field(default_factory=list)


def compile_places(blocks: dict[str, list[Place]], ambiguous: set[str], free: frozenset[str], sources: object) -> bytes:
    """The bytes of the file: a prefix with the digest, a header in JSON, the sections, each at a multiple of 8."""
    places = [place for block in BLOCKS for place in blocks[block]]
    row_of = {place.id: row for row, place in enumerate(places)}
    texts = {place.names[0] for place in places} | {place.id for place in blocks["extra"]}
    names = marisa_trie.Trie(sorted(texts))
    kinds = sorted({(place.kind, place.precision, place.basis) for place in places})
    keys, postings, lists = index_names(places, ambiguous)
    loose_keys, loose_postings, lists = index_loosely(places, free, lists)
    sections = {
        "names": names.tobytes(),
        "keys": keys.tobytes(),
        "postings": postings,
        "loose_keys": loose_keys.tobytes(),
        "loose_postings": loose_postings,
        "lists": _words(lists),
        "rows": b"".join(_record(place, names, row_of, kinds) for place in places),
    }
    starts = [0]
    for block in BLOCKS:
        starts.append(starts[-1] + len(blocks[block]))
    header = {
        "sources": sources,
        "countries": [place.country for place in blocks["country"]],
        "kinds": kinds,
        "blocks": {block: starts[at : at + 2] for at, block in enumerate(BLOCKS)},
    }
    return _assemble(header, sections)


def _record(place: Place, names: Any, row_of: dict[str, int], kinds: list[tuple[str, str, str]]) -> bytes:
    ident = names[place.id] if not place.id.startswith("geonames:") else number_of(place)
    numbers = (
        ident,
        names[place.names[0]],
        row_of[place.parent] if place.parent else form.NO_PARENT,
        round((place.lat + 90) / 180 * 0xFFFFFF),
        round((place.lon + 180) / 360 * 0xFFFFFF),
    )
    packed = b"".join(number.to_bytes(3, "little") for number in numbers)
    return (
        packed
        + place.population.to_bytes(4, "little")
        + bytes([kinds.index((place.kind, place.precision, place.basis))])
    )


def index_names(places: list[Place], ambiguous: set[str]) -> tuple[Any, bytes, list[int]]:
    """The trie of folded names, its postings by key number, and the lists of the keys that several rows share."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for row, place in enumerate(places):
        for at, name in enumerate([*place.names, *place.alternates]):
            folded = place_names.fold_name(name)
            flags = form.SPELT_DOUBLE if folded.doubled else form.SPELT_SINGLE
            flags |= form.ALTERNATE_ONLY if at >= len(place.names) else 0
            if place.kind != "extra" and place.country not in ARABIC_ARTICLE:
                flags |= form.WITH_ARTICLE if folded.article else form.WITHOUT_ARTICLE
            _add(found, folded.key, row, flags, ambiguous)
            bare = place_names.bare_division(folded.key) if place.kind.startswith("admin") else None
            _add(found, bare or "", row, flags | form.SHORT_FORM, ambiguous)
    return _index(found, [])


def _add(found: dict[str, dict[int, int]], key: str, row: int, flags: int, ambiguous: set[str]) -> None:
    if key:
        found[key][row] = _merged(found[key].get(row), flags | (form.AMBIGUOUS if key in ambiguous else 0))


def _merged(old: int | None, new: int) -> int:
    if old is None:
        return new
    # These hold only if they hold for every spelling.
    both = form.ALTERNATE_ONLY | form.WITH_ARTICLE | form.WITHOUT_ARTICLE | form.SHORT_FORM
    return (old | new) & ~both | (old & new & both)


def index_loosely(places: list[Place], free: frozenset[str], lists: list[int]) -> tuple[Any, bytes, list[int]]:
    """The trie of loosely folded names, its postings, and `lists` with theirs added: the best known rows of a key."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    ranked = sorted(range(len(places)), key=lambda row: (places[row].kind == "city", -places[row].population, row))
    for row in (row for row in ranked if places[row].country in free or places[row].kind not in ("city", "admin2")):
        for name in (*places[row].names, *places[row].alternates):
            key = place_names.fold_loose(name)
            if len(key) >= SHORTEST_LOOSE_KEY and len(found[key]) < form.SUGGESTIONS:
                found[key][row] = 0
    return _index({key: dict(sorted(rows.items())) for key, rows in found.items() if rows}, lists)


def _index(found: dict[str, dict[int, int]], lists: list[int]) -> tuple[Any, bytes, list[int]]:
    keys = marisa_trie.Trie(sorted(found))
    postings = [0] * len(found)
    lists = list(lists)
    for key, rows in sorted(found.items()):
        each = [row | flags for row, flags in rows.items()]
        if len(each) == 1:
            postings[keys[key]] = each[0]
            continue
        postings[keys[key]] = form.MANY | len(lists)
        lists.extend([*each[:-1], each[-1] | form.LAST])
    return keys, _words(postings), lists


def _assemble(header: dict[str, Any], sections: dict[str, bytes]) -> bytes:
    sizes = {name: (0, len(section)) for name, section in sections.items()}
    length = len(json.dumps({**header, "sections": sizes})) + 16 * len(sections)
    at = -(-(form.PREFIX.size + length) // 8) * 8
    length = at - form.PREFIX.size
    body = bytearray()
    for name, section in sections.items():
        sizes[name] = (at + len(body), len(section))
        body += section + bytes(-len(section) % 8)
    text = json.dumps({**header, "sections": sizes}, sort_keys=True).encode().ljust(length)
    payload = text + bytes(body)
    return form.PREFIX.pack(form.MAGIC, form.VERSION, hashlib.sha256(payload).digest(), length) + payload


def _words(numbers: list[int]) -> bytes:
    words = array("I", numbers)
    if sys.byteorder == "big":
        words.byteswap()
    return words.tobytes()


def number_of(place: Place) -> int:
    """The GeoNames number of a place that has one."""
    return int(place.id.removeprefix("geonames:"))
