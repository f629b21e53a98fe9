"""Places that users add to the gazetteer: kept as JSON lines in a folder, and found beside the packaged ones.

The folder is `TWOSOURCE_DATA` if that is set, else `twosource` in the user's data folder. One file is kept for each
file that was added, under its name; its digest goes into the fingerprint of what is read with it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from twosource.errors import InputError
from twosource.knowledge.gazetteer import SHORTEST_BEGINNING, SUGGESTIONS, Gazetteer, GazetteerPlace, fold
from twosource.knowledge.place_names import fold_run

__all__ = [
    "AddedPlace",
    "ExtendedGazetteer",
    "added_files",
    "data_folder",
    "open_gazetteer",
    "read_added",
    "write_added",
]

FOLDER: Final = "places"


class AddedPlace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One added place: as the gazetteer has it, with its other names."""

    place: GazetteerPlace
    names: tuple[str, ...] = ()


def data_folder() -> Path:
    """The folder for what users add, which need not exist: `TWOSOURCE_DATA`, else one in the user's data folder."""
    if given := os.environ.get("TWOSOURCE_DATA"):
        return Path(given)
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "twosource"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "twosource"


def added_files(folder: Path) -> tuple[Path, ...]:
    """The files of added places in the data folder, by name."""
    return tuple(sorted((folder / FOLDER).glob("*.jsonl")))


def write_added(places: Iterable[AddedPlace], folder: Path, name: str) -> Path:
    """The file that now holds the places. One that was added under the same name before is replaced, all at once."""
    target = folder / FOLDER / f"{name}.jsonl"
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = b"".join(msgspec.json.encode(place) + b"\n" for place in places)
    passing = target.with_suffix(".passing")
    passing.write_bytes(lines)
    passing.replace(target)
    return target


def read_added(paths: Iterable[Path]) -> tuple[tuple[AddedPlace, ...], str]:
    """The places in the files, and one hex SHA-256 over them. Raises InputError, with the line, for a bad row."""
    digest = hashlib.sha256()
    decoder = msgspec.json.Decoder(AddedPlace)
    places: list[AddedPlace] = []
    for path in paths:
        content = path.read_bytes()
        digest.update(content)
        for number, line in enumerate(content.splitlines(), 1):
            try:
                places.append(decoder.decode(line))
            except msgspec.DecodeError as fault:
                raise InputError(f"{path}, line {number}: {fault}; add the places again") from None
    return tuple(places), digest.hexdigest()


class ExtendedGazetteer(Gazetteer):
    """The packaged places and the added ones, which come behind their packaged namesakes."""

    def __init__(self, data: Any, added: Sequence[AddedPlace], digest: str) -> None:
        """Reads the compiled file's bytes as `Gazetteer` does; `digest` is that of the added places."""
        super().__init__(data)
        self._added = tuple(added)
        self._added_digest = digest
        self.digest = hashlib.sha256(f"{self.digest} {digest}".encode()).hexdigest()
        self._by_id = {one.place.id: one.place for one in self._added}
        self._by_key: dict[str, tuple[GazetteerPlace, ...]] = {}
        for one in self._added:
            for key in {fold(name) for name in (one.place.name, *one.names)} - {""}:
                self._by_key[key] = (*self._by_key.get(key, ()), one.place)
        self._longest_key = max((key.count(" ") + 1 for key in self._by_key), default=0)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Another process reads the same file and is given the added places."""
        return (_extended, (self._path, bytes(self._data) if not self._path else b"", self._added, self._added_digest))

    def find(self, name: str) -> tuple[GazetteerPlace, ...]:
        """All places that bear this name: the packaged ones as `Gazetteer.find` orders them, then the added ones."""
        return (*super().find(name), *self._by_key.get(fold(name), ()))

    def begins(self, name: str) -> tuple[GazetteerPlace, ...]:
        """As `Gazetteer.begins`, with the added places behind the packaged ones."""
        key = fold(name)
        keys = [one for one in self._by_key if one.startswith(key)] if len(key) >= SHORTEST_BEGINNING else []
        added = {place.id: place for one in keys for place in self._by_key[one]}
        return (*super().begins(name), *[*added.values()][:SUGGESTIONS])

    def longest(self, words: Sequence[str], start: int) -> int:
        """How many words from `start` make the longest known name, packaged or added; 0 if none begins there."""
        packaged = super().longest(words, start)
        tokens, ends = fold_run(words, start)
        for length in range(min(len(tokens), self._longest_key), 0, -1):
            key = " ".join(tokens[:length])
            count = ends.get(len(key), 0)
            name = " ".join(words[start : start + count])
            if count > packaged and key in self._by_key and name != name.lower():
                return count
        return packaged

    def place(self, place_id: str) -> GazetteerPlace:
        """The place with this id. Raises UsageError if there is none."""
        return self._by_id[place_id] if place_id in self._by_id else super().place(place_id)

    def known(self, place_id: str) -> GazetteerPlace | None:
        """The place with this id, or None."""
        return self._by_id.get(place_id) or super().known(place_id)


def _extended(path: Path | None, data: bytes, added: Sequence[AddedPlace], digest: str) -> ExtendedGazetteer:
    return ExtendedGazetteer(Gazetteer.mapped(path) if path else data, added, digest)


def open_gazetteer(path: Path | str, folder: Path) -> Gazetteer:
    """The packaged gazetteer at `path`, with the places added in the data folder, if there are any."""
    files = added_files(folder)
    if not files:
        return Gazetteer.open(path)
    added, digest = read_added(files)
    gazetteer = ExtendedGazetteer(Gazetteer.mapped(path), added, digest)
    gazetteer._path = Path(path)
    return gazetteer
