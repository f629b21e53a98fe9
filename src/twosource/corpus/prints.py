"""Fingerprints: a number for every few words in a row, the same on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

__all__ = ["GRAM", "fingerprints", "sampled"]

GRAM = 5
"""How many words make a fingerprint of the index. Five in a row seldom come together twice by chance."""

_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no word is lost to the wrapping; 2**64 over the golden ratio
_LEFT_OUT = np.uint64(17)  # bits: 48 are six bytes in a project, and a chance clash is rare among a million reports
_BIT = np.uint64(1)  # the last one is by which every other print is kept; the weights were fitted on that half
_ONE_IN = 2  # of the fingerprints go into the index: with one in four a rewording with a few runs in common is missed


def fingerprints(keys: Sequence[str], gram: int = GRAM) -> list[int]:
    """One number from 0 to 2**48 - 1 for each run of ``gram`` words, in order; none where there are fewer words."""
    if len(keys) < gram:
        return []
    numbers = np.fromiter(map(_number, keys), dtype=np.uint64, count=len(keys))
    last = len(keys) - gram + 1
    total = np.zeros(last, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for at in range(gram):
            total = total * _BASE + numbers[at : at + last]
            total ^= total >> np.uint64(29)
    found: list[int] = ((total >> _LEFT_OUT << _BIT) | (total >> _BIT & _BIT)).tolist()
    return found


def sampled(prints: Iterable[int]) -> frozenset[int]:
    """Those fingerprints that the index keeps: every other one, by its own value, so that equal texts keep the same."""
    return frozenset([one for one in prints if one % _ONE_IN == 0])


@lru_cache(65_536)
def _number(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest())
