"""Whom a source spoke to, and who passes on what is said."""

from tests.spoken import layer


def told(*whom):
    """'Dana told WHOM bridges fell' with the rows of whom."""
    rows = (
        "Dana Dana PROPN NNP nsubj 1", "told tell VERB VBD ROOT 1", *whom,
        f"bridges bridge NOUN NNS nsubj {len(whom) + 3}", "fell fall VERB VBD ccomp 1",
    )  # fmt: skip
    (found,), _ = layer(rows, ("Dana", "told", "bridges fell"))
    return [voice.name for voice in found.via]


def test_a_name_that_no_table_knows_is_an_outlet_where_it_was_told():
    assert told("Karesha Karesha PROPN NNP dobj 1") == ["Karesha"]
    assert told("the the DET DT det 3", "Beacon Beacon PROPN NNP dobj 1") == ["Beacon"]


def test_a_name_that_the_parse_takes_for_an_adjective_was_told_all_the_same():
    assert told("KRNA krna ADJ JJ dobj 1") == ["KRNA"]


def test_a_body_a_people_and_a_person_that_were_told_pass_nothing_on():
    assert (
        told("the the DET DT det 4", "Security Security PROPN NNP compound 4", "Council Council PROPN NNP dobj 1") == []
    )
    assert told("the the DET DT det 3", "Ardans Ardan PROPN NNPS dobj 1") == []
    assert told("Ilan Ilan PROPN NNP compound 3", "Moro Moro PROPN NNP dobj 1") == []


def test_the_agency_of_a_reporter_who_was_told_is_the_relay():
    assert told("a a DET DT det 4", "Reuters Reuters PROPN NNP compound 4", "reporter reporter NOUN NN dobj 1") == [
        "Reuters"
    ]


def test_the_channels_name_is_told_without_what_it_is():
    assert told("the the DET DT det 4", "channel channel NOUN NN compound 4", "Imela Imela PROPN NNP dobj 1") == [
        "Imela"
    ]


def test_whoever_reached_a_witness_passes_on_what_is_said():
    rows = (
        "According accord VERB VBG prep 6", "to to ADP IN prep 0", "survivors survivor NOUN NNS pobj 1",
        "interviewed interview VERB VBN acl 2", "by by ADP IN agent 3", "Karesha Karesha PROPN NNP pobj 4",
        "bridges bridge NOUN NNS nsubj 7", "fell fall VERB VBD ROOT 7",
    )  # fmt: skip
    (found,), _ = layer(rows, ("survivors interviewed by Karesha", "According to", "bridges fell"))
    assert [voice.name for voice in found.via] == ["Karesha"]


def test_the_channel_that_a_statement_was_read_on_is_the_relay():
    rows = (
        "Dana Dana PROPN NNP nsubj 8", "in in ADP IN prep 0", "a a DET DT det 3", "statement statement NOUN NN pobj 1",
        "read read VERB VBN acl 3", "on on ADP IN prep 4", "state state NOUN NN compound 7",
        "television television NOUN NN pobj 5", "said say VERB VBD ROOT 8", "bridges bridge NOUN NNS nsubj 10",
        "fell fall VERB VBD ccomp 8",
    )  # fmt: skip
    found, _ = layer(rows, ("Dana", "said", "bridges fell"))
    assert [[voice.name for voice in one.via] for one in found if one.rule != "speech"] == [["state television"]] * 2


def test_what_was_carried_out_by_somebody_has_no_relay():
    rows = (
        "Dana Dana PROPN NNP nsubj 1", "said say VERB VBD ROOT 1", "raids raid NOUN NNS nsubj 6",
        "carried carry VERB VBN acl 2", "by by ADP IN agent 3", "Reuters Reuters PROPN NNP pobj 4",
        "failed fail VERB VBD ccomp 1",
    )  # fmt: skip
    (found,), _ = layer(rows, ("Dana", "said", "raids carried by Reuters failed"))
    assert found.via == ()


