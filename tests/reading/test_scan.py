"""What the scan keeps: passages like a claim's, what names their source, and nothing of reports without any."""

from __future__ import annotations

from array import array
from zlib import crc32

from twosource.reading.passages import paragraphs
from twosource.reading.scan import Scan, grams, kept_passages

SIZE = 1 << 12


def scan_for(*words: str, of_report: float = 0.0) -> Scan:
    """A scan for which the words alone look like a claim."""
    weights = array("f", bytes(4 * SIZE))
    for word in words:
        weights[crc32(word.encode()) & (SIZE - 1)] = 2.0
    return Scan(weights=weights, bias=-1.0, of_report=of_report, least=0.0, digest="")


def kept(text: str, scan: Scan | None) -> list[str]:
    return [span.of(text) for _, span in kept_passages(text, paragraphs(text), scan)]


def test_without_a_scan_every_passage_is_kept() -> None:
    assert kept("First things. Second things.\nThird things.", None) == [
        "First things.",
        "Second things.",
        "Third things.",
    ]


def test_a_passage_is_kept_with_the_one_before_it_and_the_first_two() -> None:
    text = (
        "A title\nOpening words here. Nothing there. Still nothing. A mayor spoke. Rebels shelled towns. More follows."
    )
    assert kept(text, scan_for("shelled")) == [
        "A title",
        "Opening words here.",
        "A mayor spoke.",
        "Rebels shelled towns.",
    ]


def test_of_a_report_that_holds_no_claim_nothing_is_kept() -> None:
    assert kept("The recipe asks for butter. Stir well. " * 4, scan_for("shelled")) == []


def test_a_text_of_few_passages_is_kept_whole() -> None:
    assert len(kept("The recipe asks for butter. Stir well. " * 3, scan_for("shelled"))) == 6


def test_a_quotation_is_kept_whole() -> None:
    said = "\u201cThey shelled all places. Then came the rains. It was cold,\u201d he said."
    text = f"One came. Two came. Three came. {said} Four came."
    assert "Then came the rains." in kept(text, scan_for("shelled"))
    assert "Four came." not in kept(text, scan_for("shelled"))


def test_names_and_figures_count_as_such_alone() -> None:
    one = set(grams("Yesterday Ruritania shelled 12 villages"))
    assert one == set(grams("Yesterday Northland City shelled 4,700 villages"))
    assert "shelled" in one


def test_order_of_words_counts_in_pairs() -> None:
    scan = scan_for("were killed")
    assert scan.chosen(["They were killed", "They killed"]) == [0]


def test_a_passage_counts_for_more_in_a_report_full_of_claims() -> None:
    scan = scan_for("shelled", of_report=1.5)
    assert scan.chosen(["It went on", "Rebels shelled it"]) == [1]
    assert scan.chosen(["It went on", *["Rebels shelled it"] * 9]) == list(range(10))
