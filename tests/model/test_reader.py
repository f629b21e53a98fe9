"""The packaged reader: what it must find in plain sentences, and that a report reads alike in any company."""

from pathlib import Path

import pytest

import twosource.model
from twosource.errors import KnowledgeError
from twosource.model.reader import FILES, TrainedReader

WEIGHTS = Path(twosource.model.__file__).parent / "weights"
SAID = "Ilan Moro, the mayor of Karesh, said on Monday that the bridge had fallen during the night."
QUOTED = '"We heard two loud blasts," said Dana Feld, a nurse. "Then the lights went out."'
PLAIN = "The bridge fell during the night. It was built in 1931."
DOUBT = "The bridge may have been hit by a shell, and the old road is possibly blocked."


@pytest.fixture(scope="module")
def reader():
    return TrainedReader(WEIGHTS)


def test_speech_is_found_with_source_cue_and_content(reader):
    (found,) = reader.read(SAID).utterances
    assert "said" in found.cue.of(SAID)
    assert "Ilan Moro" in found.source[0].of(SAID)
    assert "the bridge had fallen" in found.content[0].of(SAID)


def test_a_quotation_is_found(reader):
    found = reader.read(QUOTED).utterances[0]
    assert "Dana Feld" in found.source[0].of(QUOTED)
    assert "two loud blasts" in found.content[0].of(QUOTED)


def test_plain_telling_has_no_speech(reader):
    assert reader.read(PLAIN).utterances == ()


def test_words_of_doubt_are_found(reader):
    assert {"may", "possibly"} <= {doubt.span.of(DOUBT) for doubt in reader.read(DOUBT).doubts}


def test_attributed_words_are_more_of_a_voice_than_plain_ones(reader):
    signals, plain = reader.read(SAID), reader.read(PLAIN)
    content = signals.utterances[0].content[0]
    assert signals.voice(content) > max(plain.voiced)


def test_a_text_reads_alike_alone_and_after_others(reader):
    texts = [SAID, PLAIN, "\n\n".join([QUOTED, SAID, DOUBT, PLAIN] * 5), QUOTED]
    alone = [TrainedReader(WEIGHTS).read(text) for text in texts]
    assert [reader.read(text) for text in texts] == alone
    assert [reader.read(text) for text in reversed(texts)] == alone[::-1]


def test_every_piece_has_offsets_in_order_and_a_probability(reader):
    signals = reader.read(QUOTED)
    assert len(signals.starts) == len(signals.ends) == len(signals.voiced)
    assert list(signals.starts) == sorted(signals.starts)
    assert all(0 <= value <= 1 for value in signals.voiced)


def test_an_empty_text_has_no_signals(reader):
    assert reader.read("").voiced == ()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(KnowledgeError, match=FILES[0]):
        TrainedReader(tmp_path)


def test_the_weights_stay_small():
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) <= 25_000_000


def test_an_event_is_found_with_its_parts(reader):
    text = "Rebels attacked an army post near Karesh on Monday, killing four soldiers, officials said."
    found = reader.read(text)
    assert found.tells_events
    first = max(found.events, key=lambda event: event.score)
    assert any("Karesh" in part.span.of(text) for part in first.parts["places"])
    assert any("attacked" in part.span.of(text) for part in first.parts["evidence"])
    assert first.confidence is not None
    assert 0 < first.confidence < 1


def test_plain_telling_has_no_surely_violent_event(reader):
    assert all(max(event.types) < 0.9 for event in reader.read("The museum opens at nine. Entry is free.").events)
