import msgspec
import pytest

from twosource.closed_sets import ActorKind, Stance
from twosource.errors import UsageError
from twosource.records import Attribution, AttributionKind, Reading, Report, Voice
from twosource.score.coded import CodedClaim
from twosource.score.sources import score_sources, told_sources
from twosource.spans import Span

TEXT = "The mayor said troops had shelled Karesh. The bridge fell."
SHELLED, FELL = "troops had shelled Karesh", "The bridge fell"


def claim(evidence, *sources):
    row = {
        "report": "r", "type": "shelling", "evidence": [evidence], "actors": [], "targets": [], "places": [],
        "when": None, "figures": [], "sources": list(sources), "via": [], "stance": "asserts", "certainty": "certain",
        "status": "happened", "negated": False,
    }  # fmt: skip
    return msgspec.convert(row, CodedClaim)


def said(content, *names, counts=True):
    voices = tuple(Voice(name=name, span=Span(0, 1), kind=ActorKind.PERSON) for name in names)
    return Attribution(
        id=content, cue=Span(10, 14), sources=voices, content=(span(content),), kind=AttributionKind.INDIRECT,
        stance=Stance.ASSERTS, rule="r", counts=counts,
    )  # fmt: skip


def span(words):
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def reading(*attributions):
    return Reading(report=Report(id="r", text=TEXT), attributions=attributions)


GOLD = [claim(SHELLED, "mayor"), claim(FELL)]


def test_the_right_source_and_none_where_there_is_none():
    figures = score_sources(GOLD, {"r": reading(said(SHELLED, "The mayor"))})
    assert (figures["sourced_accuracy"], figures["unsourced_false"], figures["sourced_missed"]) == (1.0, 0.0, 0.0)


def test_a_source_for_the_reports_own_words_is_false():
    figures = score_sources(GOLD, {"r": reading(said(FELL, "mayor"))})
    assert (figures["sourced_accuracy"], figures["unsourced_false"], figures["sourced_missed"]) == (0.0, 1.0, 1.0)


def test_the_innermost_attribution_has_the_word():
    nested = reading(said("The mayor said troops had shelled Karesh", "SANA"), said(SHELLED, "mayor"))
    assert told_sources(GOLD[0], nested) == ("mayor",)


def test_the_reports_own_voice_inside_anothers_words_has_no_source():
    assert told_sources(GOLD[0], reading(said("said troops had shelled Karesh", "mayor"), said(SHELLED))) == ()


def test_an_attribution_that_covers_less_than_half_is_none():
    assert told_sources(GOLD[0], reading(said("shelled Karesh"[:8], "mayor"))) == ()


def test_an_attitude_does_not_count():
    assert told_sources(GOLD[0], reading(said(SHELLED, "mayor", counts=False))) == ()


def test_evidence_that_is_not_in_the_report_is_left_out():
    gold = [*GOLD, claim("no such words", "mayor")]
    figures = score_sources(gold, {"r": reading(said(SHELLED, "mayor"))})
    assert (figures["evidence_not_in_text"], figures["sourced_accuracy"]) == (1, 1.0)


def test_gold_of_one_sort_is_refused():
    with pytest.raises(UsageError):
        score_sources(GOLD[:1], {"r": reading()})
