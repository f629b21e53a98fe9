"""Events that a reader may suspect, and that tell nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.signalled import Make, event

from twosource.closed_sets import ClaimType
from twosource.errors import KnowledgeError
from twosource.knowledge import untold as knowledge
from twosource.knowledge.untold import UntoldRule, load_untold
from twosource.reading.nearby import nearby
from twosource.reading.tree import Tree
from twosource.reading.untold import is_no_event
from twosource.records import Reading

UNTOLD = load_untold()
CASES = [
    pytest.param(rule, text, wanted, id=f"{rule.id}{'+' if wanted else '-'}{number}")
    for rule in UNTOLD.rules
    for wanted, texts in ((True, rule.matches), (False, rule.leaves))
    for number, text in enumerate(texts)
]


@pytest.mark.parametrize(("rule", "text", "wanted"), CASES)
def test_a_rule_keeps_its_examples_alone_untold(
    read: Callable[[str], Reading], rule: UntoldRule, text: str, wanted: bool
) -> None:
    reading = read(text)
    tree = Tree(reading)
    near = nearby(reading, tree)
    at = [n for n in range(len(tree.tokens)) if tree[n].lemma.lower() in rule.words]
    told = [
        not is_no_event(tree, n, type_, tree.sentences[0].span, near[0], UNTOLD) for n in at for type_ in rule.types
    ]
    assert at or not wanted
    assert all(told) is not wanted


@pytest.mark.parametrize(
    ("text", "anchor", "type_", "told"),
    [
        ("Troops will return to Bakhmut if the militia attacks the dam.", "attacks", ClaimType.ATTACK, False),
        ("Troops will return to Bakhmut in case of an assault by the militia.", "assault", ClaimType.OFFENSIVE, False),
        ("It is unclear if the militia attacked the dam.", "attacked", ClaimType.ATTACK, True),
        ("Should the militia attack the dam, troops will return.", "attack", ClaimType.ATTACK, True),
        ("Troops returned to Bakhmut after the militia attacked the dam.", "attacked", ClaimType.ATTACK, True),
        ("RAIDS IN GOMA", "RAIDS", ClaimType.AIRSTRIKE, False),
        ("Raids hit Goma.", "Raids", ClaimType.AIRSTRIKE, True),
        ("Rebels attack Goma", "attack", ClaimType.ATTACK, True),
    ],
)
def test_conditions_and_headings_are_untold(make: Make, text: str, anchor: str, type_: ClaimType, told: bool) -> None:
    parts = {"actors": "militia"} if "militia" in text else {"targets": text.rstrip(".").split()[-1]}
    claims = make(text, event(text, anchor, type_, evidence=text.rstrip("."), **parts))
    assert bool(claims) is told


@pytest.mark.parametrize(
    ("text", "anchor", "type_", "told"),
    [
        ("The groups were the Kokang Army, the Arakan Army, the Lashio Guard and Shan Brigades.", "Guard",
         ClaimType.PART_OF, False),
        ("The Arakan Army belongs to the alliance, the Lashio Guard and the Shan Brigades said.", "belongs",
         ClaimType.PART_OF, True),
    ],
)  # fmt: skip
def test_a_list_of_names_is_no_relation(make: Make, text: str, anchor: str, type_: ClaimType, told: bool) -> None:
    run = text[text.index("Army") :].rstrip(".")
    assert bool(make(text, event(text, anchor, type_, evidence=run, actors="Arakan Army"))) is told


@pytest.mark.parametrize(
    ("text", "anchor", "type_", "told"),
    [
        ("The war against the Kivu Front was long.", "war", ClaimType.FIGHTS_AGAINST, False),
        ("The army is at war with the Kivu Front.", "war", ClaimType.FIGHTS_AGAINST, True),
        ("The militia, which fights in the hills, is small.", "fights", ClaimType.FIGHTS_AGAINST, True),
    ],
)
def test_a_relation_of_two_knows_both(make: Make, text: str, anchor: str, type_: ClaimType, told: bool) -> None:
    parts = {"targets": "Kivu Front"} if "Kivu" in text else {}
    if "army" in text:
        parts["actors"] = "army"
    assert bool(make(text, event(text, anchor, type_, evidence=text[:-1], **parts))) is told


def test_a_rule_asks_for_one_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = UntoldRule(id="x", matches=("y",), leaves=("z",), types=(ClaimType.KILLS,), words=("fall",))
    monkeypatch.setattr(knowledge, "load_rules", lambda *_: (rule,))
    with pytest.raises(KnowledgeError, match="either beside or infinitive"):
        load_untold()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Envoys met the Kampala-based council on Monday.", False),
        ("The brigade, based in Goma, left on Monday.", True),
        ("The brigade was based in Goma.", True),
    ],
)
def test_a_seat_in_a_name_tells_of_nobodys_presence(make: Make, text: str, told: bool) -> None:
    parts = {"evidence": text[:-1], "actors": "council" if "council" in text else "brigade"}
    claims = make(text, event(text, "based", ClaimType.STATIONED, **parts))
    assert bool(claims) is told
