from tests.tokens import parsed

from twosource.closed_sets import ActorKind
from twosource.knowledge.speakers import load_speakers
from twosource.reading.speakers import Speakers
from twosource.reading.tree import Tree
from twosource.records import Voice
from twosource.spans import Span

WORDS = load_speakers()


def speakers(*rows):
    tree = Tree(parsed(*rows))
    return Speakers(tree, WORDS), tree.text


def said(text, words, at=0):
    start = text.index(words, at)
    return Span(start, start + len(words))


def names(rows, words, before=()):
    known, text = speakers(*rows)
    return [voice.name for voice in known.voices(said(text, words), before)]


MAYOR = (
    "Mayor Mayor PROPN NNP compound 2", "Ilan Ilan PROPN NNP compound 2", "Moro Moro PROPN NNP nsubj 3",
    "left leave VERB VBD ROOT 3", "; ; PUNCT : punct 3", "Moro Moro PROPN NNP nsubj 6", "spoke speak VERB VBD conj 3",
)  # fmt: skip
SOURCES = (
    "two two NUM CD nummod 2", "Lebanese lebanese ADJ JJ amod 2", "sources source NOUN NNS nsubj 3",
    "said say VERB VBD ROOT 3", "; ; PUNCT : punct 3", "the the DET DT det 6", "sources source NOUN NNS nsubj 7",
    "added add VERB VBD conj 3",
)  # fmt: skip
HE = ("He he PRON PRP nsubj 1", "added add VERB VBD ROOT 1")


def voice(name, kind):
    return Voice(name=name, span=Span(0, 1), kind=kind, said_at=Span(0, 1))


def test_a_title_is_no_part_of_a_name():
    assert names(MAYOR, "Mayor Ilan Moro") == ["Ilan Moro"]


def test_a_surname_stands_for_the_full_name():
    known, text = speakers(*MAYOR)
    (found,) = known.voices(said(text, "Moro", text.index(";")), ())
    assert (found.name, found.span.of(text), found.said_at.of(text)) == ("Ilan Moro", "Ilan Moro", "Moro")
    assert found.kind is ActorKind.PERSON


def test_anonymous_sources_keep_their_number_and_what_describes_them():
    known, text = speakers(*SOURCES)
    (found,) = known.voices(said(text, "two Lebanese sources"), ())
    assert (found.name, found.count, found.kind) == ("two Lebanese sources", 2, ActorKind.ANONYMOUS)


def test_the_sources_are_those_named_before():
    assert names(SOURCES, "the sources") == ["two Lebanese sources"] or names(SOURCES, "the sources") == [
        "Lebanese sources"
    ]


def test_he_is_the_last_person_who_spoke():
    before = [voice("Ilan Moro", ActorKind.PERSON), voice("SANA", ActorKind.AGENCY)]
    assert names(HE, "He", before) == ["Ilan Moro"]


def test_he_is_nobody_where_no_person_spoke():
    assert names(HE, "He", [voice("SANA", ActorKind.AGENCY)]) == []


def test_it_is_the_last_body_that_spoke():
    before = [voice("SANA", ActorKind.AGENCY), voice("Ilan Moro", ActorKind.PERSON)]
    assert names(("It it PRON PRP nsubj 1", "added add VERB VBD ROOT 1"), "It", before) == ["SANA"]


def test_a_statement_speaks_for_its_issuer():
    rows = (
        "A a DET DT det 1", "statement statement NOUN NN nsubj 5", "from from ADP IN prep 1", "the the DET DT det 4",
        "ministry ministry NOUN NN pobj 2", "said say VERB VBD ROOT 5",
    )  # fmt: skip
    assert names(rows, "A statement from the ministry") == ["ministry"]


def test_two_who_speak_together_are_two_voices():
    rows = (
        "Residents resident NOUN NNS nsubj 3", "and and CCONJ CC cc 0", "medics medic NOUN NNS conj 0",
        "said say VERB VBD ROOT 3",
    )  # fmt: skip
    assert names(rows, "Residents and medics") == ["Residents", "medics"]


