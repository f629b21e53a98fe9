"""Projects that are made for measuring hold all that reading would have stored."""

from __future__ import annotations

from pathlib import Path

from bench.made import fill_project
from sqlalchemy import func, select

from twosource.store import open_project, tables
from twosource.views.claims import ClaimFilter, count_claims, find_claims


def test_claims_of_a_made_project_are_found_by_their_words_and_names(tmp_path: Path) -> None:
    with open_project(tmp_path / "made.db", create=True) as project:
        made = fill_project(project, 12)
        rows = find_claims(project)
        word = next(word for row in rows for word in row.evidence[0].split() if word.isalpha())
        name = next(named.name for row in rows for named in row.claim.actors)

        assert count_claims(project) == made > 0
        assert count_claims(project, ClaimFilter(text=word)) > 0
        assert count_claims(project, ClaimFilter(actor=name)) > 0
        with project.looking() as connection:
            for table in (tables.claim_term, tables.claim_name, tables.claim_value):
                assert connection.execute(select(func.count()).select_from(table)).scalar_one() > 0
