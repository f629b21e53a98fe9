"""Who denies what another says: a denial counts only against the act that its own clause denies.

A word of denial ('denied', 'baseless') must stand in the denial's sentence. 'Never acknowledged', a denial that
somebody gives again and again, and one of an act that the report tells of nobody else, deny nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from twosource.closed_sets import Certainty, ClaimType, Status, family_of
from twosource.corpus.disagreements.denial import Denial, denial_of, points_back
from twosource.corpus.disagreements.inside import days_meet
from twosource.corpus.disagreements.making import Ground, between_fields, plausible_name
from twosource.corpus.disagreements.matter import one_event
from twosource.corpus.disagreements.passages import sentence_of
from twosource.corpus.tellings import Telling
from twosource.corpus_records import Disagreement
from twosource.knowledge.name_index import fold_actor
from twosource.records import Named
from twosource.spans import Span

__all__ = ["denied"]

_ACTS = frozenset(["force", "control", "posture", "persons", "harm", "relief"])
"""Families of acts; whether somebody spoke is seldom what a denial is about."""
_REAL = (Status.HAPPENED, Status.ONGOING)
_LAYS = re.compile(r"\b(?:blam|accus|claim|said|says|point|hold)\w*\b", re.I)
_NOT_SO = re.compile(r"\b(?:not|never|n't)\b", re.I)
_CONTRAST = re.compile(r"\b(?:but|while|although|though|whereas)\b", re.I)
_SPOKES = re.compile(r"\bspokes(?:man|woman|person|people)\b", re.I)
_THAT = re.compile(r"\bthat (?:attack|strike|massacre|incident|raid|bombing)", re.I)
_BLAMED = re.compile(r"\b(?:blam|accus)\w+((?:\s+\S+){1,6})", re.I)
_CLAUSE = re.compile(
    r".*\s((?:but|while|though|although|which|however|an accusation|a charge|- an accusation)\b)", re.I | re.S
)
_STATE = re.compile(
    r"\b(?:governments?|regimes?|army|armed forces|military|authorities|state|troops|(?:air )?forces?|(?:war)?planes"
    r"|jets|officials?|ministry|minister|president)\b",
    re.I,
)
_HEARSAY = re.compile(r"\b(?:suspected|alleged(?:ly)?|reported(?:ly)?|possible|purported|so-called)\b", re.I)
_PROPER = re.compile(r"\b[A-Z]\w{3,}")
_EVERYWHERE = 0.6  # share of the reports from which on a name tells nobody from others
_LONG = 380  # code points from which on a sentence is none, but a page's leftovers
_NEXT = 12  # code points between a word of denial and what it denies, such as 'that the'
_BOMBS = frozenset([ClaimType.AIRSTRIKE, ClaimType.BOMBING, ClaimType.SHELLING])
_HELD = {
    "asserts": "held by",
    "confirms": "confirmed by",
    "holds it likely": "held likely by",
    "holds it possible": "held possible by",
}
_FORCES = re.compile(r"\b(?:governments?|regimes?|army|military|troops|(?:air )?forces)\b", re.I)
_NEWS = 21  # days that a report's own events lie back at most
_NEAR = 1000  # code points before a denial within which 'the accusation' is looked for


_Rank = tuple[bool, bool, bool, bool, int]


def denied(tellings: Sequence[Telling], by: Ground, event: str | None, *, inside: bool) -> list[Disagreement]:
    """For each denial the claim that it denies, if the same report (or, between reports, another one) makes it."""
    best: dict[tuple[str, Span], tuple[_Rank, Denial, Telling]] = {}
    for denier in tellings:
        denial = denial_of(denier, by)
        if denial is None:
            continue
        for teller in tellings:
            if (teller.report.id == denier.report.id) is not inside or not _answers(denial, teller, by):
                continue
            rank = _rank(denial, teller)
            key = (denier.report.id, denial.sentence)
            if key not in best or rank < best[key][0]:
                best[key] = (rank, denial, teller)
    once = {
        (one.telling.report.id, one.keys, teller.claim.type): (one, teller) for _, one, teller in _worst_first(best)
    }
    return [_made(denial, teller, event) for denial, teller in once.values()]


def _worst_first(
    best: dict[tuple[str, Span], tuple[_Rank, Denial, Telling]],
) -> list[tuple[_Rank, Denial, Telling]]:
    """The pairs so that of one speaker's denials in a report the clearest comes last, and so is the one kept."""
    return sorted(best.values(), key=lambda one: (one[0], one[1].sentence), reverse=True)


