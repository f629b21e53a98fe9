from twosource.reading.contents import whole_contents
from twosource.reading.quotations import find_quotations
from twosource.reading.signals import Utterance
from twosource.records import Reading, Report, Sentence
from twosource.spans import Span


def whole(text, source, cue, *content):
    def at(words):
        return Span(text.index(words), text.index(words) + len(words))

    sentence = Sentence(span=Span(0, len(text)), tokens=Span(0, 0), paragraph=0)
    reading = Reading(report=Report(id="r", text=text), sentences=(sentence,), quotations=find_quotations(text))
    said = Utterance(cue=at(cue), source=(at(source),), content=tuple(map(at, content)), score=1.0)
    return [span.of(text) for span in whole_contents(reading, said)]


def test_a_quotation_is_told_to_its_ends():
    text = '"The bridge fell. It was old. Nobody mends it," Moro said.'
    assert whole(text, "Moro", "said", "The bridge fell. It was") == ['"The bridge fell. It was old. Nobody mends it,"']


def test_a_quotation_around_the_speech_is_left_alone():
    assert whole('"Moro said the bridge fell."', "Moro", "said", "the bridge fell") == ["the bridge fell"]


def test_a_word_that_is_missing_at_the_end_of_a_sentence_is_told():
    assert whole("Moro said the old bridge fell.", "Moro", "said", "the old bridge") == ["the old bridge fell"]


def test_a_short_gap_is_closed_but_not_over_the_cue():
    text = "The bridge, built long ago by the old mill on the hill, fell, Moro said, into the river on Monday."
    assert whole(text, "Moro", "said", "The bridge", "fell", "into the river on Monday") == [
        "The bridge, built long ago by the old mill on the hill, fell",
        "into the river on Monday",
    ]


def test_a_phrase_that_breaks_off_is_told_to_its_end():
    text = "Moro denied a role in the fall of the old bridge, but nobody who was there on Monday believed it."
    assert whole(text, "Moro", "denied", "a role in the fall of the") == ["a role in the fall of the old bridge"]
