import msgspec
from training.fit_thresholds import contents, is_chosen_on, worth

from twosource.reading.signals import Signals, Utterance
from twosource.score.attribution import MarkedArticle
from twosource.spans import Span

SIGNALS = Signals(
    utterances=(
        Utterance(cue=Span(5, 9), source=(), content=(Span(10, 20),), score=0.9),
        Utterance(cue=Span(25, 29), source=(), content=(Span(30, 40),), score=0.5),
    )
)


def article(name):
    marked = {"source": (), "cue": (), "content": ({"spans": (Span(10, 20),)},)}
    return msgspec.convert(
        {"doc_id": name, "text": "x" * 50, "annotations": [{"attributions": [marked]}]}, MarkedArticle
    )


def test_a_higher_bar_keeps_the_surer_ones():
    assert [one.cue.start for one in contents(SIGNALS, 0.4)] == [5, 25]
    assert [one.cue.start for one in contents(SIGNALS, 0.6)] == [5]


def test_a_bar_that_keeps_just_what_is_marked_is_worth_most():
    one = article("a")
    assert worth([one], {"a": SIGNALS}, 0.6) == (1.0, 1.0)
    assert worth([one], {"a": SIGNALS}, 0.4)[0] < 1.0


def test_every_article_has_one_side():
    sides = {is_chosen_on(article(str(number))) for number in range(20)}
    assert sides == {True, False}
