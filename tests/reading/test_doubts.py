from tests.tokens import parsed

from twosource.closed_sets import CueKind
from twosource.reading.doubts import read_doubts
from twosource.reading.signals import Doubt, Signals
from twosource.reading.tree import Tree
from twosource.spans import Span

ROWS = (
    "Shells shell NOUN NNS nsubj 2", "probably probably ADV RB advmod 2", "fell fall VERB VBD ROOT 2",
    "if if SCONJ IN mark 5", "he he PRON PRP nsubj 5", "lied lie VERB VBD advcl 2",
)  # fmt: skip


def cues(*doubts):
    tree = Tree(parsed(*ROWS))
    return read_doubts(tree, Signals(doubts=doubts)), tree.text


def test_a_word_of_doubt_is_a_hedge_over_its_clause_and_a_condition_a_condition():
    (hedge, condition), text = cues(
        Doubt(span=Span(7, 15), kind="probable", score=0.9), Doubt(span=Span(21, 23), kind="condition", score=0.9)
    )
    assert (hedge.kind, hedge.span.of(text), hedge.rule) == (CueKind.HEDGE, "probably", "doubt:probable")
    assert hedge.scope.of(text) == text
    assert (condition.kind, condition.scope.of(text)) == (CueKind.CONDITION, "if he lied")


def test_what_the_doubt_makes_of_a_claim_is_left_to_the_rules():
    (hedge,), _ = cues(Doubt(span=Span(7, 15), kind="probable", score=0.9))
    assert (hedge.certainty, hedge.status) == (None, None)
