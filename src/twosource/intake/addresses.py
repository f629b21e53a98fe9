"""The addresses that a person wants read: a feed or page, a list with one in each line, or an OPML file of feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from twosource.errors import InputError, UsageError
from twosource.intake.text import read_bytes
from twosource.records import Issue

__all__ = ["addresses_of"]

_SCHEMES = ("http://", "https://")


def addresses_of(targets: Sequence[str]) -> list[str]:
    """The addresses that the targets are or list, each once, in their order.

    In a list, empty lines and lines that begin with '#' are passed over. Raises UsageError for a target that is
    neither an address nor a file, for a line that is no address, and for a list without any; InputError for a file
    that can't be read.
    """
    found = dict.fromkeys(address for target in targets for address in _of_target(target))
    if not found:
        raise UsageError("no address was given: name a feed, a page, or a file that lists them")
    return list(found)


def _of_target(target: str) -> Iterator[str]:
    if target.lower().startswith(_SCHEMES):
        yield target
        return
    path = Path(target)
    if not path.is_file():
        raise UsageError(f"{target} is neither an address (https://...) nor a file that lists addresses")
    data = read_bytes(path)
    if isinstance(data, Issue):
        raise InputError(f"{target} can't be read: {data.reason}")
    if b"<opml" in data[:8192].lower():
        yield from _of_opml(target, data)
    else:
        yield from _of_lines(target, data)


def _of_opml(target: str, data: bytes) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise InputError(f"{target} is broken OPML: {fault.msg}") from None
    for outline in root.iter("outline"):
        address = next((value for name, value in outline.items() if name.lower() == "xmlurl"), "").strip()
        if address:
            yield address


def _of_lines(target: str, data: bytes) -> Iterator[str]:
    for number, line in enumerate(data.decode("utf-8-sig", errors="replace").splitlines(), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        if not words.lower().startswith(_SCHEMES):
            raise UsageError(f"line {number} of {target} is no address: {words[:80]!r} (https://... is asked)")
        yield words
