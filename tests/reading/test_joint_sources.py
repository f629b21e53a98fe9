"""Several sources in a row, those whom 'they' and 'the group' stand for, and the words that are not theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.spoken import heard

from twosource.closed_sets import ActorKind
from twosource.knowledge.speakers import load_speakers
from twosource.reading.contents import in_clauses
from twosource.reading.signals import Utterance
from twosource.reading.speakers import Speakers
from twosource.reading.tree import Tree
from twosource.records import AttributionKind, Reading, Voice
from twosource.spans import Span

Read = Callable[[str], Reading]
WORDS = load_speakers()


def at(text: str, words: str) -> Span:
    return Span(start := text.rindex(words), start + len(words))


def names(read: Read, text: str, words: str) -> list[str]:
    return [voice.name for voice in Speakers(Tree(read(text)), WORDS).voices(at(text, words), ())]


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        (
            "The bridge fell, according to Ardanian media, officials and two drivers.",
            "Ardanian media, officials and two drivers",
            ["Ardanian media", "officials", "two drivers"],
        ),
        (
            "His parents, Ilan Moro and Dana Levin, said the bridge fell.",
            "His parents, Ilan Moro and Dana Levin",
            ["Ilan Moro", "Dana Levin"],
        ),
        (
            "The bridge fell, according to Ardanian official and private media outlets.",
            "Ardanian official and private media outlets",
            ["Ardanian official and private media outlets"],
        ),
        ("An official and two drivers said it fell.", "An official and two drivers", ["official", "two drivers"]),
    ],
)
def test_each_of_several_sources_is_named_whole(read: Read, text: str, words: str, wanted: list[str]) -> None:
    assert names(read, text, words) == wanted


def test_a_list_that_the_parse_hung_elsewhere_is_a_list_still(read: Read) -> None:
    text = (
        "According to information compiled by Interfax reporters from the media outlets of the Karesh Front, Ardanian "
        "media and opponents in Orle, the council sent soldiers."
    )
    words = text[text.index("the media") : text.index(", the council")]
    assert names(read, text, words) == ["media outlets of the Karesh Front", "Ardanian media", "opponents in Orle"]


def test_they_are_all_who_spoke_together(read: Read) -> None:
    text = "His parents, Ilan Moro and Dana Levin, said the bridge fell. They said it was old."
    said = at(text, "His parents, Ilan Moro and Dana Levin")
    speakers = Speakers(Tree(read(text)), WORDS)
    assert [voice.name for voice in speakers.voices(at(text, "They"), speakers.voices(said, ()))] == [
        "Ilan Moro",
        "Dana Levin",
    ]


def test_the_group_is_the_body_that_the_sentence_before_is_about(read: Read) -> None:
    text = "Ardania-backed groups came first. Korshal took the mill. Six months later the group said it held Orle."
    assert names(read, text, "the group") == ["Korshal"]


def test_the_group_is_no_person_of_the_sentence_before(read: Read) -> None:
    text = "Ilan Moro left. Moro took the mill. Six months later the group said it held Orle."
    assert names(read, text, "the group") == ["group"]


def test_an_assembly_that_spoke_is_the_group_and_a_ministry_is_not(read: Read) -> None:
    text = "The bridge fell. The group said it was old."
    for name, wanted in (("Orle People's Assembly", "Orle People's Assembly"), ("Orle Ministry", "group")):
        before = [Voice(name=name, span=Span(0, 3), kind=ActorKind.ORGANISATION, said_at=Span(0, 3))]
        voices = Speakers(Tree(read(text)), WORDS).voices(at(text, "The group"), before)
        assert [voice.name for voice in voices] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("According to sources speaking to Reuters, the army left El Fasher.", "sources"),
        ("According to residents talking to a reporter, the army left Goma.", "residents"),
        ("According to sources working at the harbour, the army left Odesa.", "sources working at the harbour"),
    ],
)
def test_to_whom_sources_speak_is_no_part_of_who_they_are(read: Read, text: str, wanted: str) -> None:
    assert names(read, text, text[len("According to ") : text.index(",")]) == [wanted]


def contents(read: Read, text: str, source: str, cue: str, content: str) -> list[str]:
    utterance = Utterance(cue=at(text, cue), source=(at(text, source),), content=(at(text, content),), score=1.0)
    return [
        span.of(text) for span in in_clauses(Tree(read(text)), utterance, utterance.content, WORDS.wordings.reporting)
    ]


@pytest.mark.parametrize(
    ("text", "content", "wanted"),
    [
        ("It turned back as rebels shell the road, according to Moro.", "shell the road", "rebels shell the road"),
        ("The convoy turned back, according to Moro.", "turned back", "The convoy turned back"),
        (
            "Jets intensify attacks on Orle, including a strike on a camp that killed nine people, according to Moro.",
            "Jets intensify attacks on Orle, including a strike on a camp that killed nine people",
            "a strike on a camp that killed nine people",
        ),
        (
            "Jets attacked Orle, including a strike on a camp that killed nine people, according to Moro.",
            "Jets attacked Orle, including a strike on a camp that killed nine people",
            "Jets attacked Orle, including a strike on a camp that killed nine people",
        ),
        ("Rebels joined the Front (KF), according to Moro.", "joined the Front (KF", "Rebels joined the Front"),
        (
            "The army backs the council while arming a militia, after a week of talks, according to Moro.",
            "The army backs the council",
            "The army backs the council while arming a militia",
        ),
        (
            "The army backs the council while saying that it arms nobody, according to Moro.",
            "The army backs the council",
            "The army backs the council",
        ),
    ],
)  # fmt: skip
def test_what_is_said_has_its_subject_and_only_its_own_clause(read: Read, text: str, content: str, wanted: str) -> None:
    assert contents(read, text, "Moro", "according to", content) == [wanted]


def test_as_reported_belongs_to_the_clause_before_it(read: Read) -> None:
    text = "Proof of their presence is the fact that three generals have been killed in Orle, as reported by Moro."
    content = text[: text.index(", as reported")]
    wanted = "three generals have been killed in Orle"
    assert contents(read, text, "Moro", "as reported by", content) == [wanted]
    text = "Three generals have been killed in Orle, as reported by Moro."
    content = text[: text.index(", as reported")]
    assert contents(read, text, "Moro", "as reported by", content) == [content]


def test_what_leads_up_to_the_words_of_a_source_is_the_reports_own(read: Read) -> None:
    text = "Dozens arrived overnight as bridges fell, said Moro."
    found, _ = heard(read(text), ("Moro", "said", "bridges fell"))
    assert [(one.kind, one.sources) for one in found if one.rule == "own-clause"] == [(AttributionKind.OWN, ())]
