"""Whatever a client may send by the OpenAPI document gets an answer that the document describes."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from starlette.applications import Starlette
from starlette.routing import Mount

from twosource.api.app import make_api
from twosource.api.openapi import BASE, document
from twosource.store import Project

OPERATIONS = [(path, method) for path, methods in document()["paths"].items() for method in methods]


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_as_described(project: Project, path: str, method: str) -> None:
    app = Starlette(routes=[Mount(BASE, app=make_api(project))])
    operation = schemathesis.openapi.from_asgi(f"{BASE}/openapi.json", app)[path][method]

    @settings(max_examples=8, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy())
    def ask(case: Case) -> None:
        case.call_and_validate()

    ask()
