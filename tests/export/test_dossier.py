from __future__ import annotations

import datetime
import re

from lxml import html

from twosource.export.formats import export
from twosource.export.material import Choice, Publication
from twosource.store import Project


def page(project: Project, choice: Choice | None = None) -> str:
    return b"".join(export(project, "dossier", choice)).decode()


def test_a_dossier_asks_for_nothing_outside_itself(examples: Project, exported: Project) -> None:
    for project in (examples, exported):
        root = html.document_fromstring(page(project))
        outside = root.xpath("//@src | //@href | //@srcset | //@action | //@data | //@poster | //@background")
        assert outside == []
        assert root.xpath("//script | //iframe | //object | //embed | //link | //img | //base") == []
        styles = "".join(root.xpath("//style/text()"))
        assert "@import" not in styles
        assert "url(" not in styles
        assert root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
            "default-src 'none'; style-src 'unsafe-inline'"
        ]


def test_it_tells_each_event_with_its_words_and_who_says_them(exported: Project) -> None:
    words = html.document_fromstring(page(exported)).text_content()
    assert "“Norland shelled Aleppo on 2024-03-01, killing 12”" in words
    assert "Halabi asserts; The <Gazette> & Co, 2024-03-02 [1]" in words
    assert "Sud seized Vale" in words


def test_words_of_a_report_are_never_markup(exported: Project) -> None:
    assert "<Gazette>" not in page(exported)
    assert "&lt;Gazette&gt; &amp; Co" in page(exported)


def test_title_day_choice_and_what_is_withheld_are_told(exported: Project) -> None:
    choice = Choice(
        title="Shells on Aleppo",
        day=datetime.date(2024, 4, 1),
        publication=Publication(quotation=30, masked=("Halabi",)),
    )
    root = html.document_fromstring(page(exported, choice))
    assert root.findtext(".//h1") == "Shells on Aleppo"
    head = re.sub(r"\s+", " ", root.find(".//p").text_content())
    assert head.strip().startswith("2024-04-01.")
    assert "quotations are cut after 30 characters, and 1 marked name is withheld." in head


def test_the_examples_fill_every_part(examples: Project) -> None:
    heads = [one.text for one in html.document_fromstring(page(examples)).iter("h2")]
    assert heads[:2] == ["Events", "Where accounts disagree"]
    assert heads[-2:] == ["Reports from one text", "Reports"]


def test_a_figure_is_told_as_its_accounts_word_it(examples: Project) -> None:
    facts = {
        (row.findtext("th"), row.findtext("td"))
        for row in html.document_fromstring(page(examples)).iter("tr")
        if row.find("th") is not None and row.find("td") is not None
    }
    killed = [value for name, value in facts if name == "Killed"]
    assert "at least 88" in killed
    assert any("by claims" in str(value) for value in killed)