def _made(denial: Denial, teller: Telling, event: str | None) -> Disagreement:
    denier = denial.telling
    word = "Denied by" if denial.word else "Said not to be so by"
    reason = f"{word} {', '.join(denial.names)}; {_HELD[_held(teller)]} {', '.join(_says(teller))}."
    values = ("denies" if denial.word else "says not", _held(teller))
    spans = (denial.sentence, _shown(denial, teller))
    return between_fields(
        "happened",
        denier,
        teller,
        values,
        reason=reason,
        event=event,
        spans=spans,
        speakers=(denial.names, _says(teller)),
    )


def _shown(denial: Denial, teller: Telling) -> Span:
    """The teller's sentence; in the denial's own sentence the words before it."""
    sentence = sentence_of(teller)
    if sentence.end - sentence.start > _LONG:
        return teller.span
    if sentence != denial.sentence or teller.report.id != denial.telling.report.id or denial.word is None:
        return sentence
    text = teller.report.text
    before = text[sentence.start : denial.word.start]
    cut = _CLAUSE.match(before)
    words = (before[: cut.start(1)] if cut else before).rstrip()
    return Span(sentence.start, sentence.start + len(words))


def _says(teller: Telling) -> tuple[str, ...]:
    """Who holds it: of an accusation that the report tells in its own voice, whoever accuses."""
    if teller.own_voice and teller.claim.type is ClaimType.ACCUSES and teller.claim.actors:
        return tuple(named.name for named in teller.claim.actors)
    return teller.speakers


def _held(teller: Telling) -> str:
    """How firmly it is held; the report's own 'suspected' and 'alleged' hold it for no more than possible."""
    hearsay = teller.own_voice and any(map(_HEARSAY.search, teller.evidence))
    if teller.claim.certainty is Certainty.CERTAIN and not hearsay:
        return str(teller.claim.stance)
    return "holds it likely" if teller.claim.certainty is Certainty.PROBABLE else "holds it possible"


def _answers(denial: Denial, teller: Telling, by: Ground) -> bool:
    """Whether ``teller`` holds what is denied."""
    claim, denier = teller.claim, denial.telling
    if not teller.affirmed or claim.status not in _REAL or claim.certainty is Certainty.UNKNOWN:
        return False
    if _party_left_out(teller) or not all(_can_speak(teller, named) for named in claim.sources):
        return False
    if denier.report.id != teller.report.id:
        if not (claim.sources and one_event(denier, teller, by)):
            return False
    elif not _told_before(denial, teller):
        return False
    if any(_NOT_SO.search(run) or _denies_itself(run, by) for run in teller.evidence) and not _same_sentence(
        denial, teller
    ):
        return False
    if _one_party(denial, teller, by) or not (_recent(denier, teller) or _right_before(denial, teller)):
        return False
    return _one_thing(denial, teller, by) and _accuses(denial, teller, by)


def _denies_itself(run: str, by: Ground) -> bool:
    return bool(by.words.denial.search(run))


def _same_sentence(denial: Denial, teller: Telling) -> bool:
    return teller.report.id == denial.telling.report.id and sentence_of(teller) == denial.sentence


