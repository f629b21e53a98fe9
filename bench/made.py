"""Made reports: a project of any size whose copies, rewrites and events are known, read without a network or a model.

``fill_project(project, count)`` writes so many reports with their claims, as if they had been read; nothing is related,
identified or gathered yet (``relate``, ``identify`` and ``gather`` do that). Or by hand, with all three:

    python -m bench.made made.db 10000 --together

Wars, days, towns, actors and figures are drawn by dice of a seed, so that the same call makes the same project, and
report number 5,000 is the same however many come before it. Towns are those of the gazetteer; nothing told of them is
true. Claims are those of coded sentences (see ``bench.made_words``) with other names in them.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import itertools
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select, update

from bench.made_words import Template, filler, other_words, reworded, templates
from bench.made_writer import FINGERPRINT, MadeSentence, Story, Writer
from twosource.closed_sets import ClaimType
from twosource.corpus_records import Relation
from twosource.gathering import gather
from twosource.identifying import identify
from twosource.ids import digest_of
from twosource.knowledge.actors import load_actor_table, load_agencies
from twosource.knowledge.event_rules import load_event_rules
from twosource.knowledge.gazetteer import Gazetteer, GazetteerPlace
from twosource.records import Reading, Report
from twosource.relating import relate
from twosource.store import Project, open_project, tables, write
from twosource.store.layers import pack_layers

__all__ = ["FINGERPRINT", "Made", "fill_project", "made_reports", "truth"]

PER_DAY = 100
"""Reports of one day: a project of 100,000 covers nearly three years, one of a million 27."""

_FIRST_DAY = datetime.date(1997, 1, 6)
_WARS = ("SY", "IQ", "YE", "UA", "SD", "ML", "CD", "AF", "MM", "SO", "LY", "NG")
_AT_ONCE = 500  # reports written in one transaction
_OUTLETS = 150
_SYLLABLES = (
    *("ka", "ren", "do", "mal", "ti", "sur", "ba", "hel", "no", "vir"),
    *("ash", "el", "tam", "or", "gu", "dis", "fa", "lem", "ra", "zo"),
)
_FORMS = ("{} Brigade", "Liwa {}", "{} Front", "Army of {}", "{} Battalions", "{} Martyrs Brigade", "Jaysh {}")
_STOCK = (
    "The claims could not be verified independently and reporters have no access to the area",
    "This story was updated with further details and a statement by the authorities there",
    "Additional reporting by staff in the region and editing by the desk in the capital",
    "Follow our live coverage of the war and sign up for the morning letter from our correspondents",
)


class Made(NamedTuple):
    """A made report as it is read, the number of its story, and what it is to the story's first report."""

    reading: Reading
    story: int
    kind: Relation | None


def fill_project(project: Project, count: int, *, first: int = 0, seed: int = 1) -> int:
    """Writes the made reports from number ``first`` on into the project, ``count`` of them; returns their claims."""
    run, claims = write.start_run(project, FINGERPRINT), 0
    made = made_reports(first, count, seed=seed)
    while some := [one.reading for one in itertools.islice(made, _AT_ONCE)]:
        write.keep_batch(project, run, FINGERPRINT, write.Batch(reports=tuple(one.report for one in some)))
        with project.writing() as connection:
            _keep_readings(connection, run, some)
        claims += sum(len(one.claims) for one in some)
    write.finish_run(project, run, _Counts(reports_new=count, claims=claims))
    return claims


def _keep_readings(connection: Connection, run: int, readings: Sequence[Reading]) -> None:
    """What the store keeps of readings that are new to it, in as many statements as there are tables."""
    last = connection.execute(select(func.max(tables.reading.c.number))).scalar() or 0
    numbered = list(enumerate(readings, last + 1))
    rows = [
        {
            "number": number,
            "report": one.report.digest,
            "fingerprint": FINGERPRINT,
            "current": True,
            "run": run,
            "claims": len(one.claims),
            "issues": 0,
            "layers": pack_layers(one),
        }
        for number, one in numbered
    ]
    connection.execute(insert(tables.reading), rows)
    counted = [{"_digest": one.report.digest, "_claims": len(one.claims)} for one in readings]
    theirs = tables.report.c.digest == bindparam("_digest")
    connection.execute(update(tables.report).where(theirs).values(claims=bindparam("_claims")), counted)
    write.keep_claims(connection, numbered)


class _Counts(msgspec.Struct):
    reports_new: int
    claims: int


