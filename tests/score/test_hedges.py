import json

import pytest

from twosource.closed_sets import CueKind
from twosource.errors import InputError, UsageError
from twosource.records import Cue, Reading
from twosource.score.hedges import is_kept_apart, read_hedges, score_hedges
from twosource.spans import Span

KEPT = next(name for name in map(str, range(100)) if is_kept_apart(name))
TRAINED = next(name for name in map(str, range(100)) if not is_kept_apart(name))


def gold(tmp_path, *rows):
    path = tmp_path / "gold.jsonl"
    cue = {"start": 3, "end": 6, "text": "may", "type": "speculation_modal_probable"}
    lines = [{"doc_id": d, "sent_id": "S", "text": t, "cues": [cue] if sure else []} for d, t, sure in rows]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return read_hedges(path)


def read_may(report):
    text, cues, at = report.text, [], -1
    while (at := text.find("may", at + 1)) >= 0:
        cues.append(Cue(span=Span(at, at + 3), kind=CueKind.HEDGE, scope=Span(at, at + 3), rule="doubt:probable"))
    return Reading(report=report, cues=tuple(cues))


def test_a_sentence_is_told_by_the_cues_in_it(tmp_path):
    rows = gold(tmp_path, (KEPT, "It may rain.", True), (KEPT, "It rains.", False), (KEPT, "It may not.", True))
    assert score_hedges(rows, read_may)["sentence_f1"] == 1.0


def test_misses_and_false_alarms_count(tmp_path):
    rows = gold(tmp_path, (KEPT, "It could rain.", True), (KEPT, "It was in may.", False), (KEPT, "It may.", True))
    figures = score_hedges(rows, read_may)
    assert (figures["sentence_p"], figures["sentence_r"]) == (0.5, 0.5)


def test_documents_that_were_trained_on_are_left_out(tmp_path):
    rows = gold(tmp_path, (TRAINED, "It rains.", True), (KEPT, "It may rain.", True))
    assert score_hedges(rows, read_may)["sentences"] == 1


def test_gold_without_a_kept_document_is_refused(tmp_path):
    with pytest.raises(UsageError):
        score_hedges(gold(tmp_path, (TRAINED, "It may.", True)), read_may)


def test_a_broken_line_is_named(tmp_path):
    (tmp_path / "gold.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(InputError, match="line 1"):
        read_hedges(tmp_path / "gold.jsonl")
