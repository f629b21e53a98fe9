"""The layer over a reader made by hand: no weights, no parser."""

from tests.spoken import layer

from twosource.closed_sets import ActorKind, Stance
from twosource.records import AttributionKind

SAID = (
    "Moro Moro PROPN NNP nsubj 1", "told tell VERB VBD ROOT 1", "Reuters Reuters PROPN NNP dobj 1",
    "the the DET DT det 4", "bridge bridge NOUN NN nsubj 6", "had have AUX VBD aux 6", "fallen fall VERB VBN ccomp 1",
)  # fmt: skip
DENIED = ("Moro Moro PROPN NNP nsubj 1", "denied deny VERB VBD ROOT 1", "it it PRON PRP dobj 1")


def test_source_cue_and_content_are_kept_with_their_spans():
    (found,), text = layer(SAID, ("Moro", "told Reuters", "the bridge had fallen"))
    assert [voice.name for voice in found.sources] == ["Moro"]
    assert found.cue.of(text) == "told Reuters"
    assert [span.of(text) for span in found.content] == ["the bridge had fallen"]
    assert (found.kind, found.stance, found.counts) == (AttributionKind.INDIRECT, Stance.ASSERTS, True)


def test_the_agency_that_was_told_is_the_relay():
    (found,), _ = layer(SAID, ("Moro", "told", "the bridge had fallen"))
    assert [voice.name for voice in found.via] == ["Reuters"]


def test_a_denial_denies():
    (found,), _ = layer(DENIED, ("Moro", "denied", "it"))
    assert found.stance is Stance.DENIES


def test_words_that_the_reader_takes_for_nobodys_do_not_count():
    (found,), _ = layer(SAID, ("Moro", "told", "the bridge had fallen"), voiced=0.1)
    assert not found.counts


def test_speech_without_a_source_does_not_count():
    rows = (
        "It it PRON PRP nsubjpass 2", "was be AUX VBD auxpass 2", "said say VERB VBN ROOT 2",
        "bridges bridge NOUN NNS nsubj 4", "fell fall VERB VBD ccomp 2",
    )  # fmt: skip
    (found,), _ = layer(rows, (None, "said", "bridges fell"))
    assert (found.sources, found.counts) == ((), False)


def test_a_verb_for_which_the_reader_tells_nobody_takes_its_subject():
    (found,), _ = layer(SAID, (None, "told", "the bridge had fallen"))
    assert ([voice.name for voice in found.sources], found.counts) == (["Moro"], True)


def test_a_pronoun_that_nobody_is_found_for_stands_as_written_and_does_not_count():
    rows = ("We we PRON PRP nsubj 1", "said say VERB VBD ROOT 1", "bridges bridge NOUN NNS nsubj 3", "fell fall VERB VBD ccomp 1")  # fmt: skip  # noqa: E501
    (found,), _ = layer(rows, ("We", "said", "bridges fell"))
    assert ([voice.name for voice in found.sources], found.counts) == (["We"], False)


def test_who_is_fought_in_a_clause_set_off_is_not_who_speaks():
    rows = (
        "Rebels rebel NOUN NNS nsubj 5", ", , PUNCT , punct 0", "fighting fight VERB VBG acl 0",
        "Moro Moro PROPN NNP dobj 2", ", , PUNCT , punct 0", "said say VERB VBD ROOT 5",
        "bridges bridge NOUN NNS nsubj 7", "fell fall VERB VBD ccomp 5",
    )  # fmt: skip
    (found,), _ = layer(rows, ("Moro", "said", "bridges fell"))
    assert [voice.name for voice in found.sources] == ["Rebels"]


def test_what_is_only_cited_is_no_source():
    rows = (
        "Moro Moro PROPN NNP nsubj 1", "cited cite VERB VBD ROOT 1", "hardship hardship NOUN NN dobj 1",
        "as as ADP IN prep 1", "a a DET DT det 5", "reason reason NOUN NN pobj 3",
    )  # fmt: skip
    (found,), _ = layer(rows, ("Moro", "cited", "hardship as a reason"))
    assert [voice.name for voice in found.sources] == ["Moro"]