def made_reports(first: int, count: int, *, seed: int = 1) -> Iterator[Made]:
    """The made reports from number ``first`` on, in order of their numbers."""
    for story, start, kinds in _plan(first, count, seed):
        told = _story(story, start, seed)
        for at, kind in enumerate(kinds):
            if first <= start + at < first + count:
                yield Made(_reading(told, start + at, at, kind, seed), story, kind)


def truth(first: int, count: int, *, seed: int = 1) -> dict[tuple[str, str], Relation]:
    """How the pairs of the first report of each story with its copies are related; all others are independent."""
    found: dict[tuple[str, str], Relation] = {}
    for _, start, kinds in _plan(first, count, seed):
        for at, kind in enumerate(kinds):
            if kind not in (None, Relation.NONE) and first <= start and start + at < first + count:
                found[_id(start), _id(start + at)] = kind
    return found


def _id(number: int) -> str:
    return f"made-{number:07d}"


def _plan(first: int, count: int, seed: int) -> Iterator[tuple[int, int, tuple[Relation | None, ...]]]:
    """The stories with a report in the range: number, number of their first report, what each report is to it."""
    start = 0
    for story in itertools.count():
        kinds = _kinds(random.Random(f"{seed} kinds {story}"))
        if start >= first + count:
            return
        if start + len(kinds) > first:
            yield story, start, kinds
        start += len(kinds)


def _kinds(dice: random.Random) -> tuple[Relation | None, ...]:
    """None for the first report; half of all stories have no other."""
    if dice.random() < 0.5:
        return (None,)
    more = min(9, 1 + int(dice.expovariate(0.5)))
    choices = (Relation.REPRINT, Relation.REWRITE, Relation.UPDATE, Relation.NONE)
    return (None, *dice.choices(choices, weights=(4, 2, 1, 3), k=more))


@functools.cache
def _towns() -> dict[str, list[list[GazetteerPlace]]]:
    """The towns of each war by province, of provinces with three and more."""
    gazetteer = Gazetteer.open(str(files("twosource").joinpath("data/places.bin")))
    found: dict[str, dict[str, list[GazetteerPlace]]] = {war: defaultdict(list) for war in _WARS}
    for row in range(len(gazetteer)):
        place = gazetteer._read_place(row)
        if place.country in found and place.precision == "town" and place.admin1:
            found[place.country][place.admin1].append(place)
    return {war: [towns for _, towns in sorted(of.items()) if len(towns) >= 3] for war, of in found.items()}


@functools.cache
def _known_actors(war: str) -> tuple[str, ...]:
    rows = (row for row in load_actor_table().rows if war in row.country)
    return tuple(name for row in rows for name in (row.name, *row.aliases))


@functools.cache
def _outlets() -> tuple[str, ...]:
    known = [row.name for row in load_agencies().rows][: _OUTLETS // 3]
    return (*known, *(f"{_invented(number)} Herald" for number in range(_OUTLETS - len(known))))


def _invented(number: int) -> str:
    """A made name, another for each number."""
    parts = []
    number += len(_SYLLABLES)
    while number:
        number, digit = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[digit])
    return "".join(parts).capitalize()


def _actor(war: str, dice: random.Random) -> str:
    """A name of the tables, a made group or a made person; the later made names are rarer, and there is no last one."""
    luck, number = dice.random(), int(dice.paretovariate(0.7))
    if luck < 0.45:
        return dice.choice(_known_actors(war))
    if luck < 0.75:
        return _FORMS[number % len(_FORMS)].format(_invented(number * len(_WARS) + _WARS.index(war)))
    return f"{_invented(number % 97)} {_invented(number)}"


@functools.cache
def _telling() -> tuple[tuple[Template, ...], tuple[Template, ...]]:
    """Coded sentences that tell of an occurrence at a place, fit for a lead, and all of them."""
    rules, every = load_event_rules(), templates()
    leads = [
        one
        for one in every
        if any(rules.is_occurrence(ClaimType(row["type"])) and row["places"] for row in one.claims)
        and any(slot.kind == "place" for slot in one.slots)
    ]
    return tuple(leads), every


