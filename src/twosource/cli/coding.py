"""The command that tells how far people who coded the same reports agree."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from twosource.cli import question_tables as tables
from twosource.cli.terminal import ProjectArgument, errors, output, plural, visible
from twosource.store import open_project
from twosource.views.coding import Agreement, TaskAgreement, agreements

__all__ = ["agreement"]


def agreement(
    project: ProjectArgument,
    task: Annotated[
        str | None, typer.Option(metavar="NAME", help="One coding task; without it all of them.", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """How far people who coded the same reports blind agree: claims found, and Krippendorff's alpha of each field.

    Reports count that all coders of a task have finished. Tasks are made, and reports coded, on the desk's page Coding.
    """
    with open_project(project) as opened:
        found = agreements(opened, task)
    if json:
        tables.print_json(found, None)
        return
    for one in found:
        _print(one)
    if not found:
        errors().print("No coding tasks: make one on the desk's page Coding, 'twosource serve PROJECT'.")


def _print(one: TaskAgreement) -> None:
    console = output()
    console.print(visible(f"{one.task}: {' and '.join(one.coders)}"), style="bold", soft_wrap=True)
    console.print(f"  {len(one.reports):,} of {plural(one.of, 'report')} finished by all", soft_wrap=True)
    for report in one.apart:
        console.print(f"  left out: {visible(report)}, of which different versions were coded", soft_wrap=True)
    if one.agreement is not None:
        _print_agreement(one.agreement)


def _print_agreement(found: Agreement) -> None:
    console = output()
    alike = f"{found.alike:,} of {plural(found.units, 'claim')} coded alike in every field"
    console.print(f"  {alike}", soft_wrap=True)
    for pair in found.found:
        first, second = (f"{visible(name)} {count:,}" for name, count in zip(pair.coders, pair.claims, strict=True))
        f1 = "–" if pair.f1 is None else f"{pair.f1:.2f}"
        console.print(f"  claims found: {first}, {second}, both {pair.both:,}: F1 {f1}", soft_wrap=True)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in ("field", "measure", "alpha", "agreement", "units", "values"):
        table.add_column(column, justify="left" if column in ("field", "measure") else "right")
    for name, field in found.fields.items():
        alpha = "–" if field.alpha is None else f"{field.alpha:.2f}"
        same = "–" if field.agreement is None else f"{field.agreement:.0%}"
        table.add_row(name, field.metric.value, alpha, same, f"{field.units:,}", f"{field.kinds:,}")
    console.print(table)
