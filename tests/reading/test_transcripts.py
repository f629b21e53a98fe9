import pytest

from twosource.reading.signals import Utterance
from twosource.reading.transcripts import is_own_label
from twosource.records import Place, Reading, Report
from twosource.spans import Span


def own(text, label, *places):
    at = text.index(f"{label}:")
    named = Span(at, at + len(label))
    said = Utterance(
        cue=Span(named.end, named.end + 1), source=(named,), content=(Span(named.end + 2, len(text)),), score=1.0
    )
    where = tuple(Place(span=Span(text.index(p), text.index(p) + len(p)), name=p, rule="name") for p in places)
    return is_own_label(Reading(report=Report(id="r", text=text), places=where), said)


@pytest.mark.parametrize("label", ["PRESENTER", "MORO"])
def test_the_outlets_own_people_speak_in_its_voice(label):
    assert own("PRESENTER: We go to our correspondent Ilan Moro.\nMORO: The bridge fell.", label)


def test_whoever_takes_over_is_one_of_them():
    assert own("PRESENTER: Ilan Moro reports.\nMORO: The bridge fell.", "MORO")


def test_a_guest_speaks_for_himself():
    assert not own("PRESENTER: With us is the mayor, Ilan Moro.\nMORO: The bridge fell.", "MORO")


def test_an_interview_without_a_presenter_has_no_own_people():
    assert not own("Our correspondent Ilan Moro met him.\nMORO: The bridge fell.", "MORO")


def test_a_dateline_is_nobody():
    assert own("ARDAN: The bridge fell.", "ARDAN", "ARDAN")
