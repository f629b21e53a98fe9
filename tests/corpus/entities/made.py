"""Reports made by hand for the tests of entities: names in claims, without a reader."""

from __future__ import annotations

from collections.abc import Iterable

from twosource.corpus.entities.naming import read_names
from twosource.corpus.entities.scene import Naming, Parties, Scene, Used
from twosource.corpus_records import Decision, DecisionKind, Judgement
from twosource.identifying import default_knowledge

KNOWLEDGE = default_knowledge()


def names(*told: str, report: str = "r", text: str = "", countries: dict[str, int] | None = None) -> dict[str, Naming]:
    """What each name means in a report whose claims name each by itself."""
    claims = tuple(Parties(actors=(name,)) for name in told)
    scene = Scene(report=report, text=text, countries=countries or {}, claims=claims)
    return {naming.name: naming for naming in read_names(scene, KNOWLEDGE)}


def used(report: str, *claims: Parties | str, outlet: str | None = None, text: str = "") -> list[Used]:
    """What a report uses: claims, or names each of which is the actor of one."""
    parties = tuple(one if isinstance(one, Parties) else Parties(actors=(one,)) for one in claims)
    namings = read_names(Scene(report=report, text=text, claims=parties), KNOWLEDGE)
    return [Used(report=report, outlet=outlet, naming=naming) for naming in namings]


def decision(judgement: Judgement, *subjects: str) -> Decision:
    """A person's word on these names."""
    ordered: Iterable[str] = sorted(subjects)
    return Decision(
        kind=DecisionKind.ENTITY, subjects=tuple(ordered), verdict=judgement.value, reason="I know them", who="a.coder"
    )