def test_who_reports_is_the_relay_where_the_reader_took_who_is_cited_for_the_source():
    rows = (
        "Media medium NOUN NNS nsubj 1", "reported report VERB VBD ROOT 1", "bridges bridge NOUN NNS nsubj 3",
        "fell fall VERB VBD ccomp 1", "citing cite VERB VBG advcl 1", "doctors doctor NOUN NNS dobj 4",
    )  # fmt: skip
    (found,), _ = layer(rows, ("doctors", "reported", "bridges fell"))
    assert ([v.name for v in found.sources], [v.name for v in found.via]) == (["doctors"], ["Media"])


TWICE = (
    "{0} {1} NOUN NNS nsubj 1", "told tell VERB VBD ROOT 1", "Reuters Reuters PROPN NNP dobj 1",
    "bridges bridge NOUN NNS nsubj 4", "fell fall VERB VBD ccomp 1", "and and CCONJ CC cc 1",
    "{0} {1} NOUN NNS nsubj 7", "said say VERB VBD conj 1", "camps camp NOUN NNS nsubj 9",
    "burned burn VERB VBD ccomp 7",
)  # fmt: skip


def test_doctors_told_the_agency_the_rest_too_and_armies_did_not():
    for name, lemma, via in (("doctors", "doctor", ["Reuters"]), ("armies", "army", [])):
        found, _ = layer(
            [row.format(name, lemma) for row in TWICE], (name, "told", "bridges fell"), (name, "said", "camps burned")
        )
        assert [[v.name for v in one.via] for one in found if one.rule == "reader:say-plainly"] == [["Reuters"], via]


def test_the_agency_is_the_one_named_before():
    rows = (
        "Dana Dana PROPN NNP nsubj 1", "told tell VERB VBD ROOT 1", "Reuters Reuters PROPN NNP dobj 1",
        "bridges bridge NOUN NNS nsubj 4", "fell fall VERB VBD ccomp 1", "and and CCONJ CC cc 1",
        "medics medic NOUN NNS nsubj 7", "told tell VERB VBD conj 1", "the the DET DT det 9",
        "agency agency NOUN NN dobj 7", "camps camp NOUN NNS nsubj 11", "burned burn VERB VBD ccomp 7",
    )  # fmt: skip
    text = " ".join(row.split()[0] for row in rows)
    (_, second), _ = layer(rows, ("Dana", "told", "bridges fell"), ("medics", "told the agency", "camps burned"))
    assert text.count("told") == 2
    assert [voice.name for voice in second.via] == ["Reuters"]


def test_who_answers_within_anothers_words_is_the_source_and_the_other_the_relay():
    rows = (
        "Officials official NOUN NNS nsubj 1", "said say VERB VBD ROOT 1", "Dana Dana PROPN NNP nsubj 3",
        "replied reply VERB VBD ccomp 1", "that that SCONJ IN mark 6", "bridges bridge NOUN NNS nsubj 6",
        "fell fall VERB VBD ccomp 3",
    )  # fmt: skip
    found, _ = layer(rows, ("Officials", "said", "Dana replied that bridges fell"))
    (inner,) = [one for one in found if one.rule == "nested"]
    assert ([v.name for v in inner.sources], [v.name for v in inner.via]) == (["Dana"], ["Officials"])


def test_what_only_tests_show_stays_the_word_of_whoever_speaks_of_them():
    rows = (
        "Officials official NOUN NNS nsubj 1", "said say VERB VBD ROOT 1", "tests test NOUN NNS nsubj 3",
        "showed show VERB VBD ccomp 1", "that that SCONJ IN mark 6", "bridges bridge NOUN NNS nsubj 6",
        "fell fall VERB VBD ccomp 3",
    )  # fmt: skip
    found, _ = layer(rows, ("Officials", "said", "tests showed that bridges fell"))
    assert [one.rule for one in found if one.rule == "nested"] == []
