from types import SimpleNamespace

from training.anchors import Run
from training.parties import Scene, distance, party_at

from twosource.closed_sets import ActorKind
from twosource.records import Mention
from twosource.spans import Span

TEXT = "The Karesh Liberation Front spoke. On Monday the KLF said it shelled Orle. Hadi Bahra left. Bahra wept."
SENTENCES = [Span(0, 34), Span(35, 74), Span(75, 91), Span(92, 103)]


def mention(words, name, start=0):
    at = TEXT.index(words, start)
    return Mention(
        span=Span(at, at + len(words)), name=name, named_at=Span(4, 27), kind=ActorKind.ARMED_GROUP, head=0, rule="x"
    )


FRONT = "Karesh Liberation Front"
SCENE = Scene(
    SimpleNamespace(sentences=[SimpleNamespace(span=span) for span in SENTENCES]),
    (mention(FRONT, FRONT), mention("KLF", FRONT), mention("it", FRONT, 55)),
)


def run(words):
    at = TEXT.index(words)
    return Run(0, 0, "shelling", at, at + len(words), ())


def stands(name, words):
    found = party_at(name, run(words), TEXT, SCENE)
    return found and TEXT[slice(*found)]


def test_a_party_stands_where_something_in_the_run_means_it_though_its_name_is_elsewhere():
    assert stands(FRONT, "it shelled Orle") == "it"


def test_else_it_stands_in_the_sentence_nearest_to_the_run():
    assert stands(FRONT, "shelled Orle") == "it"
    assert stands(FRONT, "said") == "KLF"


def test_the_name_itself_goes_before_what_refers_to_it():
    assert stands(FRONT, "The Karesh Liberation Front spoke") == FRONT


def test_a_surname_stands_for_the_person():
    assert stands("Hadi Bahra", "Bahra wept") == "Bahra"


def test_a_party_told_sentences_away_stands_nowhere():
    assert stands(FRONT, "Bahra wept") is None


def test_distance_is_nought_inside_and_at_least_one_outside():
    whole = run("it shelled Orle")
    assert distance((whole.start, whole.start + 2), whole) == 0
    assert distance((whole.start - 1, whole.start), whole) == 1