def test_an_acronym_stands_for_the_name_that_spells_it_out():
    rows = (
        "Karesh Karesh PROPN NNP compound 2", "Defence Defence PROPN NNP compound 2", "Force Force PROPN NNP nsubj 3",
        "said say VERB VBD ROOT 3", "; ; PUNCT : punct 3", "KDF KDF PROPN NNP nsubj 6", "added add VERB VBD conj 3",
    )  # fmt: skip
    assert names(rows, "KDF") == ["Karesh Defence Force"]


def test_a_name_with_of_keeps_it():
    rows = (
        "Ministry Ministry PROPN NNP nsubj 3", "of of ADP IN prep 0", "Defence Defence PROPN NNP pobj 1",
        "said say VERB VBD ROOT 3",
    )  # fmt: skip
    assert names(rows, "Ministry of Defence") == ["Ministry of Defence"]


def test_where_a_source_works_belongs_to_its_description():
    rows = (
        "A a DET DT det 1", "source source NOUN NN nsubj 5", "at at ADP IN prep 1", "Karesh Karesh PROPN NNP amod 4",
        "Harbour Harbour PROPN NNP pobj 2", "said say VERB VBD ROOT 5",
    )  # fmt: skip
    assert names(rows, "A source at Karesh Harbour") == ["source at Karesh Harbour"]


def test_words_outside_the_text_stand_for_nobody():
    known, _ = speakers(*HE)
    assert known.voices(Span(500, 505), ()) == ()


def test_a_head_of_something_named_behind_it_goes_by_the_name():
    rows = (
        "Head Head PROPN NNP nsubj 7", "of of ADP IN prep 0", "operations operation NOUN NNS pobj 1",
        "General General PROPN NNP compound 5", "Ilan Ilan PROPN NNP compound 5", "Moro Moro PROPN NNP appos 0",
        ", , PUNCT , punct 0", "said say VERB VBD ROOT 7",
    )  # fmt: skip
    assert names(rows, "Head of operations General Ilan Moro") == ["Ilan Moro"]


def test_the_president_is_the_person_named_with_that_title():
    rows = (
        "President President PROPN NNP compound 2", "Ilan Ilan PROPN NNP compound 2", "Moro Moro PROPN NNP nsubj 3",
        "left leave VERB VBD ROOT 3", "; ; PUNCT : punct 3", "the the DET DT det 6",
        "president president NOUN NN nsubj 7", "spoke speak VERB VBD conj 3",
    )  # fmt: skip
    assert names(rows, "the president") == ["Ilan Moro"]


def test_the_monitor_is_the_observatory_of_the_report():
    rows = (
        "Border Border PROPN NNP compound 1", "Observatory Observatory PROPN NNP nsubj 4", "for for ADP IN prep 1",
        "Peace Peace PROPN NNP pobj 2", "spoke speak VERB VBD ROOT 4", "; ; PUNCT : punct 4", "a a DET DT det 7",
        "monitor monitor NOUN NN nsubj 8", "added add VERB VBD conj 4",
    )  # fmt: skip
    assert names(rows, "a monitor") == ["Border Observatory for Peace"]


def test_days_are_no_part_of_a_name():
    rows = (
        "Moro Moro PROPN NNP nsubj 2", "Thursday Thursday PROPN NNP npadvmod 2", "said say VERB VBD ROOT 2",
    )  # fmt: skip
    assert names(rows, "Moro Thursday") == ["Moro"]


def test_a_cut_off_source_grows_to_its_noun():
    rows = (
        "the the DET DT det 2", "Ardan Ardan ADJ JJ amod 2", "army army NOUN NN nsubj 3", "said say VERB VBD ROOT 3",
    )  # fmt: skip
    assert names(rows, "the Ardan") == ["Ardan army"]


def test_a_name_that_is_given_behind_a_noun_is_the_sources():
    rows = (
        "a a DET DT det 1", "witness witness NOUN NN nsubj 4", "named name VERB VBN acl 1",
        "Dana Dana PROPN NNP oprd 2", "said say VERB VBD ROOT 4",
    )  # fmt: skip
    assert names(rows, "a witness named Dana") == ["Dana"]


