"""How the schemas of the OpenAPI document are named and told apart, so that programs can be made of them.

Generators name their classes by a schema's name or title, and read a union by what tells its parts apart.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, get_args

from models.report.rendition import Rendition
from models.timeline.cloud_events import TYPES
from models.vocabulary.sign_in import StaffRole

REFERENCE: Final = "#/components/schemas/"
BINARY: Final = "application/octet-stream"
# Lists of words that stand in several places: each under one name.
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "EventType": TYPES,
    "StaffRole": tuple(role.value for role in get_args(StaffRole)),
    "Rendition": tuple(Rendition),
}
# What FastAPI and pydantic call a shape that is sent otherwise than it is answered, or made for a form.
_OUTPUT: Final = re.compile(r"-Output$")
_FORM: Final = re.compile(r"^Body_(\w+)$")


def with_schemas_for_programs(document: dict[str, Any]) -> None:
    """One plain name for each schema, its title too; no list of words twice; nothing to be guessed."""
    _under_plain_names(document)
    _with_named_choices(document)
    for methods in document["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _without_null(parameter["schema"])
    for part in _parts(document):
        _with_tags(document, part)
        _as_binary(part)


def _under_plain_names(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    names = {former: _plain(former) for former in schemas}
    assert len(set(names.values())) == len(names), "two schemas of one name: rename a class"
    document["components"]["schemas"] = {
        names[former]: {**schema, "title": names[former]} for former, schema in schemas.items()
    }
    _with_references(document, lambda name: names.get(name, name))


def _plain(name: str) -> str:
    """`Page_EntryView_` → `PageEntryView`, `Body_attach_file` → `AttachFileForm`."""
    form = _FORM.match(name)
    if form:
        return "".join(word.capitalize() for word in form[1].split("_")) + "Form"
    return re.sub(r"[^A-Za-z0-9]", "", _OUTPUT.sub("", name))


def _with_references(document: dict[str, Any], renamed: Callable[[str], str]) -> None:
    for part in _parts(document):
        if isinstance(part.get("$ref"), str):
            part["$ref"] = REFERENCE + renamed(part["$ref"].removeprefix(REFERENCE))
        mapping = part.get("discriminator", {}).get("mapping", {})
        mapping.update({tag: REFERENCE + renamed(to.removeprefix(REFERENCE)) for tag, to in mapping.items()})


def _with_named_choices(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name, words in CHOICES.items():
        named = schemas.setdefault(name, {"type": "string", "enum": list(words), "title": name})
        for place in _parts(document):
            if place is named or sorted(place.get("enum", ())) != sorted(words):
                continue
            for key in ("enum", "type", "title"):
                place.pop(key, None)
            place["$ref"] = f"{REFERENCE}{name}"


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """What may be left out of an address or a header is left out: there is no way to send null in these."""
    others = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if len(others) == len(schema.get("anyOf", ())):
        return schema
    if len(others) > 1:
        return {**schema, "anyOf": others}
    return {**others[0], **{key: value for key, value in schema.items() if key != "anyOf"}}


def _with_tags(document: dict[str, Any], part: dict[str, Any]) -> None:
    """What tells the parts of a union apart is always there: who sends one without it is refused."""
    discriminator = part.get("discriminator", {})
    for reference in discriminator.get("mapping", {}).values():
        chosen = document["components"]["schemas"][reference.removeprefix(REFERENCE)]
        tag = discriminator["propertyName"]
        chosen["required"] = list(dict.fromkeys([*chosen.get("required", ()), tag]))


def _as_binary(part: dict[str, Any]) -> None:
    """A file, as older generators know it, too."""
    if part.get("contentMediaType") == BINARY:
        part["format"] = "binary"


def _parts(node: object) -> Iterator[dict[str, Any]]:
    """Every object of the document, however deep."""
    if isinstance(node, dict):
        yield node
        for inner in list(node.values()):
            yield from _parts(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _parts(inner)
