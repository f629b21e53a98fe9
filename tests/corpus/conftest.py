"""What the tests of lineage share: the packaged rules and weights, loaded once, and a judge of two reports."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.corpus.judging import judge
from twosource.corpus.profile import Profile
from twosource.corpus_records import Dependence
from twosource.knowledge.lineage_model import load_lineage_model
from twosource.knowledge.lineage_rules import LineageRules, load_lineage_rules
from twosource.records import Report


@pytest.fixture(scope="session")
def rules() -> LineageRules:
    return load_lineage_rules()


@pytest.fixture(scope="session")
def judged(rules: LineageRules) -> Callable[[Report, Report], Dependence]:
    model = load_lineage_model()
    return lambda one, other: judge(Profile(one, rules), Profile(other, rules), model, rules)
