"""The OpenAPI document of the interface, made from the table of what can be asked and from the records' own types."""

from __future__ import annotations

import inspect
from typing import Any

import msgspec

from twosource import __version__
from twosource.api.asking import LARGEST_PAGE, LONGEST, Parameter
from twosource.api.resources import LISTS, SINGLES
from twosource.api.table import List, Single

__all__ = ["BASE", "Problem", "document"]

BASE = "/api/v1"
_NO_NUL = "^[^\\u0000]*(?![\\s\\S])"
_ID = "^[^\\u0000\\n]+(?![\\s\\S])"
_LEFT_OUT = {
    "type": "object",
    "description": "Only where more claims are chosen than an answer is made of: how many were looked at, those "
    "published last, and since which day.",
    "required": ["looked_at", "since"],
    "properties": {
        "looked_at": {"type": "integer", "minimum": 0},
        "since": {"type": ["string", "null"], "format": "date"},
    },
}
_REF = "#/components/schemas/{name}"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why a request got no answer (RFC 9457): what went wrong in short, the HTTP status, and what to do."""

    title: str
    status: int
    detail: str


def document() -> dict[str, Any]:
    """The document, OpenAPI 3.1, as a JSON object. The same table gives the same document."""
    types = [*(one.item for one in LISTS), *(one.item for one in SINGLES), Problem]
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    of = {id(type_): schema for type_, schema in zip(types, schemas, strict=True)}
    paths = {f"/{one.name}": {"get": _list(one, of[id(one.item)])} for one in LISTS}
    for single in SINGLES:
        path = f"/{single.name}/{{id}}" if single.of_many else f"/{single.name}"
        paths[path] = {"get": _single(single, of[id(single.item)])}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "twosource",
            "version": __version__,
            "description": "Claims, events and reports of one project, as its desk shows them. Nothing is changed by "
            "asking. Every span is half-open, in Unicode code points of the report's text.",
        },
        "servers": [{"url": BASE}],
        "paths": paths,
        "components": {"schemas": {name: _plain(schema) for name, schema in sorted(components.items())}},
    }


def _list(one: List, item: dict[str, Any]) -> dict[str, Any]:
    page = {
        "type": "object",
        "required": ["items", "total", "next"],
        "properties": {
            "items": {"type": "array", "items": item, "maxItems": LARGEST_PAGE},
            "total": {"type": "integer", "minimum": 0, "description": "How many the filter chooses in all."},
            "next": {
                "type": ["string", "null"],
                "description": "The address of the following page, null on the last one.",
            },
            "left_out": _LEFT_OUT,
        },
    }
    return {
        "operationId": f"list_{one.name.replace('-', '_')}",
        "summary": one.about,
        "x-worked-out-whole": one.count is None,
        "parameters": [_parameter(each) for each in one.parameters],
        "responses": {"200": _answer("One page.", page), "400": _problem("The query can't be meant.")},
    }


def _single(one: Single, item: dict[str, Any]) -> dict[str, Any]:
    id_ = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": _ID}}
    responses = {"200": _answer("It.", item), "400": _problem("The query can't be meant.")}
    if one.of_many:
        responses["404"] = _problem("There is none with this id.")
    return {
        "operationId": f"get_{one.name}",
        "summary": one.about,
        "parameters": [*([id_] if one.of_many else []), *(_parameter(each) for each in one.parameters)],
        "responses": responses,
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    schema = msgspec.json.schema(one.type)
    if "$ref" in schema:  # an enum: its values stand here, so that a reader of the document sees them
        schema = _plain(next(iter(schema["$defs"].values())))
    if one.name == "limit":
        schema |= {"minimum": 1, "maximum": LARGEST_PAGE}
    if one.name == "offset":
        schema |= {"minimum": 0, "maximum": 2**31 - 1}
    if one.type is str:
        schema |= {"maxLength": LONGEST, "pattern": _NO_NUL}
    if one.default is not None:
        schema |= {"default": one.default}
    return {"name": one.name, "in": "query", "required": one.required, "description": one.about, "schema": schema}


def _answer(about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def _problem(about: str) -> dict[str, Any]:
    schema = {"$ref": _REF.format(name="Problem")}
    return {"description": about, "content": {"application/problem+json": {"schema": schema}}}


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with its description's lines joined."""
    about = schema.get("description")
    return schema if about is None else schema | {"description": " ".join(inspect.cleandoc(about).split())}
