import json

import pytest

from twosource.closed_sets import ActorKind, Stance
from twosource.errors import InputError, UsageError
from twosource.records import Attribution, AttributionKind, Voice
from twosource.score.attribution import read_marked, score_attributions, scored
from twosource.spans import Span

TEXT = "Officials said that the bridge had fallen. It was old, they added."


def mark(source, cue, content):
    def part(*spans):
        return [{"spans": [list(span) for span in spans], "text": ""}] if spans else []

    return {"id": "E1", "source": part(*source), "cue": part(*cue), "content": part(*content)}


def gold(tmp_path, *marks, more=()):
    row = {"doc_id": "a", "text": TEXT, "annotations": [{"attributions": list(marks)}, {"attributions": list(more)}]}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    return read_marked(path)


def found(content, source=None, kind=AttributionKind.INDIRECT):
    voice = Voice(name="Officials", span=Span(0, 9), kind=ActorKind.OFFICIAL, said_at=source)
    return Attribution(
        id="x", cue=Span(10, 14), sources=(voice,) if source else (), content=content, kind=kind,
        stance=Stance.ASSERTS, rule="r",
    )  # fmt: skip


SAID = mark([(0, 9)], [(10, 14)], [(15, 41)])


def test_what_is_marked_and_found_alike_scores_one(tmp_path):
    figures = score_attributions(gold(tmp_path, SAID), lambda _: [found((Span(15, 41),), Span(0, 9))])
    assert {figures[name] for name in ("content_f1_03", "content_f1_08", "union_f1_03", "union_f1_08")} == {1.0}
    assert figures["source_accuracy"] == 1.0


def test_half_a_content_counts_only_at_the_lower_bar(tmp_path):
    figures = score_attributions(gold(tmp_path, SAID), lambda _: [found((Span(28, 41),), Span(0, 9))])
    assert (figures["content_f1_03"], figures["content_f1_08"]) == (1.0, 0.0)


def test_the_parts_of_a_content_are_joined(tmp_path):
    marked = mark([(0, 9)], [(10, 14)], [(15, 25), (31, 41)])
    figures = score_attributions(gold(tmp_path, marked), lambda _: [found((Span(15, 25), Span(31, 41)), Span(0, 9))])
    assert figures["content_f1_08"] == 1.0


def test_two_found_for_one_marked_is_one_match(tmp_path):
    twice = [found((Span(15, 41),), Span(0, 9)), found((Span(15, 40),), Span(0, 9))]
    figures = score_attributions(gold(tmp_path, SAID), lambda _: twice)
    assert (figures["content_p_03"], figures["content_r_03"]) == (0.5, 1.0)


def test_the_wrong_source_is_counted_as_wrong(tmp_path):
    figures = score_attributions(gold(tmp_path, SAID), lambda _: [found((Span(15, 41),), Span(43, 45))])
    assert figures["source_accuracy"] == 0.0


def test_only_the_first_annotator_counts(tmp_path):
    figures = score_attributions(gold(tmp_path, SAID, more=[SAID, SAID]), lambda _: [])
    assert (figures["gold"], figures["content_f1_03"]) == (1, 0.0)


def test_what_is_carried_or_the_reports_own_is_not_scored():
    kinds = (AttributionKind.CARRIED, AttributionKind.OWN, AttributionKind.DIRECT)
    assert len(scored([found((Span(0, 5),), kind=kind) for kind in kinds])) == 1


def test_gold_without_an_attribution_is_refused(tmp_path):
    with pytest.raises(UsageError):
        score_attributions(gold(tmp_path), lambda _: [])


def test_a_broken_line_is_named(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text('\n{"doc_id": 3}\n', "utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_marked(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="none"):
        read_marked(tmp_path / "none.jsonl")
