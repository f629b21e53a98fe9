from __future__ import annotations

import msgspec

from twosource.records import Reading, Sentence
from twosource.spans import Span
from twosource.web.missed import missed_in
from web.desk_reports import at, example_readings, make_report


def test_the_sentences_without_evidence_are_listed_and_the_title_is_not() -> None:
    whole = next(one for one in example_readings() if one.report.id == "nevrin-wire")
    title = Span(0, len(whole.report.title or ""))
    said = whole.claims[-1].evidence[0]
    silent = at(whole.report.text, whole.report.text[-20:])
    spans = [(title, True), (said, False), (silent, False)]
    sentences = tuple(Sentence(span=span, paragraph=0, tokens=Span(0, 0), headline=head) for span, head in spans)
    found = missed_in(msgspec.structs.replace(whole, sentences=sentences, claims=whole.claims[-1:]))
    assert found.sentences == ((silent,) if not said.meets(silent) else ())


def test_the_estimate_grows_with_what_was_found() -> None:
    whole = next(one for one in example_readings() if one.report.id == "nevrin-wire")
    assert missed_in(whole).claims == 6  # of 16 found some 11 are right, which are .67 of all
    assert missed_in(msgspec.structs.replace(whole, claims=whole.claims[:4])).claims == 1


def test_nothing_is_reckoned_from_nothing() -> None:
    assert missed_in(Reading(report=make_report("r", "Kerat."))).claims is None


def test_a_sentence_in_which_a_person_added_a_claim_is_silent_no_more() -> None:
    report = make_report("r", "Kerat fell. Rain came.")
    spans = (Span(0, 11), Span(12, 22))
    sentences = tuple(Sentence(span=span, paragraph=0, tokens=Span(0, 0)) for span in spans)
    bare = Reading(report=report, sentences=sentences)
    added = msgspec.structs.replace(example_readings()[0].claims[0], evidence=(Span(0, 11),))
    assert missed_in(bare).sentences == spans
    assert missed_in(bare, [added]).sentences == spans[1:]
    assert missed_in(bare, [added]).claims is None  # the estimate rests on what the engine found


def test_a_report_that_was_not_read_is_told_by_its_paragraphs() -> None:
    report = make_report("r", "Premier alinéa.\n\nSecond alinéa.", title="Titre")
    assert [span.of(report.text) for span in missed_in(Reading(report=report)).sentences] == [
        "Premier alinéa.",
        "Second alinéa.",
    ]
