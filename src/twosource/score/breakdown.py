"""Where the claims found and the coded ones agree, by type, family, outlet and field, and which types are confused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from twosource.closed_sets import ClaimType, family_of
from twosource.intake import read_paths
from twosource.records import Report
from twosource.score.claims import FIELDS, Match, f1, informative, match_claims
from twosource.score.coded import CodedClaim

__all__ = ["Breakdown", "Part", "break_down", "outlets_of"]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of one type, family or outlet.

    ``found_r`` is the share of its coded claims that are found, under whatever type; ``typed_p``, ``typed_r`` and
    ``typed_f1`` count those of the same type, ``claim_f1`` all that are found, each for the mean of its fields.
    """

    gold: int
    predicted: int
    found_r: float
    typed_p: float
    typed_r: float
    typed_f1: float
    claim_f1: float


class Breakdown(msgspec.Struct, frozen=True, kw_only=True):
    """Every table. ``fields`` gives a field's mean and how many matches say something there.

    ``confused`` counts pairs of the coded type and the one found, those that agree among them, most frequent first;
    'missed' stands for a coded claim that nothing was found for, 'invented' for a claim found that nobody coded.
    """

    by_type: dict[str, Part]
    by_family: dict[str, Part]
    by_outlet: dict[str, Part]
    fields: dict[str, tuple[float, int]]
    confused: tuple[tuple[str, str, int], ...]


def break_down(
    gold: Sequence[CodedClaim],
    found: Sequence[CodedClaim],
    texts: Mapping[str, str],
    outlet_of: Callable[[str], str] = lambda report: report,
) -> Breakdown:
    """The tables; claims of reports that the gold does not cover are left out. ``outlet_of`` is asked by report."""
    covered = {claim.report for claim in gold}
    found = [claim for claim in found if claim.report in covered]
    matches = match_claims(gold, found, texts)
    pairs = [(gold[m.gold], found[m.found], m) for m in matches]

    def parts(of: Callable[[CodedClaim], str]) -> dict[str, Part]:
        names = sorted({of(claim) for claim in (*gold, *found)})
        return {name: _part(name, of, gold, found, pairs) for name in names}

    by_type = parts(lambda claim: claim.type.value)
    return Breakdown(
        by_type={t.value: by_type[t.value] for t in ClaimType if t.value in by_type},
        by_family=parts(lambda claim: family_of(claim.type)),
        by_outlet=parts(lambda claim: outlet_of(claim.report)),
        fields=_fields(pairs),
        confused=_confused(gold, found, matches),
    )


def outlets_of(paths: Iterable[Path]) -> dict[str, str]:
    """The outlet of each text file, by the file's stem; 'not named' where the file does not say."""
    outlets: dict[str, str] = {}
    for path in paths:
        report = next((one for one in read_paths([path]) if isinstance(one, Report)), None)
        outlets[path.stem] = (report.outlet if report else None) or "not named"
    return outlets


def _part(
    name: str,
    of: Callable[[CodedClaim], str],
    gold: Sequence[CodedClaim],
    found: Sequence[CodedClaim],
    pairs: Sequence[tuple[CodedClaim, CodedClaim, Match]],
) -> Part:
    wanted, given = (sum(of(claim) == name for claim in claims) for claims in (gold, found))
    mine = [(g, f, m) for g, f, m in pairs if of(g) == name]
    typed = [(g, f, m) for g, f, m in mine if g.type == f.type]
    worth = sum(sum(m.fields[k] for k in keep) / len(keep) for g, f, m in mine if (keep := informative(g, f)))
    precision, recall, both = f1(len(typed), wanted, given)
    return Part(
        gold=wanted,
        predicted=given,
        found_r=len(mine) / wanted if wanted else 0.0,
        typed_p=precision,
        typed_r=recall,
        typed_f1=both,
        claim_f1=f1(worth, wanted, given)[2],
    )


def _fields(pairs: Sequence[tuple[CodedClaim, CodedClaim, Match]]) -> dict[str, tuple[float, int]]:
    told = [(informative(g, f), m.fields) for g, f, m in pairs]
    values = {name: [fields[name] for keep, fields in told if name in keep] for name in FIELDS}
    return {name: (sum(v) / len(v) if v else 1.0, len(v)) for name, v in values.items()}


def _confused(
    gold: Sequence[CodedClaim], found: Sequence[CodedClaim], matches: Sequence[Match]
) -> tuple[tuple[str, str, int], ...]:
    counted = Counter((gold[m.gold].type.value, found[m.found].type.value) for m in matches)
    met, given = {m.gold for m in matches}, {m.found for m in matches}
    counted.update((claim.type.value, "missed") for i, claim in enumerate(gold) if i not in met)
    counted.update(("invented", claim.type.value) for i, claim in enumerate(found) if i not in given)
    return tuple((a, b, n) for (a, b), n in sorted(counted.items(), key=lambda row: (-row[1], row[0])))
