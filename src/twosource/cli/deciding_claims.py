"""The parts of 'decide' about claims, and about reports that may be one text."""

from __future__ import annotations

from twosource import deciding
from twosource.cli.claim_words import claim_lines
from twosource.cli.relating import print_why
from twosource.cli.said import Said
from twosource.cli.terminal import output, visible
from twosource.corpus_records import VERDICTS, Decision, DecisionKind, Judgement
from twosource.errors import UsageError
from twosource.gathering import gather
from twosource.relating import keep_decision
from twosource.store import Project
from twosource.store.following import following
from twosource.views.lineage import why

__all__ = ["decide_on_claim", "decide_on_reports"]


def decide_on_reports(project: Project, said: Said) -> None:
    """Keeps whether two reports are one text, and prints why they are held so now.

    Raises UsageError for what can't be meant.
    """
    if len(said.subjects) != 2:
        raise UsageError(f"name two reports, not {len(said.subjects)}")
    if said.verdict not in VERDICTS[DecisionKind.LINEAGE]:
        raise UsageError(f"{said.verdict!r} can't be said of two reports: it is one of {', '.join(Judgement)}")
    first, second = said.subjects
    keep_decision(project, (first, second), Judgement(said.verdict), **said.signed)
    print_why(why(project, first, second))


def decide_on_claim(project: Project, said: Said) -> None:
    """Keeps a word on a claim, or adds one to a report, and prints the claim as it stands by it.

    Events are gathered anew by it. Raises UsageError for what can't be meant.
    """
    fields = said.given
    if len(said.subjects) != 1:
        raise UsageError(f"name one claim, or for --as add its report, not {len(said.subjects)} ids")
    if fields and said.verdict not in ("fix", "add"):
        raise UsageError(f"--fields says what is right: it goes with --as fix or add, not with {said.verdict}")
    [id_] = said.subjects
    if said.verdict == "add":
        kept = deciding.add(project, id_, fields, **said.signed)
    else:
        report = deciding.report_of(project, id_)
        if said.verdict == "fix":
            kept = deciding.fix(project, report, id_, fields, **said.signed)
        elif said.verdict == "reject":
            kept = deciding.reject(project, report, id_, **said.signed)
        else:
            kept = deciding.accept(project, report, id_, **said.signed)
    _print_claim(project, kept)
    with following(kept):
        gather(project)


def _print_claim(project: Project, kept: Decision) -> None:
    report, id_ = kept.subjects
    [one] = [
        one for one in deciding.decided_claims(project, report) if one.decision and one.decision.number == kept.number
    ]
    console = output()
    first, *others = claim_lines(one.claim, one.evidence)
    console.print(
        f"{one.mark} in {visible(report)}, entry {kept.number}: {visible(first)}", style="bold", soft_wrap=True
    )
    for line in [*others, id_]:
        console.print(f"  {visible(line)}", soft_wrap=True)
