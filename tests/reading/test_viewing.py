"""What somebody takes a thing for is theirs, and what a clause tells beside it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.spoken import heard

from twosource.knowledge.reporting import load_reporting
from twosource.reading.tree import Tree
from twosource.reading.viewing import VIEW, find_views
from twosource.records import Reading

Read = Callable[[str], Reading]
WORDS = load_reporting()


@pytest.mark.parametrize(
    ("text", "holder", "content"),
    [
        ("Ardania regards the brigade as a wing of the Front.", "Ardania", "the brigade as a wing of the Front"),
        (
            "Ardania considers the unit to be a wing of the Front.",
            "Ardania",
            "the unit to be a wing of the Front",
        ),
        ("The brigade is seen by Ardania as a wing of the Front.", "Ardania", "a wing of the Front"),
        ("The rebels justified the raid as an answer to shelling.", "rebels", "the raid as an answer to shelling"),
    ],
)
def test_a_view_has_a_holder_and_what_the_thing_is_taken_for(read: Read, text: str, holder: str, content: str) -> None:
    tree = Tree(read(text))
    [view] = find_views(tree, WORDS)
    assert (tree[view.holder].text, view.content.of(text)) == (holder, content)


@pytest.mark.parametrize(
    "text",
    ["The brigade is seen as a wing of the Front.", "Ardania saw the brigade leave.", "It views them as a wing."],
)
def test_without_a_named_holder_or_a_noun_there_is_no_view(read: Read, text: str) -> None:
    assert not list(find_views(Tree(read(text)), WORDS))


def test_what_a_clause_tells_beside_the_view_is_the_reports_own(read: Read) -> None:
    text = "Ardania regards the brigade as a group that fought for years."
    [view] = find_views(Tree(read(text)), WORDS)
    assert view.content.of(text) == "the brigade as a group"


def test_a_view_that_the_reader_told_counts_and_keeps_its_content(read: Read) -> None:
    text = "Ardania regards the brigade as a wing of the Front."
    found, _ = heard(read(text), ("Ardania", "regards", "the brigade as a wing"), voiced=0.1)
    assert [(one.rule, one.counts, one.content[0].of(text)) for one in found if one.rule == VIEW] == [
        (VIEW, True, "the brigade as a wing of the Front")
    ]


def test_a_view_that_the_reader_passed_over_is_one_of_a_known_kind_of_speaker(read: Read) -> None:
    text = "{} justified the raid as an answer to shelling."
    found, _ = heard(read(text.format("The rebels")), voiced=0.1)
    assert [one.sources[0].name for one in found if one.rule == VIEW] == ["rebels"]
    found, _ = heard(read(text.format("Their rhetoric")), voiced=0.1)
    assert not [one for one in found if one.rule == VIEW]