def _story(number: int, start: int, seed: int) -> Story:
    dice = random.Random(f"{seed} story {number}")
    war = dice.choice(_WARS)
    day = _FIRST_DAY + datetime.timedelta(days=start // PER_DAY)
    places = dice.sample(dice.choice(_towns()[war]), 3)
    toll = 1 + int(dice.expovariate(0.06))
    fills = {("place", at): place.name for at, place in enumerate(places)}
    fills.update((("actor", at), _actor(war, dice)) for at in range(6))
    fills.update((("number", at), str(toll if not at else dice.randint(2, 90))) for at in range(5))
    fills.update((("day", at), f"{day - datetime.timedelta(days=1):%A}") for at in range(2))
    return Story(number, day, war, fills, {one.name: one for one in places}, toll, _sentences(dice))


def _sentences(dice: random.Random) -> tuple[MadeSentence, ...]:
    leads, every = _telling()
    found = [_coded_sentence(dice.choice(leads), dice)]
    for _ in range(dice.randint(4, 9)):
        found.append(MadeSentence(None, tuple(filler(dice, dice.randint(12, 26)))))
        found.append(_coded_sentence(dice.choice(every), dice))
    return tuple(found)


def _coded_sentence(template: Template, dice: random.Random) -> MadeSentence:
    return MadeSentence(template, other_words(template, dice))


def _reading(story: Story, number: int, at: int, kind: Relation | None, seed: int) -> Reading:
    """The reading of the story's report that is number ``at`` of it."""
    dice = random.Random(f"{seed} report {number}")
    sentences = _told(story, kind, dice)
    late = 1 if kind is Relation.UPDATE else dice.choice((0, 0, 0, 1)) if at else 0
    toll = story.toll + dice.randint(1, 9) if kind is Relation.UPDATE else story.toll
    fills = {**story.fills, ("number", 0): str(toll)}
    place = next(iter(story.places))
    title = f"{dice.choice(('Reports of', 'News of', 'What is known of', 'Attack at'))} {place} {story.number}"
    writer = Writer(f"{title}\n\n", fills, story)
    for sentence in sentences:
        writer.add(sentence)
    outlet = dice.choice(_outlets())
    writer.add(MadeSentence(None, tuple(_background(story, seed))))
    if dice.random() < 0.3:
        writer.add(MadeSentence(None, tuple(dice.choice(_STOCK).split())))
    published = story.day + datetime.timedelta(days=late)
    report = Report(
        id=_id(number),
        text=writer.text,
        body=len(title) + 2,
        title=title,
        outlet=outlet,
        published=published,
        language="en",
        digest=digest_of("made", _id(number), writer.text, outlet, str(published)),
    )
    return writer.reading(report, story)


def _background(story: Story, seed: int) -> list[str]:
    """A sentence that reports of one war repeat for a month."""
    dice = random.Random(f"{seed} war {story.war} {story.day.year} {story.day.month} {story.number % 3}")
    return filler(dice, 20)


def _told(story: Story, kind: Relation | None, dice: random.Random) -> Sequence[MadeSentence]:
    """The story's sentences as a report of this kind has them."""
    if kind is Relation.NONE:
        return (_coded_sentence(_alike(story.sentences[0], dice), dice), *_sentences(dice)[1:])
    if kind is Relation.REPRINT and dice.random() < 0.5:
        return story.sentences[: max(3, len(story.sentences) * 2 // 3)]
    if kind is Relation.REWRITE:
        told = [
            one if one.template else one._replace(words=tuple(reworded(one.words, dice))) for one in story.sentences
        ]
        return (told[0], *(one for one in told[1:] if dice.random() < 0.85))
    if kind is Relation.UPDATE:
        return (story.sentences[0], *_sentences(dice)[1:4], *story.sentences[1:])
    return story.sentences


def _alike(lead: MadeSentence, dice: random.Random) -> Template:
    """Another coded sentence for what a lead tells: one of its first claim's type."""
    assert lead.template is not None
    return dice.choice(_leads_of(lead.template.claims[0]["type"]) or (lead.template,))


@functools.cache
def _leads_of(type_: str) -> tuple[Template, ...]:
    return tuple(one for one in _telling()[0] if any(row["type"] == type_ for row in one.claims))


def main() -> None:
    """Makes a project file, or adds to one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=0, help="number of the first report")
    parser.add_argument("--together", action="store_true", help="relate, identify and gather them too")
    asked = parser.parse_args()
    with open_project(asked.file, create=True) as project:
        begun = time.process_time()
        claims = fill_project(project, asked.count, first=asked.first)
        print(f"{asked.count} reports with {claims} claims: {time.process_time() - begun:.0f} s of processor time")
        for stage in (relate, identify, gather) if asked.together else ():
            begun = time.process_time()
            stage(project)
            print(f"{stage.__name__}: {time.process_time() - begun:.0f} s of processor time")


if __name__ == "__main__":
    main()