def test_and_joins_no_two_names():
    rows = (
        "Reuters Reuters PROPN NNP nsubj 3", "and and CCONJ CC cc 0", "SANA SANA PROPN NNP conj 0",
        "said say VERB VBD ROOT 3",
    )  # fmt: skip
    assert names(rows, "Reuters and SANA") == ["Reuters", "SANA"]


def test_its_office_speaks_for_the_body():
    rows = (
        "Ardan Ardan PROPN NNP compound 2", "Border Border PROPN NNP compound 2", "Ministry Ministry PROPN NNP nsubj 3",
        "answered answer VERB VBD ROOT 3", "; ; PUNCT : punct 3", "its its PRON PRP$ poss 7",
        "media media NOUN NN compound 7", "office office NOUN NN nsubj 8", "wrote write VERB VBD conj 3",
    )  # fmt: skip
    assert names(rows, "its media office") == ["Ardan Border Ministry"]


def test_who_stands_for_the_noun_before_it():
    rows = (
        "a a DET DT det 2", "border border NOUN NN compound 2", "guard guard NOUN NN nsubj 5",
        "who who PRON WP nsubj 4", "said say VERB VBD relcl 2", "left leave VERB VBD ROOT 5",
    )  # fmt: skip
    assert names(rows, "who") == ["border guard"]


def test_whoever_has_the_word_is_no_part_of_the_source():
    rows = (
        "ODEH ODEH PROPN NNP ROOT 0", ": : PUNCT : punct 0", "The the DET DT det 3", "army army NOUN NN nsubj 4",
        "fired fire VERB VBD parataxis 0",
    )  # fmt: skip
    assert names(rows, "ODEH : The army") == ["army"]


def test_several_persons_are_not_he():
    rows = (
        "Doctors doctor NOUN NNS nsubj 1", "spoke speak VERB VBD ROOT 1", "; ; PUNCT : punct 1",
        "he he PRON PRP nsubj 4", "left leave VERB VBD conj 1",
    )  # fmt: skip
    known, text = speakers(*rows)
    doctors = known.voices(said(text, "Doctors"), ())
    assert known.voices(said(text, "he"), doctors) == ()


def test_a_document_seen_by_an_agency_is_not_the_agencys():
    rows = (
        "a a DET DT det 2", "UN UN PROPN NNP compound 2", "document document NOUN NN pobj 2", "seen see VERB VBN acl 2",
        "by by ADP IN agent 3", "AFP AFP PROPN NNP pobj 4",
    )  # fmt: skip
    assert names(rows, "a UN document seen by AFP") == ["UN document"]


def test_he_is_who_the_sentence_before_names_beside_its_subject():
    rows = (
        "our our PRON PRP$ poss 1", "minister minister NOUN NN nsubj 4", "Ilan Ilan PROPN NNP compound 3",
        "Moro Moro PROPN NNP appos 1", "left leave VERB VBD ROOT 4", "; ; PUNCT : punct 4", "he he PRON PRP nsubj 7",
        "spoke speak VERB VBD conj 4",
    )  # fmt: skip
    assert names(rows, "he") == ["Ilan Moro"]


def test_the_second_source_is_another_than_the_first():
    rows = (
        "one one NUM CD nummod 1", "source source NOUN NN nsubj 2", "said say VERB VBD ROOT 2", "; ; PUNCT : punct 2",
        "the the DET DT det 6", "second second ADJ JJ amod 6", "source source NOUN NN nsubj 7",
        "added add VERB VBD conj 2",
    )  # fmt: skip
    known, text = speakers(*rows)
    first = known.voices(said(text, "one source"), ())
    assert [v.name for v in known.voices(said(text, "the second source"), first)] == ["second source"]


def test_two_countries_officials_are_told_together():
    rows = (
        "Ardan ardan ADJ JJ amod 4", "and and CCONJ CC cc 0", "Teyan teyan ADJ JJ conj 0",
        "military military ADJ JJ amod 4", "sources source NOUN NNS nsubj 5", "spoke speak VERB VBD ROOT 5",
    )  # fmt: skip
    assert names(rows, "Ardan and Teyan military sources") == ["Ardan and Teyan military sources"]


