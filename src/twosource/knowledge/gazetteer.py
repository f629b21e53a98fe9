"""Place names and where they are: a read-only view of the compiled gazetteer, `data/places.bin`.

The file is memory-mapped, so that processes share it and opening it costs a few milliseconds. It holds:

- `names`: a trie of display names and of the ids of hand-written rows; rows name them by key number;
- `keys`, `postings`: a trie of folded names, and for each key number the rows that bear it;
- `loose_keys`, `loose_postings`: the same for the looser fold;
- `rows`: one fixed-length record a place, in blocks (countries, admin1, admin2, hand-written, cities), ordered by id.

A posting is 32 bits, little-endian: row number (20 bits) and flags. A key of one row holds it in place; a key of
several holds MANY and an offset into `lists`, where the last posting of the key carries LAST.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

import marisa_trie
import msgspec

from twosource.errors import InputError, KnowledgeError, UsageError
from twosource.knowledge.place_names import (
    DIVISIONS,
    LONGEST_NAME,
    Folded,
    bare_division,
    fold,
    fold_loose,
    fold_name,
    fold_run,
)

__all__ = ["Gazetteer", "GazetteerPlace", "fold", "fold_loose"]

MAGIC: Final = b"2SPLACES"
VERSION: Final = 1
PREFIX: Final = struct.Struct("<8sI32sI")  # magic, version, SHA-256 of all that follows this prefix, header length
ROW_BYTES: Final = 20  # ident, name, parent, lat, lon: 3 bytes each; population 4; kind 1
NO_PARENT: Final = 0xFFFFFF

ROW_MASK: Final = 0xFFFFF
ALTERNATE_ONLY: Final = 1 << 20  # the key is not the place's main name
WITH_ARTICLE: Final = 1 << 21  # the article is a fixed part of the name: 'El Salvador' is not 'Salvador',
SPELT_SINGLE: Final = 1 << 22  # the name is spelt without a doubled consonant,
SPELT_DOUBLE: Final = 1 << 23  # or with one; both may hold
AMBIGUOUS: Final = 1 << 24  # the key is also an ordinary word or a person's name
WITHOUT_ARTICLE: Final = 1 << 25  # or no part of it: 'Salvador' is not 'El Salvador'
SHORT_FORM: Final = 1 << 26  # the name of a division without its 'Province' or the like
LAST: Final = 1 << 30
MANY: Final = 1 << 31

ALTERNATE_WEIGHT: Final = 100  # a place counts a hundredth of its people under a name that is not its main name
CHIEF_TOWN: Final = 0.05  # a namesake town with this share of a division's people is better known than the division
SUGGESTIONS: Final = 25
SHORTEST_BEGINNING: Final = 2  # letters by which a search can begin
MOST_BEGUN: Final = 1000  # names that begin so and are looked at
ABBREVIATION: Final = 4  # letters at most


class GazetteerPlace(msgspec.Struct, frozen=True, kw_only=True):
    """One place that the gazetteer knows.

    `precision` says what the coordinates (degrees, WGS 84) can mean: 'exact', 'town', 'district', 'province', 'country'
    or 'region'. `basis` says where they come from: 'source'; 'members', the mean of a division's places weighted by
    their people; 'shape', the middle of a country's largest piece of land; 'capital'; 'hand'. The population of a
    division is the sum of its listed places; 0 means unknown. A place that lies in several countries has no country.
    """

    id: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    admin2: str | None
    lat: float
    lon: float
    population: int
    precision: str
    basis: str


class Gazetteer:
    """All namesakes of a name, and every place by its id."""

    def __init__(self, data: mmap.mmap | bytes) -> None:
        """Reads the sections of a compiled file from `data`, which must live as long as this object."""
        magic, version, digest, length = PREFIX.unpack(data[: PREFIX.size].ljust(PREFIX.size, b"\0"))
        if magic != MAGIC or version != VERSION:
            raise KnowledgeError("the gazetteer has another format: build it again with tools/build_places.py")
        header = msgspec.json.decode(data[PREFIX.size : PREFIX.size + length])
        view = memoryview(data)
        sections = {name: view[at : at + size] for name, (at, size) in header["sections"].items()}
        self._data = data
        self._path: Path | None = None
        self.digest: str = digest.hex()
        self.sources: list[dict[str, str]] = header["sources"]
        self.countries: tuple[str, ...] = tuple(header["countries"])
        self._kinds: list[list[str]] = header["kinds"]
        self._blocks: dict[str, list[int]] = header["blocks"]
        self._rows = sections["rows"]
        self._lists = sections["lists"].cast("I")
        self._names = _trie(sections["names"])
        self._keys, self._postings = _trie(sections["keys"]), sections["postings"].cast("I")
        self._loose_keys, self._loose_postings = _trie(sections["loose_keys"]), sections["loose_postings"].cast("I")
        self._place_at: Callable[[int], GazetteerPlace] = lru_cache(8192)(self._read_place)
        self._found: Callable[[str], tuple[GazetteerPlace, ...]] = lru_cache(8192)(self._find)
        self._doubtful: Callable[[str], bool] = lru_cache(8192)(self._is_ambiguous)
        self._run: Callable[[tuple[str, ...]], int] = lru_cache(8192)(self._longest)

    @classmethod
    def open(cls, path: Path | str) -> Gazetteer:
        """The gazetteer in the file at `path`, memory-mapped. Raises InputError if there is no such file.

        Raises KnowledgeError for a file that is no gazetteer of this version.
        """
        gazetteer = cls(cls.mapped(path))
        gazetteer._path = Path(path)
        return gazetteer

    @staticmethod
    def mapped(path: Path | str) -> mmap.mmap:
        """The file's bytes, memory-mapped. Raises InputError if there is no file, KnowledgeError if it is empty."""
        try:
            with Path(path).open("rb") as file:
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError as error:
            raise InputError(f"no gazetteer at {path}: build it with tools/build_places.py") from error
        except ValueError as error:
            raise KnowledgeError(f"{path} is empty: build the gazetteer again with tools/build_places.py") from error

    def __reduce__(self) -> tuple[Callable[[Any], Gazetteer], tuple[Any]]:
        """Another process opens the same file, or is given the bytes if there is none."""
        return (Gazetteer.open, (self._path,)) if self._path else (Gazetteer, (bytes(self._data),))

    def __len__(self) -> int:
        return len(self._rows) // ROW_BYTES

    def find(self, name: str) -> tuple[GazetteerPlace, ...]:
        """All places that bear this name, best known first; empty when there is none.

        Countries come first, then first-level divisions by their full names and hand-written regions and sites, then
        others by population, which counts a hundredth under a name that is not the main one. A division stands right
        behind a town in it that shares its name: a second-level one always, a first-level one if the town has a
        twentieth of its people. A name with a word such as 'province' also finds the divisions of the bare name. A
        possessive 's is the caller's to take off.
        """
        return self._found(name)

    def suggest(self, name: str) -> tuple[GazetteerPlace, ...]:
        """Up to 25 places whose names sound somewhat like this one, best known first. Never good enough to code by."""
        rows = {row: ALTERNATE_ONLY for row, _ in self._read(self._loose_keys, self._loose_postings, fold_loose(name))}
        return tuple(self._place_at(row) for row in self._ordered(rows, doubled=False)[:SUGGESTIONS])

    def begins(self, name: str) -> tuple[GazetteerPlace, ...]:
        """Up to 25 places with a name that begins so, best known first; none for a beginning of one letter."""
        key = fold(name)
        if len(key) < SHORTEST_BEGINNING:
            return ()
        rows: dict[int, int] = {}
        for longer in islice(self._keys.iterkeys(key), MOST_BEGUN):
            for row, flags in self._read(self._keys, self._postings, longer):
                rows[row] = flags & rows.get(row, flags)  # once by its main name is enough
        return tuple(self._place_at(row) for row in self._ordered(rows, doubled=False)[:SUGGESTIONS])

    def longest(self, words: Sequence[str], start: int) -> int:
        """How many words from `start` make the longest known name, at most six; 0 if none begins there.

        Words are tokens: punctuation other than hyphens, apostrophes and full stops ends a name. A name has a capital
        letter, and never begins at a free-standing 'the', 'as', 'at' or 'an'. A word such as 'province' that follows
        the name of a division belongs to it.
        """
        return self._run(tuple(words[start : start + LONGEST_NAME + 1]))

    def _longest(self, words: tuple[str, ...]) -> int:
        tokens, ends = fold_run(words, 0)
        if not tokens:
            return 0
        for key in reversed(self._keys.prefixes(" ".join(tokens))):
            count = ends.get(len(key), 0)
            name = " ".join(words[:count])
            if count and name != name.lower() and self._accepted(fold_name(name)):
                return count + self._division_follows(name, words[count : count + 1])
        return 0

    def ambiguous(self, name: str) -> bool:
        """Whether the name is also an ordinary word, a person's or an organisation's: it needs stronger context.

        An abbreviation in capitals is no ordinary word: 'US' and 'CAR' are not ambiguous, 'Us' and 'Car' are.
        """
        letters = name.replace(".", "")
        if letters.isupper() and len(letters) <= ABBREVIATION:
            return False
        return self._doubtful(name)

    def _is_ambiguous(self, name: str) -> bool:
        return any(flags & AMBIGUOUS for _, flags in self._read(self._keys, self._postings, fold(name)))

    def place(self, place_id: str) -> GazetteerPlace:
        """The place with this id. Raises UsageError if there is none."""
        row = self._row_of(place_id)
        if row is None:
            raise UsageError(f"no place has the id {place_id!r} in this gazetteer")
        return self._place_at(row)

    def known(self, place_id: str) -> GazetteerPlace | None:
        """The place with this id, or None."""
        row = self._row_of(place_id)
        return None if row is None else self._place_at(row)

    def country(self, code: str) -> GazetteerPlace:
        """The country with this ISO 3166 code (XK is Kosovo). Raises UsageError if there is none."""
        if code not in self.countries:
            raise UsageError(f"no country has the code {code!r}: give two capital letters of ISO 3166")
        return self._place_at(self.countries.index(code))

    def _find(self, name: str) -> tuple[GazetteerPlace, ...]:
        folded = fold_name(name)
        rows = self._accepted(folded)
        bare = bare_division(folded.key)
        if bare:
            rows |= {
                row: flags
                for row, flags in self._accepted(Folded(bare, folded.article, folded.doubled)).items()
                if self._kind(row)[0].startswith("admin")
            }
        return tuple(self._place_at(row) for row in self._ordered(rows, doubled=folded.doubled))

    def _accepted(self, folded: Folded) -> dict[int, int]:
        refused = WITHOUT_ARTICLE if folded.article else WITH_ARTICLE
        read = self._read(self._keys, self._postings, folded.key)
        return {row: flags for row, flags in read if not flags & refused}

    def _read(self, keys: Any, postings: memoryview, key: str) -> Iterator[tuple[int, int]]:
        number = keys.get(key)
        if number is None:
            return
        posting = postings[number]
        if not posting & MANY:
            yield posting & ROW_MASK, posting & ~ROW_MASK
            return
        at = posting & ~MANY
        while True:
            posting = self._lists[at]
            yield posting & ROW_MASK, posting & ~ROW_MASK
            if posting & LAST:
                return
            at += 1

    def _ordered(self, rows: dict[int, int], *, doubled: bool) -> list[int]:
        """The rows, best known first; within a class, another spelling of doubled consonants comes later."""
        if len(rows) < 2:
            return list(rows)
        wanted = SPELT_DOUBLE if doubled else SPELT_SINGLE
        ranks = {
            row: (
                self._class(row, flags),
                not flags & wanted,
                -self._population(row) / (ALTERNATE_WEIGHT if flags & ALTERNATE_ONLY else 1),
                0,
            )
            for row, flags in rows.items()
        }
        towns = [row for row in rows if row >= self._blocks["city"][0]]
        for town in sorted(towns, key=lambda row: ranks[row], reverse=True):
            for level, above in enumerate(reversed([*self._above(town)])):
                share = CHIEF_TOWN if level == 1 else 0
                if level and above in ranks and self._population(town) >= share * self._population(above):
                    ranks[above] = (*ranks[town][:3], level)
        return sorted(rows, key=lambda row: (*ranks[row], row))

    def _class(self, row: int, flags: int) -> int:
        if row < self._blocks["admin1"][0]:
            return 0
        if row < self._blocks["admin1"][1]:
            return 2 if flags & SHORT_FORM else 1
        start, end = self._blocks["extra"]
        return 1 if start <= row < end and self._kind(row)[0] != "city" else 2

    def _division_follows(self, name: str, following: Sequence[str]) -> int:
        if not following or fold(following[0]) not in DIVISIONS:
            return 0
        return int(any(self._kind(row)[0].startswith("admin") for row in self._accepted(fold_name(name))))

    def _field(self, row: int, at: int) -> int:
        start = row * ROW_BYTES + at
        return int.from_bytes(self._rows[start : start + 3], "little")

    def _kind(self, row: int) -> list[str]:
        return self._kinds[self._rows[row * ROW_BYTES + 19]]

    def _population(self, row: int) -> int:
        start = row * ROW_BYTES + 15
        return int.from_bytes(self._rows[start : start + 4], "little")

    def _above(self, row: int) -> Iterator[int]:
        """The rows of the divisions and the country that hold this row, the smallest first."""
        parent = self._field(row, 6)
        while parent != NO_PARENT:
            yield parent
            parent = self._field(parent, 6)

    def _read_place(self, row: int) -> GazetteerPlace:
        kind, precision, basis = self._kind(row)
        above: dict[str, int] = {self._kind(each)[0]: each for each in (row, *self._above(row))}
        country = above.get("country")
        return GazetteerPlace(
            id=self._id(row),
            name=self._name(row),
            kind=kind,
            country=None if country is None else self.countries[country],
            admin1=self._name(above["admin1"]) if "admin1" in above else None,
            admin2=self._name(above["admin2"]) if "admin2" in above else None,
            lat=round(self._field(row, 9) * 180 / 0xFFFFFF - 90, 5),
            lon=round(self._field(row, 12) * 360 / 0xFFFFFF - 180, 5),
            population=self._population(row),
            precision=precision,
            basis=basis,
        )

    def _name(self, row: int) -> str:
        name: str = self._names.restore_key(self._field(row, 3))
        return name

    def _id(self, row: int) -> str:
        start, end = self._blocks["extra"]
        ident = self._field(row, 0)
        return str(self._names.restore_key(ident)) if start <= row < end else f"geonames:{ident}"

    def _row_of(self, place_id: str) -> int | None:
        scheme, _, number = place_id.partition(":")
        if scheme != "geonames":
            start, end = self._blocks["extra"]
            return next((row for row in range(start, end) if self._id(row) == place_id), None)
        if not number.isdecimal():
            return None
        found = (self._bisect(int(number), *block) for name, block in self._blocks.items() if name != "extra")
        return next((row for row in found if row is not None), None)

    def _bisect(self, ident: int, start: int, end: int) -> int | None:
        rows, low, high = self._rows, start, end
        while low < high:
            middle = (low + high) // 2
            at = middle * ROW_BYTES  # as _field, without a call: a map looks hundreds of places up
            if int.from_bytes(rows[at : at + 3], "little") < ident:
                low = middle + 1
            else:
                high = middle
        return low if low < end and self._field(low, 0) == ident else None


def _trie(section: memoryview) -> Any:
    return marisa_trie.Trie().map(section)
