"""Denials find the claim that they deny; silence denies nothing."""

from collections.abc import Callable

import msgspec
import pytest
from tests.tokens import parsed

from twosource.closed_sets import Certainty, ClaimType, Stance
from twosource.knowledge.denials import load_denials
from twosource.reading.denial_spots import is_denied_with, spot_denials
from twosource.reading.denials import find_denials
from twosource.reading.tree import Tree
from twosource.records import Claim, Reading, Reason
from twosource.spans import Span

Read = Callable[[str], Reading]


def denied(reading: Reading) -> list[tuple[Claim, Claim | None]]:
    by_id = {claim.id: claim for claim in reading.claims}
    return [(c, by_id.get(c.denies or "")) for c in reading.claims if c.stance is Stance.DENIES]


def test_a_bare_denial_is_the_accusation_again_in_the_deniers_voice(read: Read) -> None:
    reading = read("Rebels said the army shelled the camp at Karesh. The army denied the accusation.")
    [(denial, accusation)] = denied(reading)
    assert accusation is not None
    assert denial.type == accusation.type == "shelling"
    assert [named.name for named in denial.sources] == ["army"]
    assert accusation.stance is Stance.ASSERTS


def test_the_words_of_the_denial_are_part_of_its_evidence(read: Read) -> None:
    reading = read("Rebels said the army shelled the camp at Karesh. The army denied the accusation.")
    [(denial, _)] = denied(reading)
    assert any("denied" in reading.words(run) for run in denial.evidence)


def test_an_accusation_without_a_deed_of_its_own_is_denied_as_one(read: Read) -> None:
    reading = read("Rebels accused the army of cruelty. The army rejected the accusation.")
    [(denial, accusation)] = denied(reading)
    assert accusation is not None
    assert (denial.type, denial.sources[0].name) == ("accuses", "army")


def test_what_a_denial_is_about_is_denied_and_not_what_is_told_within(read: Read) -> None:
    reading = read("Iran denied arming the rebels who attacked the tanker.")
    assert [claim.type for claim, _ in denied(reading)] == ["arms"]


def test_deeds_that_are_denied_together_are_all_denied(read: Read) -> None:
    reading = read("The army denied that it shelled the camp and burned the market. Rebels attacked the tanker.")
    assert sorted(claim.type for claim, _ in denied(reading)) == ["damages", "shelling"]


@pytest.mark.parametrize(
    ("word", "its", "together"),
    [("backing", "acl 3", True), ("backing", "acl 1", False), ("backed", "acl 3", False)],
    ids=["what the denied presence does", "what the deniers do", "by whom it is backed"],
)
def test_what_a_denied_presence_is_said_to_do_is_denied_with_it(word: str, its: str, *, together: bool) -> None:
    tag = "VBG" if word.endswith("ing") else "VBN"
    tree = Tree(parsed(
        "Ardania Ardania PROPN NNP nsubj 1", "denied deny VERB VBD ROOT 1", "a a DET DT det 3",
        "presence presence NOUN NN dobj 1", f"{word} back VERB {tag} {its}", "rebels rebel NOUN NNS dobj 4",
    ))  # fmt: skip
    spans = [Span(tree[n].start, tree[n].end) for n in (4, 3)]
    assert is_denied_with(tree, *spans) is together


def test_a_charge_called_a_lie_is_denied(read: Read) -> None:
    reading = read("Officials in Kyiv said Russia shelled the hospital. Moscow called the claim a lie.")
    [(denial, accusation)] = denied(reading)
    assert accusation is not None
    assert (denial.type, denial.sources[0].name) == ("shelling", "Moscow")


def test_what_is_called_untrue_is_denied_by_who_says_so_and_not_by_who_reports_it(read: Read) -> None:
    text = "Rebels said the army shelled Karesh. Reuters reported that the minister said the report was false."
    reading = read(text)
    spans = {said.cue.of(text): said for said in reading.attributions}
    assert [spans[cue].sources[0].name for cue in ("reported", "said")] == ["Reuters", "minister"]
    [(denial, accusation)] = denied(reading)
    assert accusation is not None
    assert [named.name for named in denial.sources] == ["minister"]


def test_no_comment_is_no_denial(read: Read) -> None:
    said = "Rebels said the army shelled the camp. "
    for silence in (
        "The army declined to comment.",
        "The army neither confirmed nor denied the report.",
        "The army refused to confirm or deny the report.",
        "The army did not deny the report.",
    ):
        assert not denied(read(said + silence)), silence


def test_what_is_refused_is_no_denial(read: Read) -> None:
    assert not denied(read("Guards denied the convoy entry to the town. Rebels shelled the camp."))


def test_a_negated_answer_to_another_is_a_denial(read: Read) -> None:
    reading = read("Residents said the army shelled the camp. The army said it did not shell the camp.")
    [(denial, accusation)] = denied(reading)
    assert accusation is not None
    assert not denial.negated
    assert accusation.sources[0].name == "Residents"


