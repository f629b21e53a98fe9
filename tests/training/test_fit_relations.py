from training.fit_relations import Told, fit

from twosource.records import Reading, Report
from twosource.score.relations import GoldText, Pair

NONE, IN_CHARGE = 0, 3


def told(name):
    """A text of six pairs that are led and six that are not, each with what tells it."""
    text = GoldText(id=name, text="", entities=(), relations=())
    pairs = [Pair((n, n), (n + 1, n + 1), frozenset({"all", "leads" if n % 2 else "meets"})) for n in range(12)]
    return Told(
        text, Reading(report=Report(id=name, text="")), pairs, [IN_CHARGE if n % 2 else NONE for n in range(12)]
    )


def test_a_feature_weighs_for_the_relation_that_it_goes_with():
    weights = fit([told("a"), told("b")]).weights
    assert weights["leads"][IN_CHARGE] > 0 > weights["meets"][IN_CHARGE]
    assert weights["meets"][NONE] > 0 > weights["leads"][NONE]


def test_features_of_few_pairs_are_left_out():
    one = told("a")
    rare = one._replace(pairs=[pair._replace(features=pair.features | {f"only:{pair.source}"}) for pair in one.pairs])
    assert not any(name.startswith("only") for name in fit([rare, told("b")]).weights)


def test_weights_are_the_same_whenever_they_are_fitted():
    assert fit([told("a"), told("b")]) == fit([told("a"), told("b")])
