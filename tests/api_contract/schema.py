"""The OpenAPI document as the tests walk it: its operations, and bodies made from its schemas."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from tests.api_contract.hostile import hostile_to
from tests.fixtures.application import as_described

Json = dict[str, Any]
JSON_TYPE: Final = "application/json"
_METHODS: Final = ("get", "put", "post", "delete", "patch")
_DEPTH: Final = 8
_PLAIN: Final = {
    "boolean": True,
    "string": "мәтін",
    "date": "2026-11-23",
    "date-time": "2026-11-23T10:00:00Z",
    "email": "somebody@example.kz",
}


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    path: str
    method: str
    spec: Json

    @property
    def name(self) -> str:
        """The operation's id: the route's function."""
        return str(self.spec["operationId"])

    @property
    def body(self) -> Json | None:
        """The schema of its JSON body, if it has one."""
        content: Json = self.spec.get("requestBody", {}).get("content", {})
        return content[JSON_TYPE]["schema"] if JSON_TYPE in content else None

    def parameters(self, where: str) -> list[str]:
        """The names of its parameters in `path`, `query` or `header`."""
        return [str(p["name"]) for p in self.spec.get("parameters", []) if p["in"] == where]


@cache
def document() -> Json:
    """The document as it is served."""
    return as_described()


def operations() -> list[Operation]:
    """Every operation of the API."""
    return [
        Operation(path, method, spec)
        for path, methods in document()["paths"].items()
        for method, spec in methods.items()
        if method in _METHODS
    ]


def resolved(schema: Json) -> Json:
    """A schema itself where a reference stands for it."""
    while "$ref" in schema:
        name = str(schema["$ref"]).removeprefix("#/components/schemas/")
        schema = document()["components"]["schemas"][name]
    return schema


def sample(schema: Json) -> object:
    """A plausible value: the schema's example, its first alternative, the required fields of an object."""
    schema = resolved(schema)
    if schema.get("examples"):
        return schema["examples"][0]
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if "anyOf" in schema or "oneOf" in schema:
        return sample(_alternatives(schema)[0])
    match schema.get("type"):
        case "object":
            fields: Json = schema.get("properties", {})
            return {name: sample(fields[name]) for name in schema.get("required", ())}
        case "array":
            return [sample(schema["items"]) for _ in range(schema.get("minItems", 0))]
    return _scalar(schema)


def spoiled(schema: Json, depth: int = 0) -> Iterator[tuple[str, object]]:
    """Values like `sample(schema)` in which one part, named by its pointer, is hostile."""
    schema = resolved(schema)
    alternatives = [resolved(alternative) for alternative in _alternatives(schema)]
    yield from (("", bad) for bad in hostile_to({str(a.get("type", "string")) for a in alternatives}))
    if depth > _DEPTH:
        return
    for alternative in alternatives:
        if alternative.get("type") == "array":
            for pointer, bad in spoiled(alternative["items"], depth + 1):
                yield f"/0{pointer}", [bad]
        if alternative.get("type") == "object":
            yield from _spoiled_fields(alternative, depth)


def _spoiled_fields(schema: Json, depth: int) -> Iterator[tuple[str, object]]:
    whole = sample(schema)
    assert isinstance(whole, dict)
    for name, field in schema.get("properties", {}).items():
        for pointer, bad in spoiled(field, depth + 1):
            yield f"/{name}{pointer}", {**whole, name: bad}
    yield "/never-heard-of", {**whole, "never-heard-of": 1}


def _alternatives(schema: Json) -> list[Json]:
    """What a value may be, besides null."""
    choices: list[Json] = schema.get("anyOf") or schema.get("oneOf") or [schema]
    return [choice for choice in choices if choice.get("type") != "null"] or [schema]


def _scalar(schema: Json) -> object:
    kind = str(schema.get("type"))
    if kind == "string" and "pattern" in schema:
        return "sample-1"
    return (
        schema.get("minimum", 1) if kind in {"integer", "number"} else _PLAIN.get(schema.get("format", kind))
    )