def test_a_negation_out_of_the_blue_stays_one(read: Read) -> None:
    [claim] = [c for c in read("The army did not shell the camp, the ministry said.").claims if c.type == "shelling"]
    assert (claim.negated, claim.stance) == (True, Stance.ASSERTS)


def test_every_denied_id_is_a_claim_of_the_report(read: Read) -> None:
    reading = read("Rebels said the army shelled the camp at Karesh. The army denied the accusation.")
    ids = {claim.id for claim in reading.claims}
    assert len(ids) == len(reading.claims)
    assert {claim.denies for claim in reading.claims} - {None} <= ids


def test_what_nobody_confirms_or_denies_is_no_claim(read: Read) -> None:
    reading = read("The general staff neither confirmed nor denied that its jets had struck Karesh.")
    assert "airstrike" not in {claim.type for claim in reading.claims}


def test_what_could_not_be_verified_is_unknown(read: Read) -> None:
    reading = read("The claim that rebels shot down the helicopter could not be independently verified.")
    assert {claim.certainty.value for claim in reading.claims} == {"unknown"}


def test_one_denial_in_two_clauses_is_one_claim(read: Read) -> None:
    reading = read("Residents said the army burned homes in Walikale. The army denied the claim, calling it a lie.")
    assert len(denied(reading)) <= 1


def test_what_stands_before_the_denying_verb_is_not_denied(read: Read) -> None:
    reading = read("Rebels shelled the camp on Monday; the mayor denied that troops had entered the town.")
    assert [claim.type for claim, _ in denied(reading)] == ["deploys"]


def test_what_the_deniers_say_beside_it_is_not_denied(read: Read) -> None:
    reading = read("Officials denied that troops had entered the town and said that rebels shelled the camp.")
    assert [claim.type for claim, _ in denied(reading)] == ["deploys"]


def test_a_claim_that_hangs_on_the_denying_verb_is_denied(read: Read) -> None:
    reading = read("The council denied three charges of cruelty to prisoners. The town is quiet.")
    tree = Tree(reading)
    at = reading.report.text.index("denied")
    verb = Span(at, at + len("denied"))
    [claim] = read("Rebels shelled the camp.").claims
    told = msgspec.structs.replace(claim, trigger=verb, evidence=(Span(0, 50),))
    [found] = find_denials(msgspec.structs.replace(reading, claims=(told,)), tree, load_denials())
    assert found.stance is Stance.DENIES


def test_what_somebody_could_see_is_no_doubt(read: Read) -> None:
    [claim] = [c for c in read("Residents could see that rebels shelled the camp.").claims if c.type == "shelling"]
    assert claim.certainty is Certainty.CERTAIN


def test_a_claim_that_is_called_false_is_denied(read: Read) -> None:
    reading = read("The claim that rebels shelled the camp is a lie, the council said.")
    assert [(claim.type, claim.sources[0].name) for claim, _ in denied(reading)] == [("shelling", "council")]


def test_a_charge_that_is_false_is_the_one_told_before(read: Read) -> None:
    reading = read("Residents said the army shelled the camp. The accusation was false, the ministry said.")
    [(denial, accusation)] = denied(reading)
    assert accusation is not None
    assert (denial.type, denial.sources[0].name) == ("shelling", "ministry")


def test_what_is_not_false_is_not_denied(read: Read) -> None:
    assert not denied(read("Residents said the army shelled the camp. The claim was not false, the ministry said."))


def test_who_had_nothing_to_do_with_it_denies_it(read: Read) -> None:
    reading = read("Residents said the army shelled the camp. The army said that it had nothing to do with it.")
    [(denial, accusation)] = denied(reading)
    assert accusation is not None
    assert [named.name for named in denial.sources] == ["army"]


def test_what_is_charged_in_return_is_not_what_is_denied(read: Read) -> None:
    text = "Residents said the army shelled the camp. The army called the charge a lie and said that rebels bombed it."
    [(denial, _)] = denied(read(text))
    assert denial.type == "shelling"


def heard(reading: Reading, word: str) -> tuple[Claim, ...]:
    """The claims of the reading if a trained reader takes what stands at the word for a denial."""
    at = reading.report.text.index(word)
    [claim] = [c for c in reading.claims if c.trigger.start == at] or [reading.claims[0]]
    told = msgspec.structs.replace(claim, trigger=Span(at, at + len(word)), stance=Stance.DENIES, reasons=())
    return find_denials(msgspec.structs.replace(reading, claims=(told,)), Tree(reading), load_denials())


def test_the_readers_denial_stands_where_no_word_of_denying_does(read: Read) -> None:
    [claim] = heard(read("Not one shell of ours fell on the camp, the army said, and rebels shelled it."), "shelled")
    assert (claim.stance, claim.negated) == (Stance.DENIES, False)


def test_to_deny_somebody_a_thing_is_no_denial_whatever_the_reader_takes_it_for(read: Read) -> None:
    [claim] = heard(read("Rebels shelled the camp. The state had long denied them identity papers."), "denied")
    assert claim.stance is Stance.ASSERTS