def test_whoever_something_was_learned_from_is_the_source_and_who_learned_it_the_relay():
    rows = (
        "Bridges bridge NOUN NNS nsubj 1", "fell fall VERB VBD ccomp 5", ", , PUNCT , punct 5",
        "Interfax Interfax PROPN NNP nsubj 5", "has have AUX VBZ aux 5", "learned learn VERB VBN ROOT 5",
        "from from ADP IN prep 5", "two two NUM CD nummod 8", "sources source NOUN NNS pobj 6",
    )  # fmt: skip
    (found,), _ = layer(rows, ("Interfax", "has learned", "Bridges fell"))
    assert [voice.name for voice in found.sources] == ["two sources"]
    assert [voice.name for voice in found.via] == ["Interfax"]


def test_words_in_quotation_marks_are_direct_speech():
    rows = (
        '" " PUNCT `` punct 3', "The the DET DT det 2", "bridge bridge NOUN NN nsubj 3", "fell fall VERB VBD ccomp 6",
        '" " PUNCT \'\' punct 6', "Moro Moro PROPN NNP nsubj 6", "said say VERB VBD ROOT 6",
    )  # fmt: skip
    (found,), _ = layer(rows, ("Moro", "said", "The bridge fell"))
    assert found.kind is AttributionKind.DIRECT


def test_an_outlet_that_reports_what_somebody_said_is_the_relay():
    rows = (
        "Interfax Interfax PROPN NNP nsubj 1", "reported report VERB VBD ROOT 1", "that that SCONJ IN mark 4",
        "Moro Moro PROPN NNP nsubj 4", "said say VERB VBD ccomp 1", "bridges bridge NOUN NNS nsubj 6",
        "fell fall VERB VBD ccomp 4",
    )  # fmt: skip
    outer = ("Interfax", "reported", "that Moro said bridges fell")
    found, _ = layer(rows, outer, ("Moro", "said", "bridges fell"))
    inner = next(one for one in found if one.sources[0].name == "Moro")
    assert [voice.name for voice in inner.via] == ["Interfax"]


def test_a_sentence_that_is_somebodys_word_keeps_the_last_source():
    rows = (
        *SAID,
        ". . PUNCT . punct 1",
        "Dozens dozen NOUN NNS nsubj 10",
        "were be AUX VBD aux 10",
        "evacuated evacuate VERB VBN ROOT 10",
        "overnight overnight ADV RB advmod 10",
    )
    found, text = layer(rows, ("Moro", "told Reuters", "the bridge had fallen"))
    carried = [one for one in found if one.rule == "carried"]
    assert [one.content[0].of(text) for one in carried] == ["Dozens were evacuated overnight"]
    assert carried[0].sources[0].name == "Moro"


def test_a_quiet_run_inside_a_content_is_the_reports_own_voice():
    rows = (
        "Moro Moro PROPN NNP nsubj 1", "said say VERB VBD ROOT 1", "Ardan-backed ardan-backed ADJ JJ amod 3",
        "fighters fighter NOUN NNS nsubj 4", "left leave VERB VBD ccomp 1",
    )  # fmt: skip
    found, text = layer(rows, ("Moro", "said", "Ardan-backed fighters left"), voiced=(0.9, 0.9, 0.05, 0.9, 0.9))
    (own,) = (one for one in found if one.kind is AttributionKind.OWN)
    assert (own.content[0].of(text), own.sources) == ("Ardan-backed", ())


def test_ids_depend_on_the_report_alone():
    first, _ = layer(SAID, ("Moro", "told", "the bridge had fallen"))
    again, _ = layer(SAID, ("Moro", "told", "the bridge had fallen"))
    assert [one.id for one in first] == [one.id for one in again]


