from __future__ import annotations

from pathlib import Path

import pytest

from asked import documents, pieces, told
from made_files import PARAGRAPHS, TITLE, mail, mailbox, page, word
from twosource.intake import mail as mail_module


def test_a_mail_is_a_report_with_its_subject_sender_and_day() -> None:
    (document,) = documents("mail", mail())
    assert document.text == "\n\n".join(PARAGRAPHS)
    assert (document.title, document.outlet, document.published) == (TITLE, "The River Post", "2019-06-05")


def test_a_mail_of_html_alone_is_read() -> None:
    data = b"From: x@riverpost.example\nContent-Type: text/html; charset=iso-8859-1\n\n<p>One.</p><p>Caf\xe9.</p>"
    (document,) = documents("mail", data)
    assert (document.text, document.outlet, document.encoding) == ("One.\nCafé.", "riverpost.example", "cp1252")


def test_plain_text_is_preferred_to_html() -> None:
    assert documents("mail", mail("Plain.", markup="<p>Marked.</p>"))[0].text == "Plain."


def test_attachments_are_pieces_and_those_that_are_not_read_are_named() -> None:
    data = mail(attached=[("a/annex.docx", b"x"), ("photo.png", b"x")], forwarded=mail(subject="Inner"))
    assert [(piece.kind, piece.name) for piece in pieces("mail", data)] == [("word", "annex.docx"), ("mail", "part-3")]
    assert told("mail", data) == [("attachment-left-out", None)]


def test_a_mail_with_attachments_alone_has_no_empty_report() -> None:
    data = mail(" ", attached=[("annex.docx", word())])
    assert (len(pieces("mail", data)), told("mail", data)) == (1, [])


def test_attachments_beyond_a_hundred_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_module, "_MOST_ATTACHED", 2)
    data = mail(attached=[(f"{number}.pdf", b"x") for number in range(4)])
    assert (len(pieces("mail", data)), told("mail", data)) == (2, [("attachment-left-out", None)])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"From: a@b.example\nContent-Type: multipart/encrypted; boundary=x\n\n--x--", "encrypted"),
        (b"From: a@b.example\nSubject: x\n\n", "empty-file"),
    ],
)
def test_a_mail_without_a_text_is_told(data: bytes, code: str) -> None:
    assert told("mail", data) == [(code, None)]


def test_multiparts_nested_beyond_measure_are_told() -> None:
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(600))
    assert told("mail", b"From: a@b.example\n" + parts + b"Content-Type: text/plain\n\nHello.")


def test_broken_headers_cost_themselves_alone() -> None:
    data = b"From: =?utf-8?b?///?= <\nDate: never\nSubject: =?x?q?=?=\n\nThe ferry sails."
    (document,) = documents("mail", data)
    assert (document.text, document.published) == ("The ferry sails.", "never")


def test_an_unknown_charset_is_guessed_and_told() -> None:
    data = b"Subject: x\nContent-Type: text/plain; charset=none-such\n\nThe caf\xe9 is open, the owner of it said."
    assert told("mail", data) == [("encoding-guessed", None)]


def test_each_message_of_a_mailbox_is_a_piece_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    path.write_bytes(mailbox([mail(), mail("From the quay.\n\nFrom here on."), mail(subject="Three")]))
    found = pieces("mbox", path=path)
    assert [(piece.kind, piece.number) for piece in found] == [("mail", 1), ("mail", 2), ("mail", 3)]
    assert documents("mail", found[1].data)[0].text.startswith("From the quay.")


def test_a_message_that_is_too_long_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_module, "LARGEST", 2000)
    path = tmp_path / "a.mbox"
    path.write_bytes(mailbox([mail(), mail("x" * 4000), mail()]))
    assert [piece.number for piece in pieces("mbox", path=path)] == [1, 3]
    assert told("mbox", path=path) == [("too-large", 2)]


def test_a_file_without_messages_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    path.write_bytes(b"The ferry sails.")
    assert told("mbox", path=path) == [("empty-file", None)]


def test_a_page_saved_as_one_file_is_a_piece_with_its_address() -> None:
    head = b"From: <Saved by a browser>\nSnapshot-Content-Location: https://riverpost.example/f\nMIME-Version: 1.0\n"
    related = b'Content-Type: multipart/related; type="text/html"; boundary=x\n\n--x\nContent-Type: text/html\n\n'
    (piece,) = pieces("mhtml", head + related + page() + b"\n--x--\n")
    assert (piece.kind, piece.url) == ("html", "https://riverpost.example/f")
    assert documents("html", piece.data)[0].title == TITLE
    assert told("mhtml", b"Subject: x\n\nnothing") == [("no-article", None)]