def test_nobody_tells_what_is_neither_confirmed_nor_denied(read: Read) -> None:
    assert heard(read("Rebels shelled the camp. The ministry would neither confirm nor deny it."), "confirm") == ()


@pytest.mark.parametrize(
    "disowned",
    [
        "The minister said the report did not reflect the truth.",
        "The minister called the estimate too high.",
        "Several analysts believed the estimate to be exaggerated.",
    ],
)
def test_an_account_that_is_not_shared_or_called_untrue_is_denied(read: Read, disowned: str) -> None:
    reading = read(f"Rebels said the army shelled the camp at Karesh. {disowned}")
    [(denial, accusation)] = denied(reading)
    assert accusation is not None
    assert denial.type == "shelling"
    assert denial.sources[0].name.split()[-1] in disowned


def test_who_does_not_share_an_assessment_denies_it(read: Read) -> None:
    text = "Rebels said the army shelled the camp at Karesh, an assessment that the ministry does not share."
    [(denial, accusation)] = denied(read(text))
    assert accusation is not None
    assert [named.name for named in denial.sources] == ["ministry"]


@pytest.mark.parametrize(
    "plain",
    [
        "The minister said the report reflected the truth.",
        "The minister does not share the building.",
        "The minister called the hills high.",
        "The mission did not share the information with journalists.",
        "The mission has not shared its assessment.",
        "Monitors called the estimate too low.",
    ],
)
def test_what_is_shared_or_no_account_is_not_denied(read: Read, plain: str) -> None:
    assert not denied(read(f"Rebels said the army shelled the camp at Karesh. {plain}"))


def test_what_is_still_to_come_answers_nobody(read: Read) -> None:
    said = "Rebels said the army captured the town of Karesh. The minister said the army had {} captured the town."
    assert denied(read(said.format("not")))
    assert not denied(read(said.format("not yet")))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The council in Khartoum did not reject the truce.", "reject"),
        ("The junta has never ruled out an attack on the port.", "attack"),
        ("The army did not deny that it shelled Goma.", "shelled"),
        ("The ministry did not dispute the report that troops entered Sloviansk.", "entered"),
    ],
)
def test_what_is_not_turned_down_is_left_open(read: Read, text: str, word: str) -> None:
    assert left_open(read(text), word) == (False, Certainty.POSSIBLE)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The council in Khartoum rejected the truce.", "truce"),
        ("The council in Khartoum did not keep the truce.", "truce"),
        ("The army did not reject the men who shelled Goma.", "shelled"),
    ],
)
def test_what_is_turned_down_or_stands_beside_it_is_as_it_was(read: Read, text: str, word: str) -> None:
    assert left_open(read(text), word) == (True, Certainty.CERTAIN)


def test_a_deed_that_was_not_done_is_not_left_open(read: Read) -> None:
    text = "The president did not dismiss the general."
    assert left_open(read(text), "dismiss", ClaimType.DISMISSES) == (True, Certainty.CERTAIN)


def left_open(reading: Reading, word: str, type_: ClaimType = ClaimType.AGREES) -> tuple[bool, Certainty]:
    """Whether a claim at the word that is negated and certain stays so."""
    at = reading.report.text.index(word)
    [claim] = read_one_claim(reading, Span(at, at + len(word)), type_)
    return claim.negated, claim.certainty


def read_one_claim(reading: Reading, trigger: Span, type_: ClaimType) -> tuple[Claim, ...]:
    told = Claim(id="c", report="r", type=type_, evidence=(trigger,), trigger=trigger, negated=True)
    return find_denials(msgspec.structs.replace(reading, claims=(told,)), Tree(reading), load_denials())


def test_a_refusal_that_was_taken_for_a_denial_is_told_once(read: Read) -> None:
    reading = read("The militia rejected a truce at Goma.")
    run = (Span(0, 35),)
    spans = [Span(at, at + len(word)) for word in ("rejected", "truce") for at in [reading.report.text.index(word)]]
    refused, denied_ = (
        Claim(id=word, report="r", type=ClaimType.AGREES, evidence=run, trigger=span)
        for word, span in zip(("rejected", "truce"), spans, strict=True)
    )
    both = (
        msgspec.structs.replace(refused, negated=True),
        msgspec.structs.replace(denied_, stance=Stance.DENIES, reasons=(Reason(field="stance", rule="denies"),)),
    )
    found = find_denials(msgspec.structs.replace(reading, claims=both), Tree(reading), load_denials())
    assert [(claim.id, claim.negated) for claim in found] == [("rejected", True)]


def test_a_report_that_somebody_dismissed_an_officer_denies_nothing(read: Read) -> None:
    text = "Rebels entered Orle, following reports that Moscow had dismissed its commander in Donetsk."
    spots = list(spot_denials(read(text), Tree(read(text)), load_denials()))
    assert not spots
    text = "Rebels entered Orle, following reports dismissed by the ministry."
    assert len(list(spot_denials(read(text), Tree(read(text)), load_denials()))) == 1
