"""Reads the figures of one report, sentence by sentence."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

import msgspec

from twosource.closed_sets import FigureKind
from twosource.knowledge.figure_rules import FigureRules
from twosource.reading.figures.counted import Counted, Line, counted_by, is_no_figure
from twosource.reading.figures.harm import Harm, harm_of
from twosource.reading.figures.making import made
from twosource.reading.figures.victims import find_victims, may_hold_victim, summed
from twosource.reading.numbers import Number, find_numbers, may_hold_number
from twosource.records import Figure, Reading, Sentence
from twosource.spans import Span

__all__ = ["read_figures"]

_PERSONS = frozenset([FigureKind.CIVILIANS, FigureKind.FIGHTERS])
_HARMS = frozenset([FigureKind.KILLED, FigureKind.INJURED, FigureKind.CAPTURED, FigureKind.MISSING])
_OF_THEM = "of-them"  # a figure that only its total can tell the kind of
_STRONG = re.compile(r"[-\s]strong(?!\w)", re.IGNORECASE)
_MARK = re.compile(r"([$£€¥₦₽]|\b[A-Z]{1,3}\$?)\s?$")
_AFTER = re.compile(r"[\s-]*(?:of\s+)?([A-Za-z]+)(?:\s+([A-Za-z]+))?(?:\s+([A-Za-z]+))?")
_MARK_ROOM = 5  # code points before a number in which its currency's mark stands
_AMONG_THEM = re.compile(r"\s+among\s+(?:them|whom)(?!\w)", re.IGNORECASE)
_CLAUSE_END = re.compile(r"\s*(?:[.;,:)]|$)")
_RATE = re.compile(
    r"\s*(?:an?|per|every|each)\s+(year|month|week|day|hour|head|trip|truck|person|family)(?!\w)", re.IGNORECASE
)
_PART_ROOM = 160  # code points between a total and its part
_BESIDE_ROOM = 60  # code points between a toll and the people counted with it
_TOLL_ROOM = 600  # code points between a toll and a number that somebody sets against it
_LOOK_ROUND = 40  # code points around a number in which its currency is looked for


def read_figures(reading: Reading, rules: FigureRules) -> tuple[Figure, ...]:
    """The report's figures in order of the text; no number is in two of them.

    Times are read before: a number inside one of ``reading.times`` is no figure. ``part_of`` is an index in the answer.
    """
    figures: list[Figure] = []
    starts = [time.span.start for time in reading.times]
    for sentence in reading.sentences:
        if may_hold_number(reading.report.text, sentence.span, rules.numbers):
            _read_sentence(reading, sentence, starts, rules, figures)
        elif may_hold_victim(reading, sentence, rules):
            line = _line(reading, sentence)
            single = summed(reading.report.text, [*find_victims(reading.report.text, line, rules, [])])
            figures.extend(_with_scope(reading.report.text, line, single, rules))
    return tuple(figures)


def _line(reading: Reading, sentence: Sentence, numbers: Sequence[Span] = (), times: Sequence[Span] = ()) -> Line:
    tokens = reading.tokens[sentence.tokens.start : sentence.tokens.end]
    words = ["isis" if token.text == "IS" else token.text.lower() for token in tokens]  # no form of 'to be'
    bare = Line(tokens, words, sentence.span)
    if not numbers and not times:
        return bare
    counts = _tokens_in(bare, numbers)
    return Line(bare.tokens, bare.words, bare.span, counts, counts | _tokens_in(bare, times))


def _tokens_in(line: Line, spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(at for span in spans for at in range(line.index_from(span.start), line.index_from(span.end)))


def _read_sentence(
    reading: Reading, sentence: Sentence, starts: Sequence[int], rules: FigureRules, figures: list[Figure]
) -> None:
    text = reading.report.text
    found = find_numbers(text, sentence.span, rules.numbers)
    numbers = [number for number in found if not _in_time(reading, starts, number)]
    times = [time.span for time in reading.times if time.span.meets(sentence.span)] if len(numbers) < len(found) else []
    line = _line(reading, sentence, [number.phrase for number in numbers], times)
    first = len(figures)
    for number in numbers:
        figure = _money(text, number, rules) or _figure(text, line, number, rules)
        figure = figure or _spoken_of(text, line, number, figures, rules)
        if figure is not None:
            figures.append(figure)
    figures.extend([*find_victims(text, line, rules, figures[first:])])
    ordered = summed(text, sorted(figures[first:], key=lambda figure: figure.span))
    ordered = _besides(text, ordered, rules)
    figures[first:] = _with_scope(text, line, _with_parts(text, ordered, first, rules), rules)


def _in_time(reading: Reading, starts: Sequence[int], number: Number) -> bool:
    place = bisect.bisect_right(starts, number.span.start)
    near = reading.times[max(0, place - 1) : place + 1]
    return any(time.span.meets(number.span) for time in near)


def _money(text: str, number: Number, rules: FigureRules) -> Figure | None:
    """The number as a sum: after a mark or a code ('$5bn'), or before a currency's name ('5 million euros')."""
    start, end, low, high = number.phrase.start, number.phrase.end, number.low, number.high
    mark = _MARK.search(text, max(0, number.span.start - _MARK_ROOM), number.span.start)
    if mark is not None and mark[1].lower() in rules.currency_before:
        currency = mark[1].lower()
        start, low, high = _bounds_before_mark(text, number, mark.start(), rules)
    else:
        named = _currency_after(text, end, rules)
        if named is None:
            return None
        currency, end = named
    rate = _RATE.match(text, end)
    span = Span(start, rate.end() if rate else end)
    return Figure(
        span=span,
        phrase=span.of(text),
        number=number.span,
        kind=FigureKind.MONEY,
        rule=f"money+{number.rule}",
        low=low,
        high=high,
        unit=currency,
        approximate=number.approximate,
        currency=currency,
        rate=rate[1].lower() if rate else None,
    )


