import io

import msgspec
import pytest
from rich.console import Console

from score.coded_by_hand import coded
from twosource.closed_sets import ClaimType
from twosource.score.breakdown import break_down, outlets_of
from twosource.score.breakdown_tables import By, as_json, tables

TEXT = "Rebels shelled Karesh on Monday. The army bombed Tilmar. The king praised the troops."
SHELLED = coded(ClaimType.SHELLING, "Rebels shelled Karesh on Monday", actors=("Rebels",), places=("Karesh",))
BOMBED = coded(ClaimType.AIRSTRIKE, "The army bombed Tilmar", actors=("army",), places=("Tilmar",))
PRAISED = coded(ClaimType.PRAISES, "The king praised the troops", actors=("king",))
AS_ATTACK = msgspec.structs.replace(BOMBED, type=ClaimType.ATTACK)


@pytest.fixture
def whole():
    return break_down([SHELLED, BOMBED], [SHELLED, AS_ATTACK, PRAISED], {"r": TEXT}, lambda report: "The Gazette")


def test_a_type_is_found_under_another_and_not_typed(whole):
    assert (whole.by_type["shelling"].typed_f1, whole.by_type["shelling"].claim_f1) == (1.0, 1.0)
    assert (whole.by_type["airstrike"].found_r, whole.by_type["airstrike"].typed_r) == (1.0, 0.0)
    assert (whole.by_type["praises"].gold, whole.by_type["praises"].predicted) == (0, 1)


def test_types_come_in_the_order_of_the_codebook(whole):
    assert list(whole.by_type) == ["airstrike", "shelling", "attack", "praises"]


def test_families_and_outlets_add_up_their_claims(whole):
    assert (whole.by_family["force"].gold, whole.by_family["force"].predicted) == (2, 2)
    assert (whole.by_outlet["The Gazette"].gold, whole.by_outlet["The Gazette"].predicted) == (2, 3)


def test_fields_count_only_where_a_side_says_something(whole):
    assert whole.fields["type"] == (0.5, 2)
    assert whole.fields["targets"] == (1.0, 0)


def test_confusion_names_what_was_taken_for_what(whole):
    assert set(whole.confused) == {("shelling", "shelling", 1), ("airstrike", "attack", 1), ("invented", "praises", 1)}


def test_what_is_not_found_is_missed():
    assert break_down([SHELLED], [], {"r": TEXT}).confused == (("shelling", "missed", 1),)


def test_only_the_tables_that_are_asked_for_are_given(whole):
    assert list(as_json(whole, [By.FIELD, By.CONFUSION])) == ["by_field", "by_confusion"]
    assert as_json(whole, [By.TYPE])["by_type"]["shelling"]["gold"] == 1


def test_the_confusion_table_shows_what_does_not_agree(whole):
    console = Console(width=120, record=True, file=io.StringIO())
    for table in tables(whole, [By.CONFUSION, By.FAMILY]):
        console.print(table)
    shown = console.export_text()
    assert "airstrike" in shown
    assert "shelling" not in shown
    assert "force" in shown


def test_the_outlet_is_what_the_file_says(tmp_path):
    (tmp_path / "a.txt").write_text("outlet: The Gazette\ntitle: X\n\nRebels left the town.\n", "utf-8")
    (tmp_path / "b.txt").write_text("Rebels left the town.\n", "utf-8")
    assert outlets_of([tmp_path / "a.txt", tmp_path / "b.txt"]) == {"a": "The Gazette", "b": "not named"}