def test_two_who_speak_together_are_not_the_same():
    rows = (
        "the the DET DT det 2", "Border Border PROPN NNP compound 2", "Observatory Observatory PROPN NNP nsubj 6",
        "and and CCONJ CC cc 2", "the the DET DT det 5", "monitor monitor NOUN NN conj 2",
        "spoke speak VERB VBD ROOT 6",
    )  # fmt: skip
    assert names(rows, "the Border Observatory and the monitor") == ["Border Observatory", "monitor"]


def test_an_outlet_that_spoke_is_not_the_group():
    rows = ("the the DET DT det 1", "group group NOUN NN nsubj 2", "spoke speak VERB VBD ROOT 2")
    before = (voice("Border Watch", ActorKind.ORGANISATION), voice("Karesh Radio", ActorKind.OUTLET))
    assert names(rows, "the group", before) == ["Border Watch"]
    assert names(rows, "the group", before[1:]) == ["group"]


def test_a_body_told_by_where_it_sits_is_the_one_that_spoke():
    rows = (
        "The the DET DT det 4", "Ardan Ardan PROPN NNP npadvmod 3", "- - PUNCT HYPH punct 3",
        "based base VERB VBN amod 4", "group group NOUN NN nsubj 5", "spoke speak VERB VBD ROOT 5",
    )  # fmt: skip
    before = (voice("Border Watch", ActorKind.ORGANISATION),)
    assert names(rows, "The Ardan - based group", before) == ["Border Watch"]


def test_a_title_beside_a_verb_is_no_title_of_the_name():
    rows = (
        "The the DET DT det 1", "president president NOUN NN nsubj 2", "praised praise VERB VBD ROOT 2",
        "Ilan Ilan PROPN NNP compound 4", "Moro Moro PROPN NNP dobj 2", ". . PUNCT . punct 2",
        "The the DET DT det 7", "president president NOUN NN nsubj 8", "spoke speak VERB VBD ROOT 8",
    )  # fmt: skip
    known, text = speakers(*rows)
    assert [one.name for one in known.voices(said(text, "The president", 9), ())] == ["president"]


def test_he_is_who_is_described_just_before():
    rows = (
        "A a DET DT det 1", "driver driver NOUN NN nsubj 2", "left leave VERB VBD ROOT 2", ". . PUNCT . punct 2",
        "He he PRON PRP nsubj 5", "spoke speak VERB VBD ROOT 5",
    )  # fmt: skip
    assert names(rows, "He") == ["driver"]


def test_only_a_body_that_both_or_neither_name_parts_is_the_same():
    assert WORDS.are_apart(["Ardan", "army"], ["Free", "Ardan", "Army"])
    assert not WORDS.are_apart(["the", "Free", "Army"], ["Free", "Ardan", "Army"])
    assert not WORDS.are_apart(["Ardan", "army"], ["Ardan", "Border", "Army"])


def test_an_outlet_behind_a_long_row_of_names_is_a_name_apart():
    rows = [f"Karesh Karesh PROPN NNP compound {n + 1}" for n in range(300)]
    asked: list[str] = []

    def is_outlet(name: str) -> bool:
        asked.append(name)
        return name == "Reuters"

    known = Speakers(Tree(parsed(*rows, "Reuters Reuters PROPN NNP ROOT 300")), WORDS, is_outlet)
    assert [len(run) for run in known.phrases.names.runs] == [300, 1]
    assert len([name for name in asked if len(name.split()) > 60]) <= 1


def test_a_title_within_a_name_is_cut_off_with_what_stands_before_it():
    rows = (
        "Karesh Karesh PROPN NNP compound 3", "Mayor Mayor PROPN NNP compound 3", "Ilan Ilan PROPN NNP compound 3",
        "Moro Moro PROPN NNP nsubj 4", "left leave VERB VBD ROOT 4",
    )  # fmt: skip
    known, text = speakers(*rows)
    assert [span.of(text) for span in known.phrases.names.spans] == ["Ilan Moro"]
    rows = ("The The PROPN NNP compound 2", "Mayor Mayor PROPN NNP compound 2", "Ministry Ministry PROPN NNP ROOT 2")
    known, text = speakers(*rows)
    assert [span.of(text) for span in known.phrases.names.spans] == ["Mayor Ministry"]
