"""Counts claims of force where there is none: in articles without a word of war.

The words are those of data/en/war_words.toml. Of the articles without them, those count that come first by the SHA-1 of
their doc_id, up to a hundred.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from twosource.closed_sets import ClaimType, family_of
from twosource.errors import UsageError
from twosource.knowledge.war_words import has_war_word
from twosource.records import Report
from twosource.score.gold import read_gold

__all__ = ["Article", "first_quiet", "read_articles", "score_quiet"]

FAMILIES = ("force", "control", "posture", "persons")
_ARTICLES = 100


class Article(msgspec.Struct, frozen=True):
    """One line of the gold; further keys are passed over."""

    doc_id: str
    text: str


def read_articles(paths: Iterable[Path]) -> list[Article]:
    """The articles of JSON Lines files, in their order. Raises InputError that names the line of a broken one."""
    return [article for path in paths for article in read_gold(path, Article)]


def first_quiet(articles: Iterable[Article], count: int = _ARTICLES) -> list[Article]:
    """The articles without a word of war that come first by the SHA-1 of their doc_id; each id counts once."""
    quiet = {article.doc_id: article for article in articles if not has_war_word(article.text)}
    return sorted(quiet.values(), key=lambda a: hashlib.sha1(a.doc_id.encode()).hexdigest())[:count]  # noqa: S324


def score_quiet(articles: Iterable[Article], types_in: Callable[[Report], Sequence[ClaimType]]) -> dict[str, float]:
    """``claims_mean``: claims of force, control, posture and persons in a quiet article on average; then by family.

    ``types_in`` gives the types of a report's claims. Raises UsageError where no article is quiet.
    """
    quiet = first_quiet(articles)
    if not quiet:
        raise UsageError("no article is without a word of war (data/en/war_words.toml): give more articles")
    families = [[family_of(t) for t in types_in(Report(id=a.doc_id, text=a.text))] for a in quiet]
    warlike = [[family for family in one if family in FAMILIES] for one in families]
    means = {f"{name}_mean": sum(one.count(name) for one in warlike) / len(quiet) for name in FAMILIES}
    return {
        "articles": len(quiet),
        "claims_mean": sum(map(len, warlike)) / len(quiet),
        **means,
        "articles_without": sum(not one for one in warlike),
        "other_claims_mean": sum(len(a) - len(b) for a, b in zip(families, warlike, strict=True)) / len(quiet),
    }
