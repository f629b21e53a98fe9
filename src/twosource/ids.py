"""Ids made from raw values alone, so that the same words give the same id on every machine and in every run."""

from __future__ import annotations

import hashlib

import msgspec

__all__ = ["digest_of", "make_id"]

_ID_LENGTH = 16  # 64 bits: among ten million claims a chance clash is rarer than one in 300,000


def digest_of(*values: object) -> str:
    """The SHA-256, in hex, of the values written as canonical JSON (any msgspec-encodable values, order kept)."""
    return hashlib.sha256(msgspec.json.encode(values, order="sorted")).hexdigest()


def make_id(prefix: str, *values: object) -> str:
    """A short id such as 'claim-3f2a...' that depends on the raw values and on nothing else."""
    return f"{prefix}-{digest_of(*values)[:_ID_LENGTH]}"