def _currency_after(text: str, at: int, rules: FigureRules) -> tuple[str, int] | None:
    """The currency named within three words after a number, and where its name ends."""
    found = _AFTER.match(text, at, at + _LOOK_ROUND)
    for group in (1, 2, 3) if found else ():
        if found and found[group] and found[group].lower() in rules.currency_after:
            return found[group].lower(), found.end(group)
    return None


def _bounds_before_mark(text: str, number: Number, mark: int, rules: FigureRules) -> tuple[int, int | None, int | None]:
    """The start, low and high of a sum whose bound stands before its mark: 'over $5bn', 'up to USD 700'."""
    moved = f"{text[max(0, mark - _LOOK_ROUND) : mark]}{number.span.of(text)}"
    base = max(0, mark - _LOOK_ROUND)
    again = find_numbers(moved, Span(0, len(moved)), rules.numbers)
    if not again or again[-1].span.end != len(moved):
        return mark, number.low, number.high
    last = again[-1]
    return min(mark, base + last.phrase.start), last.low, last.high


def _figure(text: str, line: Line, number: Number, rules: FigureRules) -> Figure | None:
    if is_no_figure(text, line, number, rules):
        return None
    strong = _STRONG.match(text, number.phrase.end)
    if strong:
        return made(text, number, FigureKind.FIGHTERS, "strong", Span(number.phrase.start, strong.end()), "strong")
    phrase = counted_by(line, number, rules)
    if phrase.first and line.words[phrase.first - 1] == "no":
        return None
    if number.span.of(text).lower() == "one" and _is_somebodys_name(line, phrase, rules):
        return None
    whole = phrase.first > 1 and line.words[phrase.first - 1] == "of" and phrase.first - 2 in line.counts
    harm = None if whole else harm_of(line, phrase, rules)  # of '15 of the 60 prisoners' only 15 suffered
    kind = harm.kind if harm else _kind_of_head(line, phrase, rules)
    if kind is None and phrase.stop > phrase.first + 1 and line.words[phrase.stop - 1] in ("them", "whom"):
        return made(text, number, FigureKind.OTHER, _OF_THEM, Span(number.phrase.start, phrase.end), None)
    if kind is None or (harm is None and _is_pronoun(text, line, number, phrase, rules)):
        return None
    end = _end_with_state(line, phrase, harm)
    unit = line.words[phrase.head] if phrase.head is not None else None
    rule = harm.rule if harm else "noun"
    span = Span(number.phrase.start, max(end, number.phrase.end))
    return made(text, number, kind, rule, span, unit)


def _with_scope(text: str, line: Line, figures: Sequence[Figure], rules: FigureRules) -> list[Figure]:
    """The figures of one sentence, its tolls with their scope: 'total' where it speaks of one that runs on."""
    tolls = _HARMS | {FigureKind.DISPLACED}
    if not any(figure.kind in tolls for figure in figures):
        return list(figures)
    scope = "total" if rules.totals.search(text, line.span.start, line.span.end) else "event"
    return [msgspec.structs.replace(figure, scope=scope) if figure.kind in tolls else figure for figure in figures]


def _is_somebodys_name(line: Line, phrase: Counted, rules: FigureRules) -> bool:
    """'one Ishaya' is somebody whose name is all that is known."""
    head = phrase.head
    alone = head is not None and head == phrase.first + 1 and line.words[head] not in rules.nouns
    if not alone or head is None or line.words[head] in rules.people:
        return False
    return line.tokens[head].tag == "NNP" and line.tokens[head].text[:1].isupper()