def test_whom_an_agency_quotes_is_the_source_and_the_agency_the_relay():
    rows = (
        "Interfax Interfax PROPN NNP nsubj 1", "quoted quote VERB VBD ROOT 1", "a a DET DT det 3",
        "doctor doctor NOUN NN dobj 1", "as as ADP IN prep 1", "saying say VERB VBG pcomp 4",
        "bridges bridge NOUN NNS nsubj 7", "fell fall VERB VBD ccomp 5",
    )  # fmt: skip
    (found,), _ = layer(rows, ("Interfax", "quoted", "bridges fell"))
    assert ([v.name for v in found.sources], [v.name for v in found.via]) == (["doctor"], ["Interfax"])


def test_we_inside_a_quotation_does_not_count():
    rows = (
        '" " PUNCT `` punct 3', "We we PRON PRP nsubj 2", "think think VERB VBP ROOT 2",
        "bridges bridge NOUN NNS nsubj 4", "fell fall VERB VBD ccomp 2", '" " PUNCT \'\' punct 2',
    )  # fmt: skip
    (found,), _ = layer(rows, ("We", "think", "bridges fell"))
    assert not found.counts


def test_an_act_counts_only_in_quotation_marks():
    rows = ("Moro Moro PROPN NNP nsubj 1", "urged urge VERB VBD ROOT 1", "restraint restraint NOUN NN dobj 1")
    (found,), _ = layer(rows, ("Moro", "urged", "restraint"))
    assert not found.counts


def test_a_relation_in_a_modifier_is_the_reports_own_voice():
    rows = (
        "Moro Moro PROPN NNP nsubj 1", "said say VERB VBD ROOT 1", "rebel rebel NOUN NN compound 4",
        "- - PUNCT HYPH punct 4", "held hold VERB VBN amod 5", "Karesh Karesh PROPN NNP nsubj 6",
        "fell fall VERB VBD ccomp 1",
    )  # fmt: skip
    found, text = layer(rows, ("Moro", "said", "rebel - held Karesh fell"))
    (own,) = (one for one in found if one.kind is AttributionKind.OWN)
    assert own.content[0].of(text) == "rebel - held Karesh"


def test_whoever_was_told_is_not_the_source():
    (found,), _ = layer(SAID, ("Reuters", "told", "the bridge had fallen"))
    assert [voice.name for voice in found.sources] == ["Moro"]


def test_who_is_cited_behind_the_cue_is_the_source():
    rows = (
        "bridges bridge NOUN NNS nsubj 1", "fell fall VERB VBD ccomp 3", "Interfax Interfax PROPN NNP nsubj 3",
        "reported report VERB VBD ROOT 3", "citing cite VERB VBG dep 3", "diplomats diplomat NOUN NNS dobj 4",
    )  # fmt: skip
    (found,), _ = layer(rows, ("Interfax", "reported", "bridges fell"))
    assert ([v.name for v in found.sources], [v.name for v in found.via]) == (["diplomats"], ["Interfax"])


def test_all_that_a_source_says_is_one_speech():
    rows = (
        *SAID, ". . PUNCT . punct 1", "Dozens dozen NOUN NNS nsubj 10", "were be AUX VBD aux 10",
        "evacuated evacuate VERB VBN ROOT 10", "overnight overnight ADV RB advmod 10",
    )  # fmt: skip
    found, text = layer(rows, ("Moro", "told Reuters", "the bridge had fallen"))
    (whole,) = (one for one in found if one.rule == "speech")
    assert [span.of(text) for span in whole.content] == ["the bridge had fallen", "Dozens were evacuated overnight"]
    assert whole.sources[0].name == "Moro"


def test_a_relation_told_by_a_participle_is_the_reports_own_voice():
    rows = (
        "Moro Moro PROPN NNP nsubj 1", "said say VERB VBD ROOT 1", "fighters fighter NOUN NNS nsubj 6",
        "backed back VERB VBN acl 2", "by by ADP IN agent 3", "Ardan Ardan PROPN NNP pobj 4",
        "fled flee VERB VBD ccomp 1", "Karesh Karesh PROPN NNP dobj 6",
    )  # fmt: skip
    found, text = layer(rows, ("Moro", "said", "fighters backed by Ardan fled Karesh"))
    (own,) = (one for one in found if one.kind is AttributionKind.OWN)
    assert (own.content[0].of(text), own.sources) == ("fighters backed by Ardan", ())


