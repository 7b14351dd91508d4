"""Describes the centre's doors by OpenAPI 3.1, from the same table that opens them."""

import inspect
import re
from collections.abc import Sequence
from typing import Any

import msgspec

from console import __version__
from console.central.calls import Route
from console.wire import HEAD_DURABLE, HEAD_EPOCH, HEAD_TIME, Problem

_KIND, _PLACE = re.compile(r":\w+}"), re.compile(r"{(\w+)}")
_REFS = "#/components/schemas/{name}"


def described(routes: Sequence[Route]) -> dict[str, Any]:
    """Give the description of these routes."""
    types = list(dict.fromkeys(t for r in routes for t in (r.takes, *r.gives) if t is not None))
    schemas, components = msgspec.json.schema_components([*types, Problem], ref_template=_REFS)
    by_type = dict(zip([*types, Problem], schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(address(route.path), {})[route.method.lower()] = _operation(route, by_type)
    bearer = {"type": "http", "scheme": "bearer"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Chengyun centre", "version": __version__},
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"bearer": bearer}},
    }


def address(path: str) -> str:
    """Give a path as OpenAPI writes it: `{address:path}` is `{address}`."""
    return _KIND.sub("}", path)


def _operation(route: Route, by_type: dict[Any, Any]) -> dict[str, Any]:
    given = [by_type[t] for t in route.gives]
    shape = given[0] if len(given) == 1 else {"anyOf": given} if given else {"type": "string"}
    if route.media == "text/event-stream":
        shape = {"type": "string", "description": f"each data line: {route.gives[0].__name__}"}
    told: dict[str, Any] = {
        "operationId": route.handle.__name__,
        "summary": inspect.getdoc(route.handle) or "",
        "parameters": _places(route) + [_parameter(q) for q in route.query] + _headers(route),
        "responses": {
            "201" if route.made else "200": _answer("done", {route.media: {"schema": shape}}),
            "default": _answer("not done", _json(by_type[Problem])),
        },
    }  # fmt: skip
    if route.takes is not None:
        told["requestBody"] = {"required": True, "content": _json(by_type[route.takes])}
    if route.sends:
        content = {media: {"schema": {"type": "string"}} for media in route.sends}
        told["requestBody"] = {"required": True, "content": content}
    if route.signed:
        told["security"] = [{"bearer": []}]
    return told


def _parameter(said: str) -> dict[str, Any]:
    name, _, kind = said.rstrip("?").partition(":")
    return {
        "name": name, "in": "query", "required": not said.endswith("?"),
        "schema": {"type": kind or "string"},
    }  # fmt: skip


def _places(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PLACE.findall(address(route.path))
    ]


def _headers(route: Route) -> list[dict[str, Any]]:
    names = (["X-Device"] if route.signed else []) + ([HEAD_EPOCH] if route.epoch else [])
    return [
        {"name": n, "in": "header", "required": n == HEAD_EPOCH, "schema": {"type": "string"}}
        for n in names
    ]  # fmt: skip


def _answer(words: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "headers": _TOLD, "content": content}


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


_TOLD = {
    HEAD_TIME: {"schema": {"type": "integer"}, "description": "the centre's time, ms UTC"},
    HEAD_EPOCH: {"schema": {"type": "string"}, "description": "the incarnation of its log"},
    HEAD_DURABLE: {"schema": {"type": "integer"}, "description": "the end of its log"},
}
