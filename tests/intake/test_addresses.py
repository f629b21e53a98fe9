from __future__ import annotations

from pathlib import Path

import pytest

from twosource.errors import InputError, UsageError
from twosource.intake.addresses import addresses_of

A, B = "https://riverpost.example/feed", "http://b.example/1"
OPML = f"""<?xml version="1.0"?><opml version="2.0"><body><outline text="War">
<outline type="rss" xmlUrl="{A}"/><outline xmlurl="{B}"/><outline text="none"/></outline></body></opml>"""


def test_addresses_files_with_lines_and_opml_give_each_address_once(tmp_path: Path) -> None:
    lines, opml = tmp_path / "urls.txt", tmp_path / "feeds.opml"
    lines.write_text(f"# pages\n\n{B}\n{A}\n")
    opml.write_text(OPML)
    assert addresses_of([A, str(lines), str(opml)]) == [A, B]
    assert addresses_of([str(opml)]) == [A, B]


def test_what_is_no_address_is_told_with_its_line(tmp_path: Path) -> None:
    lines = tmp_path / "urls.txt"
    lines.write_text(f"{A}\nriverpost\n")
    with pytest.raises(UsageError, match="line 2"):
        addresses_of([str(lines)])
    with pytest.raises(UsageError, match="neither an address"):
        addresses_of(["nowhere.opml"])
    lines.write_text("# none\n")
    with pytest.raises(UsageError, match="no address"):
        addresses_of([str(lines)])


def test_broken_opml_and_entities_are_refused(tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text(OPML[:-20])
    with pytest.raises(InputError, match="broken OPML"):
        addresses_of([str(opml)])
    secret = tmp_path / "secret.txt"
    secret.write_text(A)
    entity = f'<!DOCTYPE o [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    opml.write_text(f'<?xml version="1.0"?>{entity}<opml><body><outline>&x;</outline></body></opml>')
    with pytest.raises(UsageError, match="no address"):
        addresses_of([str(opml)])
