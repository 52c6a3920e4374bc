"""The OpenAPI document as a stranger's tools read it: valid, whole, with an example for everything to send.

Summaries, tags, problems and policies are held by `tests/api/test_routes.py`.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.openapi.models import OpenAPI
from jsonschema import Draft202012Validator, FormatChecker

from tests.api_contract.schema import Json, Operation, document, operations, resolved, sample

SCHEMAS: Json = document()["components"]["schemas"]
WITH_BODY = [operation for operation in operations() if operation.body is not None]


def name_of(operation: Operation) -> str:
    return operation.name


def validator(schema: Json) -> Draft202012Validator:
    """Judges values by a schema that refers to the document's components."""
    whole = {**schema, "components": {"schemas": SCHEMAS}}
    return Draft202012Validator(whole, format_checker=FormatChecker())


def parts(node: Any) -> Iterator[Json]:
    """Every object of the document, however deep."""
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from parts(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from parts(inner)


def test_document_has_the_shape_of_openapi_3_1() -> None:
    assert OpenAPI.model_validate(document()).openapi.startswith("3.1")


def test_every_reference_leads_somewhere() -> None:
    references = {part["$ref"] for part in parts(document()) if isinstance(part.get("$ref"), str)}
    assert references
    assert references <= {f"#/components/schemas/{name}" for name in SCHEMAS}


def test_no_schema_is_left_over() -> None:
    used = {str(part["$ref"]).rpartition("/")[2] for part in parts(document()) if "$ref" in part}
    assert set(SCHEMAS) - used == set()


def test_a_schema_has_one_plain_name_that_programs_can_call_a_class_by() -> None:
    assert [name for name in SCHEMAS if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)] == []
    assert {name: schema["title"] for name, schema in SCHEMAS.items()} == {name: name for name in SCHEMAS}


def test_a_list_of_words_has_a_name_where_it_is_used_twice() -> None:
    inline = [tuple(part["enum"]) for part in parts(document()) if len(part.get("enum", ())) > 1]
    assert len(inline) == len(set(inline))


def test_what_tells_the_parts_of_a_union_apart_is_required_in_each() -> None:
    unions = [part["discriminator"] for part in parts(document()) if "discriminator" in part]
    assert unions
    for union in unions:
        for reference in union["mapping"].values():
            assert union["propertyName"] in resolved({"$ref": reference})["required"]


def test_nothing_outside_a_body_can_be_null() -> None:
    for operation in operations():
        for parameter in operation.spec.get("parameters", ()):
            choices = parameter["schema"].get("anyOf", [parameter["schema"]])
            assert {"type": "null"} not in choices, (operation.name, parameter["name"])


def test_a_file_is_one_for_older_programs_too() -> None:
    files = [part for part in parts(document()) if part.get("contentMediaType") == "application/octet-stream"]
    assert files
    assert {part["format"] for part in files} == {"binary"}


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_schema_is_a_schema_and_its_examples_fit(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    for field, schema in SCHEMAS[name].get("properties", {}).items():
        for example in schema.get("examples", ()):
            errors = [error.message for error in validator(schema).iter_errors(example)]
            assert errors == [], f"{name}.{field}"


def test_parameters_of_a_path_are_those_in_it() -> None:
    for operation in operations():
        named = {part.strip("{}") for part in operation.path.split("/") if part.startswith("{")}
        assert set(operation.parameters("path")) == named, operation.name


def test_examples_of_parameters_fit() -> None:
    for operation in operations():
        for parameter in operation.spec.get("parameters", ()):
            schema: Json = parameter["schema"]
            examples = [*schema.get("examples", ()), *parameter.get("examples", {}).values()]
            for example in examples:
                assert list(validator(schema).iter_errors(example)) == [], (operation.name, parameter["name"])


@pytest.mark.parametrize("operation", WITH_BODY, ids=name_of)
def test_a_body_made_from_the_examples_fits(operation: Operation) -> None:
    body = operation.body or {}
    errors = [f"{error.json_path}: {error.message}" for error in validator(body).iter_errors(sample(body))]
    assert errors == []


@pytest.mark.parametrize("operation", WITH_BODY, ids=name_of)
def test_a_body_says_what_to_send(operation: Operation) -> None:
    """An example for the body as a whole or for what is required in it, unless the type tells all."""
    schema = resolved(operation.body or {})
    silent = [
        name
        for name in schema.get("required", ())
        if "examples" not in schema and not _speaks(resolved(schema["properties"][name]))
    ]
    assert silent == [], f"{schema['title']}: add examples=[…] to these fields"


def _speaks(field: Json) -> bool:
    """A field that has an example or needs none: a choice, a number, yes or no, a date, a part of its own."""
    if {"examples", "enum", "const", "format", "properties"} & field.keys():
        return True
    if field.get("type") == "array":
        return _speaks(resolved(field["items"]))
    return field.get("type") in {"integer", "number", "boolean"}


@pytest.mark.parametrize("operation", WITH_BODY, ids=name_of)
def test_a_body_of_a_command_allows_no_unknown_field(operation: Operation) -> None:
    schema = resolved(operation.body or {})
    if "on_behalf" in schema.get("properties", {}):
        assert schema["additionalProperties"] is False


@pytest.mark.parametrize("operation", operations(), ids=name_of)
def test_an_operation_says_what_comes_back(operation: Operation) -> None:
    good = {status: answer for status, answer in operation.spec["responses"].items() if status < "300"}
    assert good
    for status, answer in good.items():
        assert status == "204" or answer["content"], operation.name
    assert all(answer["description"].strip() for answer in operation.spec["responses"].values())