def test_a_headline_that_the_lead_repeats_keeps_its_source():
    rows = (
        "Raid raid NOUN NN nsubj 1", "kills kill VERB VBZ ROOT 1", "nine nine NUM CD dobj 1",
        "in in ADP IN prep 1", "Karesh Karesh PROPN NNP pobj 3", ": : PUNCT : punct 1", "Nine nine NUM CD nsubj 8",
        "were be AUX VBD auxpass 8", "killed kill VERB VBN ccomp 16", "in in ADP IN prep 8", "a a DET DT det 11",
        "raid raid NOUN NN pobj 9", "on on ADP IN prep 11", "Karesh Karesh PROPN NNP pobj 12", ", , PUNCT , punct 16",
        "police police NOUN NNS nsubj 16", "said say VERB VBD ROOT 16",
    )  # fmt: skip
    found, text = layer(rows, ("police", "said", "Nine were killed in a raid on Karesh"))
    (carried,) = (one for one in found if one.rule == "headline")
    assert carried.content[0].of(text).startswith("Raid kills nine in Karesh")
    assert carried.sources[0].name == "police"


def test_the_passive_of_quoting_names_source_and_relay():
    rows = (
        "Moro Moro PROPN NNP nsubjpass 2", "was be AUX VBD auxpass 2", "quoted quote VERB VBN ROOT 2",
        "by by ADP IN agent 2", "Interfax Interfax PROPN NNP pobj 3", "as as ADP IN prep 2",
        "saying say VERB VBG pcomp 5", "it it PRON PRP nsubj 8", "fell fall VERB VBD ccomp 6",
    )  # fmt: skip
    (found,), _ = layer(rows, ("Moro", "was quoted", "it fell"))
    assert ([v.name for v in found.sources], [v.name for v in found.via]) == (["Moro"], ["Interfax"])


def test_speech_within_speech_that_the_reader_took_for_one_is_parted():
    rows = (
        "Interfax Interfax PROPN NNP nsubj 1", "reported report VERB VBD ROOT 1", "that that SCONJ IN mark 4",
        "Moro Moro PROPN NNP nsubj 4", "said say VERB VBD ccomp 1", "shells shell NOUN NNS nsubj 6",
        "fell fall VERB VBD ccomp 4",
    )  # fmt: skip
    found, text = layer(rows, ("Interfax", "reported", "that Moro said shells fell"))
    (inner,) = (one for one in found if one.rule == "nested")
    assert ([v.name for v in inner.sources], [v.name for v in inner.via]) == (["Moro"], ["Interfax"])
    assert inner.content[0].of(text) == "shells fell"


def test_whoever_told_an_agency_one_thing_told_it_the_next():
    rows = (
        "Moro Moro PROPN NNP nsubj 1", "told tell VERB VBD ROOT 1", "Reuters Reuters PROPN NNP dobj 1",
        "it it PRON PRP nsubj 4", "fell fall VERB VBD ccomp 1", "; ; PUNCT : punct 1", "Moro Moro PROPN NNP nsubj 7",
        "added add VERB VBD conj 1", "shells shell NOUN NNS nsubj 9", "hit hit VERB VBD ccomp 7",
    )  # fmt: skip
    found, _ = layer(rows, ("Moro", "told Reuters", "it fell"), ("Moro ", "added", "shells hit"))
    added = next(one for one in found if one.via and len(one.content) == 1 and one.rule != "carried")
    assert [v.name for v in added.via] == ["Reuters"]
    assert all(one.via for one in found if one.rule.startswith("reader"))


def test_reports_that_nobody_is_named_for_are_a_source():
    rows = (
        "Unconfirmed unconfirmed ADJ JJ amod 1", "reports report NOUN NNS ROOT 1", "that that SCONJ IN mark 5",
        "the the DET DT det 4", "bridge bridge NOUN NN nsubj 5", "fell fall VERB VBD acl 1",
    )  # fmt: skip
    (found,), _ = layer(rows, ("", "reports", "that the bridge fell"))
    assert [(v.name, v.kind) for v in found.sources] == [("Unconfirmed reports", ActorKind.DOCUMENT)]