def _told_before(denial: Denial, teller: Telling) -> bool:
    """Whether, in the denial's own sentence, the claim begins before it, or the denial comes after all of it."""
    word = denial.word
    if word is None or not _same_sentence(denial, teller):
        return True
    start = teller.claim.evidence[0].start
    return start < word.start - _NEXT or bool(_CONTRAST.search(teller.report.text, word.end, max(word.end, start)))


def _can_speak(teller: Telling, named: Named) -> bool:
    """Whether a source is a name, and no piece of one such as the 'UK' of 'UK-based'."""
    text = teller.report.text
    based = any(text[span.end : span.end + 6] == "-based" for span in (named.span, named.said_at))
    return plausible_name(named.name) and not based


def _party_left_out(teller: Telling) -> bool:
    """Whether words in the report's own voice tell who accuses ('blamed the army'), so that the voice isn't its own."""
    if teller.claim.type is ClaimType.ACCUSES and teller.claim.actors:
        return False
    return teller.own_voice and any(_LAYS.match(run) for run in teller.evidence)


def _recent(denier: Telling, teller: Telling) -> bool:
    """Whether the act is of the report's own days, or of those that the denial tells."""
    if not any(teller.days):
        return True
    day, published = teller.days[0] or teller.days[1], denier.report.published
    return published is None or day is None or abs((published - day).days) <= _NEWS


def _one_party(denial: Denial, teller: Telling, by: Ground) -> bool:
    """Whether both are said by one, or by one state's people: nobody denies his own word."""
    theirs = teller.keys(teller.claim.sources, by.naming)
    mine, known = _known(denial.keys), _known(theirs)
    return bool(denial.keys & theirs) or any(by.kin(one, other) for one in mine for other in known)


def _one_thing(denial: Denial, teller: Telling, by: Ground) -> bool:
    """Whether the act is of one kind, and can be of one place and day."""
    denier = denial.telling
    one, other = denier.claim, teller.claim
    back, near = points_back(denial), _just_before(denial, teller)
    bombs = {one.type, other.type} <= _BOMBS and denial.word is not None and not denier.affirmed
    if other.type is ClaimType.ACCUSES and back:
        return bool(_BLAMED.search(sentence_of(teller).of(teller.report.text)))
    meant = back and near and _no_act(denier) and family_of(other.type) == "force"
    if one.type is not other.type and not bombs and not meant:
        return False
    family = family_of(other.type)
    if family == "support":
        ours, theirs = denier.keys(one.actors, by.naming), teller.keys(other.actors, by.naming)
        return ours == theirs or (bool(ours & theirs) and _shared(denier, teller, "targets", by))
    if family not in _ACTS or not days_meet(denier, teller):
        return False
    if (
        denial.word is None
        and one.type is other.type
        and not (_shared(denier, teller, "actors", by) and _scene(denier, teller, by))
    ):
        return False
    if _apart(denial, teller):
        return False
    if _THAT.search(denial.words):
        return _right_before(denial, teller)
    if back:
        return near or denier.report.id != teller.report.id or teller.span.start < denial.sentence.end
    linked = one.denies == other.id and bool(_shared(denier, teller, "targets", by) or denial.word is None)
    linked |= bombs and bool(_shared(denier, teller, "targets", by) or denier.places & teller.places)
    lasting = family in ("posture", "control") and _scene(denier, teller, by)
    if one.type is other.type and (near or lasting or one.type is ClaimType.CHEMICAL_ATTACK):
        return True
    return linked or _same_sentence(denial, teller) or _scene_said(denial, teller, by)


def _no_act(denier: Telling) -> bool:
    """Whether the denial tells of no act of force or control, whose kind would be known."""
    return family_of(denier.claim.type) not in _ACTS or denier.claim.type in (ClaimType.ATTACK, ClaimType.KILLS)


def _right_before(denial: Denial, teller: Telling) -> bool:
    """Whether the teller's words stand in the sentence before the denial's, or in its own."""
    sentence = sentence_of(teller)
    return _same_sentence(denial, teller) or 0 <= denial.sentence.start - sentence.end <= 3


