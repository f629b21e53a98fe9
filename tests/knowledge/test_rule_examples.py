"""Every rule of the reading layers on its own examples: those it must match, and those it must leave alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from twosource.knowledge.cues import load_cues
from twosource.knowledge.event_types import load_event_types
from twosource.knowledge.events import load_event_words
from twosource.knowledge.reporting import load_reporting
from twosource.knowledge.toml_rules import Rule
from twosource.records import Reading

EVENTS = load_event_words()
Read = Callable[[str], Reading]


def _cases(rules: Iterable[Rule]) -> list[object]:
    return [
        pytest.param(rule.id, text, wanted, id=f"{rule.id}{'+' if wanted else '-'}{number}")
        for rule in rules
        for wanted, texts in ((True, rule.matches), (False, rule.leaves))
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize(("rule", "text", "wanted"), _cases(EVENTS.triggers))
def test_a_trigger_fires_on_its_examples_alone(read: Read, rule: str, text: str, wanted: bool) -> None:
    assert (rule in {trigger.rule for trigger in read(text).triggers}) is wanted


@pytest.mark.parametrize(("rule", "text", "wanted"), _cases({r.id: r for r in EVENTS.modifiers.values()}.values()))
def test_a_modifier_fires_on_its_examples_alone(read: Read, rule: str, text: str, wanted: bool) -> None:
    assert (f"modifier:{rule}" in {trigger.rule for trigger in read(text).triggers}) is wanted


@pytest.mark.parametrize(("rule", "text", "wanted"), _cases(EVENTS.instruments))
def test_an_instrument_decides_the_type_on_its_examples_alone(read: Read, rule: str, text: str, wanted: bool) -> None:
    given = next(r.type for r in EVENTS.instruments if r.id == rule)
    assert (given in {claim.type for claim in read(text).claims}) is wanted


@pytest.mark.parametrize(("rule", "text", "wanted"), _cases(EVENTS.frames.values()))
def test_a_frame_is_used_on_its_examples(read: Read, rule: str, text: str, wanted: bool) -> None:
    frames = {r.id: r.frame for r in EVENTS.triggers}
    assert (rule in {frames.get(trigger.rule) for trigger in read(text).triggers}) is wanted


@pytest.mark.parametrize(("rule", "text", "wanted"), _cases(load_cues().rules))
def test_a_cue_is_found_on_its_examples_alone(read: Read, rule: str, text: str, wanted: bool) -> None:
    assert (rule in {cue.rule for cue in read(text).cues}) is wanted


@pytest.mark.parametrize(("rule", "text", "wanted"), _cases(load_reporting().rules))
def test_a_reporting_word_gives_an_attribution_on_its_examples_alone(
    read: Read, rule: str, text: str, wanted: bool
) -> None:
    assert (f"reporting:{rule}" in {found.rule for found in read(text).attributions}) is wanted


@pytest.mark.parametrize(("rule", "text", "wanted"), _cases(load_event_types().rows.values()))
def test_a_type_is_claimed_on_its_example(read: Read, rule: str, text: str, wanted: bool) -> None:
    assert (rule in {claim.type.value for claim in read(text).claims}) is wanted