def test_neither_confirming_nor_denying_says_nothing():
    rows = (
        "Moro Moro PROPN NNP nsubj 2", "neither neither CCONJ CC preconj 2", "confirmed confirm VERB VBD ROOT 2",
        "nor nor CCONJ CC cc 2", "denied deny VERB VBD conj 2", "it it PRON PRP nsubj 6", "fell fall VERB VBD ccomp 2",
    )  # fmt: skip
    (found,), _ = layer(rows, ("Moro", "neither confirmed nor denied", "it fell"))
    assert not found.counts


def test_claimed_names_a_source_where_the_reader_is_in_doubt():
    rows = (
        "Moro Moro PROPN NNP nsubj 1", "claimed claim VERB VBD ROOT 1", "it it PRON PRP nsubj 3",
        "fell fall VERB VBD ccomp 1",
    )  # fmt: skip
    (found,), _ = layer(rows, ("Moro", "claimed", "it fell"), voiced=0.4)
    assert found.counts


def test_an_office_is_named_by_who_speaks_next():
    rows = (
        "The the DET DT det 2", "Ardan ardan ADJ JJ amod 2", "president president NOUN NN nsubj 3",
        "said say VERB VBD ROOT 3", "it it PRON PRP nsubj 5", "fell fall VERB VBD ccomp 3", "; ; PUNCT : punct 3",
        "Ilan Ilan PROPN NNP compound 8", "Moro Moro PROPN NNP nsubj 9", "added add VERB VBD conj 3",
        "nobody nobody PRON NN nsubj 11", "fled flee VERB VBD ccomp 9",
    )  # fmt: skip
    found, _ = layer(rows, ("The Ardan president", "said", "it fell"), ("Ilan Moro", "added", "nobody fled"))
    assert {voice.name for one in found for voice in one.sources} == {"Ilan Moro"}


def test_the_army_is_not_the_free_army_that_denies_it():
    rows = (
        "shells shell NOUN NNS nsubj 1", "fell fall VERB VBD ccomp 6", ", , PUNCT , punct 6",
        "the the DET DT det 5", "Ardan ardan ADJ JJ amod 5", "army army NOUN NN nsubj 6", "said say VERB VBD ROOT 6",
        "; ; PUNCT : punct 6", "the the DET DT det 11", "Free Free PROPN NNP compound 11",
        "Ardan Ardan PROPN NNP compound 11", "Army Army PROPN NNP nsubj 12", "denied deny VERB VBD conj 6",
        "it it PRON PRP dobj 12",
    )  # fmt: skip
    found, _ = layer(rows, ("the Ardan army", "said", "shells fell"), ("the Free Ardan Army", "denied", "it"))
    assert [voice.name for one in found for voice in one.sources] == ["Ardan army", "Free Ardan Army"]


def test_who_stands_behind_said_is_the_source_and_not_the_place_before_it():
    rows = (
        "shells shell NOUN NNS nsubj 1", "fell fall VERB VBD ccomp 5", "near near ADP IN prep 1",
        "the the DET DT det 4", "port port NOUN NN pobj 2", "said say VERB VBD ROOT 5", "the the DET DT det 7",
        "mayor mayor NOUN NN nsubj 5",
    )  # fmt: skip
    found, _ = layer(rows, ("the port", "said", "shells fell near"))
    assert [voice.name for voice in found[0].sources] == ["mayor"]


def test_speech_that_the_reader_passes_over_is_heard():
    rows = (
        "Shells shell NOUN NNS nsubj 1", "fell fall VERB VBD ccomp 5", ", , PUNCT , punct 5", "the the DET DT det 4",
        "agency agency NOUN NN nsubj 5", "estimates estimate VERB VBZ ROOT 5",
    )  # fmt: skip
    (found,), text = layer(rows)
    assert ([v.name for v in found.sources], found.content[0].of(text)) == (["agency"], "Shells fell")
    assert found.rule == "overheard"


