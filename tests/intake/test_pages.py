from __future__ import annotations

import pytest

from asked import documents, told
from made_files import PARAGRAPHS, TITLE, page
from twosource.intake.encodings import Decoded
from twosource.intake.pages import decode_declared, plain_of_html


def test_a_page_gives_its_article_without_its_frame() -> None:
    (document,) = documents("html", page())
    assert document.text == "\n\n".join([TITLE, *PARAGRAPHS])
    assert (document.title, document.outlet, document.published) == (TITLE, "The River Post", "2019-06-05")
    assert (document.url, document.agency, document.encoding) == ("https://riverpost.example/ferry", None, "utf-8")


@pytest.mark.parametrize("author", ["Reuters", "Ilan Torve; Reuters"])
def test_an_author_that_is_an_agency_is_the_agency(author: str) -> None:
    assert documents("html", page(author=author))[0].agency == "Reuters"


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1"])
def test_the_declared_encoding_is_taken_where_the_bytes_prove_none(charset: str) -> None:
    (document,) = documents(
        "html", page(paragraphs=[*PARAGRAPHS[:2], "The café’s owner".replace("’", "'")], charset=charset)
    )
    assert "café" in document.text
    assert document.encoding == "cp1252"


def test_bytes_that_prove_utf8_beat_a_wrong_declaration() -> None:
    data = page(paragraphs=[*PARAGRAPHS, "Café."]).replace(b'charset="utf-8"', b'charset="windows-1252"')
    assert documents("html", data)[0].text.endswith("Café.")


def test_an_encoding_that_nobody_declares_is_a_guess_and_told() -> None:
    data = page(paragraphs=[*PARAGRAPHS, "The café’s owner."], charset="windows-1252")
    assert told("html", data.replace(b"charset", b"nothing")) == [("encoding-guessed", None)]


@pytest.mark.parametrize("charset", ["hex", "utf-7", "utf-16", "none", "\ud800", "zlib", ""])
def test_a_declared_encoding_that_makes_no_text_is_passed_over(charset: str) -> None:
    decoded = decode_declared(b"caf\xe9 and more", charset)
    assert isinstance(decoded, Decoded) and decoded.guessed


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"  ", "empty-file"),
        (b"<html><body></body></html>", "no-article"),
        (b"\x89PNG\r\n\x1a\n", "binary-file"),
    ],
)
def test_a_page_without_an_article_is_told(data: bytes, code: str) -> None:
    assert told("html", data) == [(code, None)]


def test_deep_nesting_and_entities_do_no_harm() -> None:
    assert told("html", b"<div>" * 20_000 + b"Ferry")
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)
    )
    assert told("html", bomb + b"]><html><body><p>&m;</p></body></html>")


def test_all_the_text_of_a_piece_of_html_is_kept_a_line_for_each_block() -> None:
    markup = "<style>p {}</style><p>One <b>two</b></p><div>Three<br>four</div><script>x()</script> &amp; five"
    assert plain_of_html(markup) == "One two\nThree\nfour\n& five"
    assert plain_of_html(" ") == plain_of_html("<!-- -->") == ""
