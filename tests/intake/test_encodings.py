from __future__ import annotations

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from twosource.intake.encodings import Decoded, NotText, decode, encoding_of

ARABIC = (
    "قال شهود إن العبارة عادت إلى العمل صباح الأربعاء بعد توقف دام أسبوعين بسبب الفيضان.\n"
    "وأضاف مدير الميناء أن ثلاثة قوارب أخرى ستعود إلى الخدمة قريبا."
)
RUSSIAN = "Паром снова ходит через реку, сообщил начальник порта в среду утром после двух недель простоя."
texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1)


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b"\xff\xfe\x00\x00\x01")
@example(b"\x00" * 8)
@example(b"\xef\xbb\xbf\xff")
def test_any_bytes_are_a_text_or_said_to_be_none(data: bytes) -> None:
    read = decode(data)
    assert isinstance(read, NotText) or "\udc80" not in read.text
    assert isinstance(read, (Decoded, NotText))
    assert isinstance(encoding_of(io.BytesIO(data)), (Decoded, NotText))


@given(texts, st.sampled_from(["utf-16", "utf-32", "utf-8-sig"]))
def test_a_byte_order_mark_brings_every_text_back(text: str, encoding: str) -> None:
    read = decode(text.encode(encoding))
    assert isinstance(read, Decoded)
    assert (read.text, read.guessed, read.replaced) == (text, False, 0)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [ARABIC, RUSSIAN, "The ferry sails again."])
def test_wide_encodings_without_a_mark_are_found_and_told_as_a_guess(text: str, encoding: str) -> None:
    read = decode(text.encode(encoding))
    assert isinstance(read, Decoded)
    assert (read.text, read.encoding, read.guessed) == (text, encoding, True)


@pytest.mark.parametrize(
    ("text", "encoding", "called"),
    [
        (ARABIC, "cp1256", "Windows-1256"),
        (ARABIC[:40], "cp1256", "Windows-1256"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        ("The owner said “no” – and sailed.", "cp1252", "Windows-1252"),
        ("Le directeur a déclaré que le bac reprend à l’aube, après deux semaines.", "cp1252", "Windows-1252"),
    ],
)
def test_older_encodings_are_guessed_and_named(text: str, encoding: str, called: str) -> None:
    read = decode(text.encode(encoding))
    assert isinstance(read, Decoded)
    assert (read.text, read.called, read.guessed) == (text, called, True)


def test_a_few_broken_bytes_in_utf8_are_replaced_and_counted() -> None:
    read = decode(ARABIC.encode() + b"\xff" + " فقط.".encode())
    assert isinstance(read, Decoded)
    assert (read.encoding, read.replaced, read.guessed) == ("utf-8", 1, False)
    assert read.text.startswith(ARABIC)


def test_a_stray_nul_does_not_make_a_text_binary() -> None:
    read = decode(b"The ferry\x00 sails again. " * 2 + b"It sails on. " * 200)
    assert isinstance(read, Decoded)
    assert "\x00" not in read.text


@pytest.mark.parametrize(
    ("data", "seems"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"\x00\x01\x02\x03" * 50, "NUL"),
        (bytes(range(1, 9)) * 30, "control"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
        (b"RIFF\x24\x08\x00\x00WAVEfmt ", "sound"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, seems: str) -> None:
    read = decode(data)
    assert isinstance(read, NotText)
    assert seems in read.seems


def test_a_long_file_is_told_by_the_part_that_is_not_ascii() -> None:
    plain = b"The ferry sails again.\n" * 9000
    read = encoding_of(io.BytesIO(plain + ARABIC.encode("cp1256")))
    assert isinstance(read, Decoded)
    assert (read.encoding, read.guessed) == ("cp1256", True)
    same = encoding_of(io.BytesIO(plain + ARABIC.encode()))
    assert isinstance(same, Decoded)
    assert (same.encoding, same.guessed) == ("utf-8", False)


def test_a_letter_cut_by_the_end_of_a_chunk_breaks_nothing() -> None:
    read = encoding_of(io.BytesIO(b"a" * 65535 + "é".encode() + b"b" * 70000))
    assert isinstance(read, Decoded)
    assert (read.encoding, read.guessed) == ("utf-8", False)