def test_whom_a_letter_cites_is_no_source_there():
    rows = (
        "The the DET DT det 1", "council council NOUN NN nsubj 2", "found find VERB VBD ROOT 2",
        "it it PRON PRP nsubj 4", "fell fall VERB VBD ccomp 2", ". . PUNCT . punct 2", "Ilan Ilan PROPN NNP compound 7",
        "Moro Moro PROPN NNP ROOT 7", "Karesh Karesh PROPN NNP dep 7", "• • PUNCT : punct 7",
        "Write write VERB VB dep 7", "to to ADP IN prep 10", "letters@example.com letters@example.com X XX pobj 11",
    )  # fmt: skip
    found, _ = layer(rows, ("The council", "found", "it fell"))
    cited = next(one for one in found if one.rule.startswith("reader"))
    writer = next(one for one in found if one.rule == "byline:letter")
    assert (cited.counts, writer.counts) == (False, True)


RUMOUR = (
    "Moro Moro PROPN NNP nsubj 1", "left leave VERB VBD ROOT 1", "after after ADP IN prep 1",
    "reports report NOUN NNS pobj 2", "that that SCONJ IN mark 6", "bridges bridge NOUN NNS nsubj 6",
    "fell fall VERB VBD acl 3",
)  # fmt: skip


def test_reports_that_nobody_tells_are_a_source():
    (found,), text = layer(RUMOUR)
    assert [voice.name for voice in found.sources] == ["reports"]
    assert found.content[0].of(text) == "that bridges fell"


def test_reports_that_somebody_speaks_of_are_not():
    found, _ = layer(RUMOUR, ("Moro", "left", "after reports that bridges fell"))
    assert [[voice.name for voice in one.sources] for one in found] == [["Moro"]]


def test_a_confirmation_of_a_noun_that_the_reader_passed_over_is_heard():
    rows = (
        "Moro Moro PROPN NNP nsubj 1", "confirmed confirm VERB VBD ROOT 1", "the the DET DT det 3",
        "arrival arrival NOUN NN dobj 1",
    )  # fmt: skip
    (found,), text = layer(rows)
    assert (found.sources[0].name, found.stance) == ("Moro", Stance.CONFIRMS)
    assert found.content[0].of(text) == "the arrival"


def test_what_a_reporter_saw_is_the_reporters_to_tell():
    rows = (
        "A a DET DT det 1", "reporter reporter NOUN NN nsubj 2", "saw see VERB VBD ROOT 2",
        "bridges bridge NOUN NNS nsubj 4", "fall fall VERB VB ccomp 2",
    )  # fmt: skip
    (found,), _ = layer(rows, ("A reporter", "saw", "bridges fall"))
    assert found.counts


def test_a_cue_that_is_no_word_of_saying_right_before_anothers_is_a_slip():
    rows = (
        "Moro Moro PROPN NNP nsubj 2", "last last ADV RB advmod 2", "confirmed confirm VERB VBD ROOT 2",
        "bridges bridge NOUN NNS nsubj 4", "fell fall VERB VBD ccomp 2",
    )  # fmt: skip
    found, text = layer(rows, ("Moro", "last", "confirmed bridges fell"), ("Moro", "confirmed", "bridges fell"))
    assert [one.cue.of(text) for one in found if one.rule != "speech"] == ["confirmed"]


def test_a_clause_that_ends_before_what_somebody_says_is_the_reports_own():
    rows = (
        "Dozens dozen NOUN NNS nsubj 1", "arrived arrive VERB VBD ROOT 1", "overnight overnight ADV RB advmod 1",
        "as as SCONJ IN mark 5", "bridges bridge NOUN NNS nsubj 5", "fell fall VERB VBD advcl 1",
        ", , PUNCT , punct 7", "said say VERB VBD ROOT 7", "Moro Moro PROPN NNP nsubj 7",
    )  # fmt: skip
    found, _ = layer(rows, ("Moro", "said", "bridges fell"))
    assert "carried" not in [one.rule for one in found]
