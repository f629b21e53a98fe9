from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from asked import pieces, told
from made_files import PARAGRAPHS, archive, page, warc
from twosource.intake import web_archives

FIRST = ("https://riverpost.example/1", "text/html; charset=windows-1252", page())
SECOND = ("https://riverpost.example/2", "text/html", page(title="Two"))
PICTURE = ("https://riverpost.example/crane.png", "image/png", b"\x89PNG")


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("packed", [True, False])
def test_each_page_is_a_piece_with_its_address_and_number(tmp_path: Path, packed: bool) -> None:
    data = warc(
        [FIRST, PICTURE, SECOND, ("https://riverpost.example/n", "text/plain", PARAGRAPHS[0].encode())], packed=packed
    )
    path = put(tmp_path / "a.warc", data)
    found = pieces("warc", path=path)
    assert [(piece.kind, piece.number, piece.url) for piece in found] == [
        ("html", 1, FIRST[0]),
        ("html", 3, SECOND[0]),
        ("text", 4, "https://riverpost.example/n"),
    ]
    assert (found[0].data, found[0].charset) == (FIRST[2], "windows-1252")
    assert told("warc", path=path) == [("records-left-out", None)]


def test_a_page_that_was_kept_twice_is_read_once(tmp_path: Path) -> None:
    path = put(tmp_path / "a.warc", warc([FIRST, FIRST]))
    assert len(pieces("warc", path=path)) == 1


def test_pages_that_were_not_found_are_left_out(tmp_path: Path) -> None:
    path = put(tmp_path / "a.warc", warc([FIRST], status="404 Not Found"))
    assert (pieces("warc", path=path), told("warc", path=path)) == ([], [("empty-file", None)])


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_cut_in_the_middle_gives_what_came_before(tmp_path: Path, packed: bool) -> None:
    path = put(tmp_path / "a.warc", warc([FIRST, SECOND], packed=packed)[:-200])
    assert pieces("warc", path=path)[0].data == FIRST[2]
    assert told("warc", path=path) == [("cut-short", 2)]


def test_a_record_that_is_too_long_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_archives, "LARGEST", 5000)
    long = ("https://riverpost.example/3", "text/html", b"x" * 3_000_000)
    path = put(tmp_path / "a.warc.gz", warc([long, SECOND]))
    assert [piece.number for piece in pieces("warc", path=path)] == [2]
    assert told("warc", path=path) == [("too-large", 1)]


def test_every_warc_of_a_wacz_is_read_under_its_name(tmp_path: Path) -> None:
    members = [
        ("datapackage.json", b"{}"),
        ("archive/a.warc.gz", warc([FIRST])),
        ("archive/b.warc", warc([SECOND], packed=False)),
    ]
    found = pieces("wacz", path=put(tmp_path / "a.wacz", archive(members)))
    assert [(piece.name, piece.number) for piece in found] == [("archive/a.warc.gz", 1), ("archive/b.warc", 1)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (archive([("datapackage.json", b"{}")]), "empty-file"),
        (archive([("archive/a.warc", b"\x00" * 5_000_000)], method=zipfile.ZIP_DEFLATED), "unpacks-too-large"),
        (archive([("archive/a.warc", warc([FIRST]))])[:-30], "broken-document"),
        (archive([("archive/a.warc", b"nothing of the kind")]), "broken-document"),
        (b"nothing of the kind", "broken-document"),
    ],
)
def test_an_archive_that_can_not_be_read_is_told(tmp_path: Path, data: bytes, code: str) -> None:
    assert told("wacz", path=put(tmp_path / "a.wacz", data)) == [(code, None)]


def test_an_archive_without_records_is_told(tmp_path: Path) -> None:
    for data in (b"", b"looks like an old record"):
        assert told("warc", path=put(tmp_path / "a.warc", data)) == [("empty-file", None)]


@pytest.mark.parametrize("media", ["text/html", "video/mp4"])
def test_an_archive_that_unpacks_beyond_all_measure_is_left_where_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, media: str
) -> None:
    monkeypatch.setattr(web_archives, "LARGEST", 5000)
    monkeypatch.setattr(web_archives, "_UNPACKED_MOST", 2_000_000)
    bomb = ("https://riverpost.example/3", media, b"x" * 30_000_000)
    path = put(tmp_path / "a.warc.gz", warc([FIRST, bomb, SECOND]))
    assert [piece.number for piece in pieces("warc", path=path)] == [1]
    assert "unpacks-too-large" in [code for code, _ in told("warc", path=path)]


def test_an_archive_that_is_large_and_hardly_packed_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_archives, "_UNPACKED_MOST", 1_000)
    film = ("https://riverpost.example/3", "video/mp4", bytes(range(256)) * 40)
    path = put(tmp_path / "a.warc", warc([FIRST, film, SECOND], packed=False))
    assert [piece.number for piece in pieces("warc", path=path)] == [1, 3]
