import hashlib

import pytest

from twosource.closed_sets import ClaimType
from twosource.errors import UsageError
from twosource.score.quiet import Article, first_quiet, score_quiet

QUIET = [Article(f"q{n}", "The council voted on the budget.") for n in range(4)]
LOUD = Article("loud", "The war went on.")


def test_articles_with_a_word_of_war_are_left_out():
    assert LOUD not in first_quiet([LOUD, *QUIET])


def test_those_come_first_whose_ids_have_the_smallest_digests():
    digests = [hashlib.sha1(one.doc_id.encode()).hexdigest() for one in first_quiet(QUIET, 3)]
    assert digests == sorted(hashlib.sha1(one.doc_id.encode()).hexdigest() for one in QUIET)[:3]


def test_an_article_that_stands_twice_counts_once():
    assert len(first_quiet([*QUIET, *QUIET])) == 4


def test_only_claims_of_the_four_families_count():
    found = {"q0": [ClaimType.ATTACK, ClaimType.PRAISES], "q1": [ClaimType.ARRESTS], "q2": [ClaimType.DEPLOYS]}
    figures = score_quiet(QUIET, lambda report: found.get(report.id, []))
    assert (figures["articles"], figures["claims_mean"]) == (4, 0.75)
    assert (figures["force_mean"], figures["control_mean"], figures["persons_mean"]) == (0.25, 0.0, 0.25)
    assert (figures["articles_without"], figures["other_claims_mean"]) == (1, 0.25)


def test_gold_without_a_quiet_article_is_refused():
    with pytest.raises(UsageError, match="word of war"):
        score_quiet([LOUD], lambda report: [])
