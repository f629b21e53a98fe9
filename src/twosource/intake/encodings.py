"""Bytes to text: by byte order mark, by UTF-8's own proof, and by a guess that is told as one."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

import msgspec
from charset_normalizer import from_bytes

__all__ = ["Decoded", "NotText", "decode", "encoding_of", "sniff_binary"]

_MARKS = (  # UTF-32's mark begins with UTF-16's, so it is tried first
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"OggS\x00", "a sound recording"),
    (b"ID3\x03", "a sound recording"),
    (b"ID3\x04", "a sound recording"),
)
_NAMES = {"cp1252": "Windows-1252", "cp1256": "Windows-1256", "cp1251": "Windows-1251"}
_CONTROLS = bytes(c for c in range(32) if c not in b"\x00\t\n\x0b\x0c\r\x1b")
_HIGH = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 65_536
_SPARSE = 12  # French has a high byte in some 25, English with typographic marks in 100; Czech has one in 7
_WESTERN = frozenset("‘’“”‚„–—…•€£°«»§·\xa0®©™½¼àáâãäåæçèéêëíîïñóôõöøùúûüßœÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÙÚÛÜŒšžŠŽ")


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """A text and the encoding it was read by.

    ``guessed`` tells that the bytes did not prove the encoding; ``replaced`` counts the broken places that now hold
    U+FFFD. The byte order mark is no part of ``text``.
    """

    text: str
    encoding: str
    guessed: bool = False
    replaced: int = 0

    @property
    def called(self) -> str:
        """The encoding's name as people know it, such as 'Windows-1256'."""
        return _NAMES.get(self.encoding, self.encoding.upper())


class NotText(msgspec.Struct, frozen=True):
    """Bytes that are no text; ``seems`` says what they look like, as the end of 'this seems to be ...'."""

    seems: str


def sniff_binary(head: bytes) -> str | None:
    """What kind of non-text file begins with ``head``, or None where no known signature does."""
    for signature, seems in _SIGNATURES:
        if head.startswith(signature):
            return seems
    if head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"WEBP", b"AVI "):
        return "an image, sound or film"
    return "a film" if head[4:8] == b"ftyp" else None


def decode(data: bytes) -> Decoded | NotText:
    """The text of ``data``, or what it is instead. Never raises, whatever the bytes."""
    return _by_its_head(data) or _utf8(data) or _guess(data)


def encoding_of(stream: BinaryIO) -> Decoded | NotText:
    """As decode, for a file too long to hold; ``text`` may be a sample or empty.

    Reads on until bytes tell that it is not UTF-8.
    """
    chunk = stream.read(_SAMPLE)
    known = _by_its_head(chunk)
    if known is not None:
        return known
    decoder = codecs.getincrementaldecoder("utf-8")()
    while chunk:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            return _utf8(chunk) or _guess(chunk)
        chunk = stream.read(_SAMPLE)
    return Decoded(text="", encoding="utf-8")


def _by_its_head(data: bytes) -> Decoded | NotText | None:
    """What a byte order mark, a signature, NULs or control bytes tell; None where the bytes have none of them."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _forgiving(data[len(mark) :], encoding)
    seems = sniff_binary(data[:64])
    if seems is not None:
        return NotText(seems)
    if b"\x00" in data:
        return _with_nuls(data)
    return NotText("data with control bytes") if _controls_in(data) * 100 > len(data) else None


def _controls_in(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def _forgiving(data: bytes, encoding: str, *, guessed: bool = False) -> Decoded:
    """The text with U+FFFD where the bytes break the encoding, and the count of those that were not there before."""
    try:
        return Decoded(text=data.decode(encoding), encoding=encoding, guessed=guessed)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        return Decoded(text=text, encoding=encoding, guessed=guessed, replaced=text.count("\ufffd"))


def _utf8(data: bytes) -> Decoded | None:
    """The text where the bytes are UTF-8, or would be but for a few broken places among many sound ones."""
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError:
        read = _forgiving(data, "utf-8")
    sound = sum(1 for char in read.text if char > "\x7f") - read.replaced
    return read if sound >= 10 * read.replaced else None


def _with_nuls(data: bytes) -> Decoded | NotText:
    """UTF-32 or UTF-16 without a mark, or a text with a stray NUL or two; else not text."""
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        text = _strictly(data, encoding)
        if text is not None and _reads_as_text(text):
            return Decoded(text=text, encoding=encoding, guessed=True)
    if data.count(b"\x00") * 1000 <= len(data) + 1000:
        without = data.replace(b"\x00", b"")
        read = _utf8(without) if _controls_in(without) * 100 <= len(without) else None
        if read is not None and read.text.strip():
            return read
    return NotText("data with NUL bytes")


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _reads_as_text(text: str) -> bool:
    """Whether nearly all characters are letters, digits, marks or blanks, and some are blanks or ASCII letters.

    Two bytes of ASCII read as one character of UTF-16 give CJK ideographs without a blank; hence the second half.
    """
    sample = text[:4000]
    plain = sum(1 for char in sample if char.isprintable() or char in "\t\n\r")
    homely = sum(1 for char in sample if char in " \t\n\r" or (char.isascii() and char.isalpha()))
    return plain >= 0.98 * len(sample) and homely * 25 >= len(sample) and "\x00" not in sample


def _guess(data: bytes) -> Decoded | NotText:
    sample = _telling_sample(data)
    western = _strictly(sample, "cp1252")
    if western is not None and _is_western(western):
        return _forgiving(data, "cp1252", guessed=True)
    best = from_bytes(sample).best()
    if best is None:
        return NotText("text in an encoding that can't be told, or no text at all")
    return _forgiving(data, best.encoding, guessed=True)


def _telling_sample(data: bytes) -> bytes:
    """The first 64 KiB from the line with the first byte over 127 on, cut at a line end where there is one."""
    first = _HIGH.search(data)
    at = first.start() if first else 0
    start = max(data.rfind(b"\n", 0, at) + 1, at - _SAMPLE // 2)
    sample = data[start : start + _SAMPLE]
    end = sample.rfind(b"\n") + 1 if len(sample) == _SAMPLE else len(sample)
    return sample[:end] if end > at - start else sample


def _is_western(text: str) -> bool:
    """Whether the characters beyond ASCII are a few Western letters and typographic marks.

    Statistics can't tell Windows-1252 from its neighbours by a handful of quotation marks; English news is the
    likeliest reading of them.
    """
    beyond = [char for char in text if char > "\x7f"]
    letters = sum(1 for char in beyond if char.isalpha())
    return letters * _SPARSE <= len(text) and all(char in _WESTERN for char in beyond)
