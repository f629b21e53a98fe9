"""Which of its meanings a name has in a report: by the countries that the report tells of, and by its year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from twosource.corpus.entities.knowing import EntityKnowledge, Known
from twosource.corpus.entities.scene import Scene
from twosource.corpus_records import Judgement

__all__ = ["Choice", "choose", "report_countries"]

_YEARS_EITHER_SIDE = 1  # a name is used a little before the table says, and after


class Choice(NamedTuple):
    """The row that a name means, or those that it may mean where that can't be told, with the rule and a sentence."""

    row: Known | None
    maybe: tuple[Known, ...]
    judgement: Judgement
    rule: str
    reason: str


def report_countries(scene: Scene, names: Iterable[str], knowledge: EntityKnowledge) -> Mapping[str, float]:
    """The share of each country (ISO code) in what the report tells: its places, and its actors that are sure."""
    counts: Counter[str] = Counter(scene.countries)
    for name in names:
        rows = knowledge.meanings(name)
        if len(rows) == 1 and knowledge.sure(name, rows[0]) and len(rows[0].country) == 1:
            counts.update(rows[0].country)
    total = sum(counts.values())
    return {country: number / total for country, number in counts.items()} if total else {}


def choose(name: str, countries: Mapping[str, float], year: int | None, knowledge: EntityKnowledge) -> Choice:
    """What the name means where the report tells of these countries, in this year."""
    rows = knowledge.meanings(name)
    if not rows:
        return Choice(None, (), Judgement.SAME, "", "")
    sure = [row for row in rows if knowledge.sure(name, row)]
    if len(sure) == 1 and (len(rows) == 1 or not countries):
        return Choice(sure[0], (), Judgement.SAME, "table.name", _as_name(name, sure[0]))
    fits = sorted(((_fit(row, countries, year), row) for row in rows), key=lambda pair: -pair[0])
    best, runner_up = fits[0], fits[1] if len(fits) > 1 else (0.0, None)
    if sure and best[1] is not sure[0] and best[0] < 0.5:
        return Choice(sure[0], (), Judgement.SAME, "table.name", _as_name(name, sure[0]))
    if best[0] > 0 and best[0] > runner_up[0]:
        return Choice(best[1], (), Judgement.SAME, "table.context", _by_context(name, best[1], rows, countries))
    if sure and best[0] <= 0:
        return Choice(sure[0], (), Judgement.SAME, "table.name", _as_name(name, sure[0]))
    told = ", ".join(row.name for row in rows)
    reason = f"'{name}' may mean {told}, or something else, and nothing in the report decides."
    return Choice(None, rows, Judgement.UNSURE, "table.ambiguous", reason)


def _fit(row: Known, countries: Mapping[str, float], year: int | None) -> float:
    if year is not None and row.years is not None:
        first, last = row.years
        if (first or 0) > year + _YEARS_EITHER_SIDE or (last or 9999) < year - _YEARS_EITHER_SIDE:
            return 0.0
    return sum(countries.get(country, 0.0) for country in row.country)


def _as_name(name: str, row: Known) -> str:
    if name == row.name:
        return f"The table of actors has '{name}'."
    return f"The table of actors has '{name}' as a name of {row.name}."


def _by_context(name: str, row: Known, rows: tuple[Known, ...], countries: Mapping[str, float]) -> str:
    others = " or ".join(other.name for other in rows if other is not row) or "something else"
    here = max(sorted(row.country), key=lambda country: countries.get(country, 0.0))
    return f"'{name}' may mean {row.name} or {others}; the report tells of {here}, where {row.name} acts."