def _scene_said(denial: Denial, teller: Telling, by: Ground) -> bool:
    """Whether they share a place or target that the denial's own sentence names."""
    said = _places_said(denial)
    return bool(said & teller.places) or _shared(denial.telling, teller, "targets", by)


def _places_said(denial: Denial) -> frozenset[str]:
    """The places that the denial's own sentence names."""
    sentence = denial.sentence
    return frozenset(
        fold_actor(named.name)
        for named in denial.telling.claim.places
        if sentence.start <= named.said_at.start < sentence.end
    )


def _apart(denial: Denial, teller: Telling) -> bool:
    """Whether both name places, and none in common."""
    mine = _places_said(denial)
    if not mine or not teller.places:
        return False
    ours, theirs = " ".join(sorted(mine)), " ".join(sorted(teller.places))
    return not any(place in theirs for place in mine) and not any(place in ours for place in teller.places)


def _scene(denier: Telling, teller: Telling, by: Ground) -> bool:
    """Whether they share a place or a target."""
    return bool(denier.places & teller.places) or _shared(denier, teller, "targets", by)


def _shared(first: Telling, second: Telling, field: str, by: Ground) -> bool:
    ours, theirs = (one.keys(getattr(one.claim, field), by.naming) for one in (first, second))
    return bool(ours & theirs)


def _just_before(denial: Denial, teller: Telling) -> bool:
    if denial.telling.report.id != teller.report.id or family_of(teller.claim.type) not in _ACTS | {"support"}:
        return False
    return denial.sentence.start - _NEAR <= teller.span.start < denial.sentence.end


def _accuses(denial: Denial, teller: Telling, by: Ground) -> bool:
    """Whether the teller lays it on the denier, or on those whom the denier speaks for."""
    words = _shown(denial, teller).of(teller.report.text)
    blamed = _BLAMED.search(words)
    if blamed and not _same_sentence(denial, teller) and not _names_him(denial, blamed.group(1), by):
        return False
    same = _same_sentence(denial, teller)
    doers = teller.keys(teller.claim.actors, by.naming)
    if not doers and not same:
        return False
    accused = denial.keys
    if denial.word is None or not points_back(denial) or _SPOKES.search(denial.words):
        accused |= denial.telling.keys(denial.telling.claim.actors, by.naming)
    if teller.claim.type is ClaimType.ACCUSES:
        return blamed is not None
    if doers & accused or any(by.kin(one, other) for one in _known(doers) for other in _known(accused)):
        return True
    return _names_him(denial, words, by) or (same and bool(_LAYS.search(words)))


def _names_him(denial: Denial, words: str, by: Ground) -> bool:
    """Whether words name the denier, or, of a government's or an army's people, a government or an army."""
    folded = words.casefold()
    named = {word for name in denial.names for word in _proper(name, by)}
    if any(word in folded for word in named):
        return True
    return any(_STATE.search(name) for name in denial.names) and bool(_FORCES.search(words))


def _known(keys: Iterable[str]) -> list[str]:
    return [key for key in keys if key.startswith("actor:")]


def _proper(name: str, by: Ground) -> list[str]:
    """The proper names in a name, folded, but for those that most reports use."""
    words = [fold_actor(word) for word in _PROPER.findall(name)]
    return [word for word in words if by.share(word) < _EVERYWHERE]


def _rank(denial: Denial, teller: Telling) -> _Rank:
    """One by a named source first, then the linked claim, one that is held for certain, and the nearest."""
    hearsay = teller.claim.certainty is not Certainty.CERTAIN or any(map(_HEARSAY.search, teller.evidence))
    return (
        teller.own_voice,
        not _right_before(denial, teller),
        denial.telling.claim.denies != teller.claim.id,
        hearsay,
        abs(teller.span.start - denial.sentence.start),
    )
