"""How a reading's layers lie in the store: JSON packed by zlib, without what the store keeps elsewhere."""

from __future__ import annotations

import zlib

import msgspec

from twosource.records import Claim, Issue, Place, Reading, Report, Sentence

__all__ = ["pack_layers", "unpack_layers", "unpack_places"]

_LEVEL = 3
_NO_REPORT = Report(id="", text="")
_decoder = msgspec.json.Decoder(Reading)


class _Places(msgspec.Struct):
    """The layers that places need; the others are passed over."""

    sentences: tuple[Sentence, ...] = ()
    places: tuple[Place, ...] = ()


_places_decoder = msgspec.json.Decoder(_Places)


def pack_layers(reading: Reading) -> bytes:
    """The reading's layers without its report, claims and issues, which have tables, and without tokens."""
    bare = msgspec.structs.replace(reading, report=_NO_REPORT, tokens=(), claims=(), issues=())
    return zlib.compress(msgspec.json.encode(bare), _LEVEL)


def unpack_layers(packed: bytes, report: Report, claims: tuple[Claim, ...], issues: tuple[Issue, ...]) -> Reading:
    """The reading as it was packed, with its report, claims and issues, and no tokens."""
    bare = _decoder.decode(zlib.decompress(packed))
    return msgspec.structs.replace(bare, report=report, claims=claims, issues=issues)


def unpack_places(packed: bytes) -> tuple[tuple[Sentence, ...], tuple[Place, ...]]:
    """The sentences and the places of the reading that was packed."""
    found = _places_decoder.decode(zlib.decompress(packed))
    return found.sentences, found.places
