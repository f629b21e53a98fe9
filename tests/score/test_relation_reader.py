import subprocess
import sys

from twosource.knowledge.relation_signs import load_relation_signs
from twosource.score.relation_chances import Likely
from twosource.score.relation_reader import load_party_reader
from twosource.spans import Span


def test_the_packaged_encoder_knows_who_attacks_whom():
    text = "Government troops attacked rebels near the river."
    told = load_party_reader().events_of(text)
    asked = Likely(told, load_relation_signs())
    troops, rebels = (Span(text.index(word), text.index(word) + len(word)) for word in ("Government troops", "rebels"))
    forth, back = asked.amounts(troops, rebels), asked.amounts(rebels, troops)
    assert forth["likely:actors:targets:force"] > 2 * back.get("likely:actors:targets:force", 0)
    assert told.states is not None
    assert len(told.starts) == len(told.ends) == len(told.states)


def test_the_commands_load_no_runtime_before_they_are_asked():
    asked = "import sys, twosource.cli.commands; print('onnxruntime' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