def _spoken_of(text: str, line: Line, number: Number, before: Sequence[Figure], rules: FigureRules) -> Figure | None:
    """A bare number that somebody gives after a toll is one of the same kind: 'the doctor spoke of 31'."""
    toll = next((figure for figure in reversed(before) if figure.kind in _HARMS), None)
    if toll is None or number.span.start - toll.span.end > _TOLL_ROOM or is_no_figure(text, line, number, rules):
        return None
    lead = text[max(line.span.start, number.phrase.start - _LOOK_ROUND) : number.phrase.start].lower().rstrip(' "“')
    if counted_by(line, number, rules).head is not None:
        return None
    given = _CLAUSE_END.match(text, number.phrase.end) and lead.rpartition(" ")[2] in rules.lists["gives"]
    if not given and not lead.endswith(tuple(rules.lists["speaks_of"])):
        return None
    return made(text, number, toll.kind, "spoken-of", number.phrase, None)


def _besides(text: str, figures: Sequence[Figure], rules: FigureRules) -> list[Figure]:
    """People counted with a toll suffered what it tells of: '24 civilians died, as well as 25 rebels'."""
    done: list[Figure] = []
    for figure in figures:
        last = done[-1] if done else None
        if last is not None and last.kind in _HARMS and figure.kind in _PERSONS:
            lead = text[last.span.end : figure.span.start].lower().rstrip()
            if len(lead) <= _BESIDE_ROOM and lead.endswith(tuple(rules.lists["besides"])):
                figure = msgspec.structs.replace(figure, kind=last.kind, rule=f"beside-{figure.rule}")
        done.append(figure)
    return done


def _kind_of_head(line: Line, phrase: Counted, rules: FigureRules) -> FigureKind | None:
    """The kind that the noun gives; other where it is not known; None for a number that counts nothing said."""
    if phrase.head is None:
        return None
    row = rules.nouns.get(line.words[phrase.head])
    return row.kind if row else FigureKind.OTHER


def _is_pronoun(text: str, line: Line, number: Number, phrase: Counted, rules: FigureRules) -> bool:
    """Whether 'one' counts nothing: 'one of the leaders', 'no one', 'one another'."""
    if number.digits or number.low != 1 or number.high != 1:
        return False
    before = line.words[phrase.first - 1] if phrase.first else ""
    return (
        before in ("no", "any", "every", "some", "each", "the", "this", "that", "which")
        or line.words[phrase.first + 1 : phrase.first + 2] == ["of"]
        or phrase.head is None
        or line.words[phrase.head] not in rules.nouns
    )


def _end_with_state(line: Line, phrase: Counted, harm: Harm | None) -> int:
    """The phrase's end, with the participle that follows a bare number: '12 killed'."""
    if harm is not None and phrase.head is None and harm.token == phrase.stop < len(line.tokens):
        return line.tokens[harm.token].end
    return phrase.end


def _with_parts(text: str, figures: Sequence[Figure], base: int, rules: FigureRules) -> list[Figure]:
    """The figures of one sentence, each part tied to the total before it: 'killed 12, including five children'."""
    done: list[Figure] = []
    for figure in figures:
        total = _total_of(text, figure, done, rules)
        if total is not None:
            lead = text[max(0, figure.span.start - _LOOK_ROUND) : figure.span.start].rstrip()
            close = any(match.end() == len(lead) for match in rules.parts.finditer(lead))
            done.append(_part(figure, done, total, base, close))
        elif not figure.rule.startswith(_OF_THEM):
            done.append(figure)
    return done


def _total_of(text: str, figure: Figure, before: Sequence[Figure], rules: FigureRules) -> int | None:
    for place in range(len(before) - 1, -1, -1):
        other = before[place]
        if figure.span.start - other.span.end > _PART_ROOM:
            return None
        thing = other.kind is FigureKind.OTHER and figure.rule.startswith(_OF_THEM)
        if other.kind is FigureKind.MONEY or other.part_of is not None or thing:
            continue
        named_after = _AMONG_THEM.match(text, figure.span.end)  # 'two children among them'
        between = named_after or rules.parts.search(text, other.span.end, figure.span.end)
        own = between is not None and between.start() >= figure.span.start  # 'seven of them'
        if between is not None and any(each.span.start < between.start() < each.span.end for each in before):
            return None  # the words belong to another part
        if between is None or (not own and between.start() - other.span.end > _LOOK_ROUND * 2):
            return None
        smaller = figure.low is None or other.low is None or other.high is None or figure.low <= other.high
        return place if smaller else None
    return None


def _part(figure: Figure, before: Sequence[Figure], total: int, base: int, close: bool) -> Figure:
    """The figure as a part; what its total suffered it suffered too, unless its own words say otherwise.

    ``close``: the words for a part stand right before it, so that any noun may be counted ('among them two cooks').
    """
    whole = before[total]
    inherits = (
        figure.kind in _PERSONS or figure.rule.startswith(_OF_THEM) or (close and figure.kind is FigureKind.OTHER)
    )
    thing = whole.kind not in _HARMS | _PERSONS | {FigureKind.DISPLACED}
    inherits = inherits or (thing and figure.phrase.lower().endswith(" of them"))
    kind = whole.kind if inherits else figure.kind
    return msgspec.structs.replace(figure, kind=kind, part_of=base + total)
