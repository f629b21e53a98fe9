from __future__ import annotations

import pytest

from asked import documents, told
from made_files import PARAGRAPHS, TITLE, feed

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The River Post</title>
<entry><title>Ferry</title><link href="https://riverpost.example/1"/><updated>2019-06-05T08:00:00+02:00</updated>
<summary>Short.</summary><content type="html">&lt;p&gt;The ferry sails.&lt;/p&gt;</content>
<source><title>River Wire</title></source></entry></feed>"""


def test_each_entry_is_a_report() -> None:
    first, second = documents("feed", feed([(TITLE, f"<p>{PARAGRAPHS[0]}</p>"), ("Two &amp; three", "<b>Two.</b>")]))
    assert (first.text, first.title, first.outlet) == (PARAGRAPHS[0], TITLE, "The River Post")
    assert (first.published, first.url, first.number) == (
        "Wed, 05 Jun 2019 12:00:00 GMT",
        "https://riverpost.example/1",
        1,
    )
    assert (second.title, second.number) == ("Two & three", 2)


def test_the_full_text_is_preferred_and_the_source_is_the_outlet() -> None:
    (document,) = documents("feed", ATOM.encode())
    assert (document.text, document.outlet) == ("The ferry sails.", "River Wire")
    assert document.published is not None and document.published.startswith("2019-06-05")


def test_other_encodings_are_read() -> None:
    data = ATOM.replace("sails", "sáils").replace('version="1.0"', 'version="1.0" encoding="iso-8859-1"')
    assert documents("feed", data.encode("latin-1"))[0].text == "The ferry sáils."


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (feed([("One", ""), ("Two", "<p>Two.</p>")]), [("row-without-text", 1)]),
        (feed([]), [("empty-file", None)]),
        (
            b'<opml version="2.0"><body><outline xmlUrl="https://riverpost.example/f"/></body></opml>',
            [("feed-list", None)],
        ),
        (b"<?xml version='1.0'?><other/>", [("no-feed", None)]),
        (b"https://riverpost.example/<rss ", [("cut-short", None)]),
    ],
)
def test_what_holds_no_report_is_told(data: bytes, expected: list[tuple[str, int | None]]) -> None:
    assert told("feed", data) == expected


def test_a_feed_that_is_cut_short_gives_the_entries_before() -> None:
    data = feed([(TITLE, f"<p>{PARAGRAPHS[0]}</p>"), ("Two", f"<p>{PARAGRAPHS[1]}</p>")])
    assert told("feed", data[:-60]) == [("row-without-text", 2), ("cut-short", 2)]


def test_an_entity_bomb_is_not_opened() -> None:
    entities = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">' + entities + b"]>"
    bomb = head + b"<rss version='2.0'><channel><item><title>&m;</title></item></channel></rss>"
    assert told("feed", bomb) == [("broken-document", None)]
