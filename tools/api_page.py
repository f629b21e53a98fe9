"""The reference page of the JSON interface, made from its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twosource.api.openapi import BASE, document

_HEAD = f"""# JSON interface

*Made from the code by tools/build_reference.py: change it there.*

While `twosource serve project.db` runs, everything that the desk answers can be had as JSON under `{BASE}`. It is
asked by GET and changes nothing. `{BASE}/openapi.json` is the description of all of it for programs (OpenAPI 3.1),
with every field of every answer.

```sh
curl 'http://127.0.0.1:8311{BASE}/claims?type=kills&since=2019-04-20&limit=2'
```

## Lists and pages

A list answers with an object: `items`, `total` (how many the filter chooses in all), and `next`, the address of the
following page, null on the last one. Follow `next` until it is null:

```python
import httpx

address = "{BASE}/events?grade=contested"
while address:
    page = httpx.get("http://127.0.0.1:8311" + address).json()
    for event in page["items"]:
        print(event["id"], event["type"], event["origins"])
    address = page["next"]
```

`limit` is how many items a page has (100 unless given, 500 at most), `offset` how many are passed over. Lists marked
*whole* are worked out whole before their first page is given, which can take a minute in a project of many thousand
claims: give them a filter. Their further pages come at once while the project stays as it is.

## Refusals

What can't be answered is told as a problem (RFC 9457) with `title`, `status` and `detail`, a sentence on what to do:
400 for a query that can't be meant, 404 for what is not there, 503 where the project can't be used just now. A desk
that was started with a token wants it with each request, as `Authorization: Bearer TOKEN`, and answers 401 without it.

Spans are half-open, in Unicode code points of the report's text. Days are written 2024-12-31. Numbers of figures are
null where the report leaves them open.
"""


def api_page() -> str:
    """The whole page, as Markdown."""
    said = document()
    paths = said["paths"].items()
    schemas = said["components"]["schemas"]
    return "\n".join([_HEAD, *(line for path, methods in paths for line in _path(path, methods["get"], schemas))])


def _path(path: str, asked: dict[str, Any], schemas: dict[str, Any]) -> Iterator[str]:
    yield f"## {path}\n\n{asked['summary']}\n"
    answer = asked["responses"]["200"]["content"]["application/json"]["schema"]
    item = answer.get("properties", {}).get("items", {}).get("items")
    yield f"{'Items' if item else 'Answer'}: {_fields(item or answer, schemas)}{_whole(asked)}\n"
    rows = [
        f"| `{one['name']}`{' (must be given)' if one['required'] else ''} | {_meaning(one)} |"
        for one in asked["parameters"]
        if one["name"] not in ("limit", "offset")
    ]
    if rows:
        yield "\n".join(["| parameter | meaning |", "|---|---|", *rows]) + "\n"


def _fields(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    fields = schemas[schema["$ref"].rpartition("/")[2]].get("properties", {})
    return ", ".join(f"`{name}`" for name in fields) + "."


def _whole(asked: dict[str, Any]) -> str:
    return " *Whole.*" if asked.get("x-worked-out-whole") else ""


def _meaning(parameter: dict[str, Any]) -> str:
    schema = parameter["schema"]
    about: str = parameter.get("description", "Its id.")
    values = schema.get("enum", [])
    if 1 < len(values) <= 12:
        about += f" One of {', '.join(f'`{value}`' for value in values)}."
    if schema.get("type") == "boolean":
        about += " `true` or `false`."
    if schema.get("default") not in (None, False):
        about += f" Default: `{schema['default']}`."
    return about
