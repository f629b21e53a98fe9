"""The scan's weights on the disk: one byte a weight, behind four numbers: the scale and the Scan's own."""

from __future__ import annotations

import hashlib
import struct
from array import array
from collections.abc import Sequence
from pathlib import Path

from twosource.errors import KnowledgeError
from twosource.reading.scan import Scan

__all__ = ["BUCKETS", "SCAN_FILE", "load_scan", "write_scan"]

BUCKETS = 1 << 16
SCAN_FILE = "scan.bin"
_HEAD = struct.Struct("<4d")
_STEPS = 127


def load_scan(folder: Path) -> Scan:
    """The scan of a folder of weights. Raises KnowledgeError where it is missing or cut off."""
    path = folder / SCAN_FILE
    if not path.is_file() or path.stat().st_size != _HEAD.size + BUCKETS:
        raise KnowledgeError(f"{path} is missing from the package or damaged: install twosource again")
    content = path.read_bytes()
    scale, bias, of_report, least = _HEAD.unpack_from(content)
    weights = array("f", (step * scale for step in array("b", content[_HEAD.size :])))
    digest = hashlib.sha256(content).hexdigest()
    return Scan(weights=weights, bias=bias, of_report=of_report, least=least, digest=digest)


def write_scan(path: Path, weights: Sequence[float], bias: float, of_report: float, least: float) -> None:
    """Writes a scan of BUCKETS weights, each rounded to one of 255 steps."""
    scale = max(abs(float(weight)) for weight in weights) / _STEPS or 1.0
    steps = array("b", (round(float(weight) / scale) for weight in weights))
    path.write_bytes(_HEAD.pack(scale, bias, of_report, least) + steps.tobytes())
