from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twosource.records import Reading, Sentence
from twosource.spans import Span
from twosource.web.highlight import paragraphs
from twosource.web.side_by_side import Run, shared_share, side_by_side
from web.desk_reports import make_report


def reading(*sentences: str) -> Reading:
    text = "\n\n".join(sentences)
    spans = paragraphs(text)
    return Reading(
        report=make_report("r", text),
        sentences=tuple(Sentence(span=span, paragraph=n, tokens=Span(0, 0)) for n, span in enumerate(spans)),
    )


def words(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def test_a_sentence_that_both_have_stands_in_one_row_with_the_changed_words_marked() -> None:
    [row] = side_by_side(reading("The raid killed 12 people in Kerat."), reading("The raid killed 19 people in Kerat."))
    assert [run.text for run in row.left if not run.shared] == ["12"]
    assert [run.text for run in row.right if not run.shared] == ["19"]


def test_a_sentence_that_one_alone_has_stands_alone() -> None:
    left = reading("The bridge at Kerat is closed.", "Nobody was hurt in the fire.")
    right = reading("The bridge at Kerat is closed.", "Rain fell for three days.")
    rows = side_by_side(left, right)
    assert [(words(row.left), words(row.right)) for row in rows] == [
        ("The bridge at Kerat is closed.", "The bridge at Kerat is closed."),
        ("Nobody was hurt in the fire.", ""),
        ("", "Rain fell for three days."),
    ]
    assert shared_share(rows) == (50, 55)


def test_right_to_left_words_and_emoji_are_compared_as_others() -> None:
    [row] = side_by_side(reading("قصف الجيش بلدة نفرين 👩🏽‍🚒 أمس"), reading("قصف الجيش بلدة نفرين 👩🏽‍🚒 اليوم"))
    assert [run.text for run in row.left if not run.shared] == ["أمس"]


def test_a_report_that_was_not_read_is_laid_out_by_its_paragraphs() -> None:
    bare = Reading(report=make_report("r", "One.\n\nTwo."))
    assert [words(row.left) for row in side_by_side(bare, bare)] == ["One.", "Two."]


sentence = st.lists(st.sampled_from(["raid", "Kerat", "bridge", "army"]), min_size=1, max_size=6).map(" ".join)


@given(st.lists(sentence, min_size=1, max_size=6), st.lists(sentence, min_size=1, max_size=6))
def test_no_word_is_lost_and_each_side_keeps_its_order(left: list[str], right: list[str]) -> None:
    rows = side_by_side(reading(*left), reading(*right))
    assert [words(row.left) for row in rows if row.left] == left
    assert [words(row.right) for row in rows if row.right] == right
