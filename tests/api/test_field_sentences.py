"""Whatever the API finds wrong with a field has a sentence in Kazakh, Russian and English."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import TypeAdapter, ValidationError

from api.problems.fields import GENERAL, field_fault, worded_fault
from api.problems.problem import FieldFault, ProblemCode
from api.routes.organisations import Code
from models.calendar.edition import EditionId
from models.vocabulary.procedure import Id, Language
from tests.api_contract.schema import document, operations
from tests.catalogue_checks import missing

ROOT: Final = Path(__file__).parents[2]
Json = dict[str, Any]
# What a keyword of a schema refuses by: the type of pydantic's error and what it tells with it.
REFUSES: Final[Mapping[str, tuple[tuple[str, Mapping[str, object]], ...]]] = {
    "additionalProperties": (("extra_forbidden", {}),),
    "const": (("literal_error", {"expected": "'a'"}),),
    "discriminator": (("union_tag_invalid", {}), ("union_tag_not_found", {})),
    "enum": (("enum", {"expected": "'a' or 'b'"}), ("literal_error", {"expected": "'a'"})),
    "maxItems": (("too_long", {"field_type": "Tuple", "max_length": 2}),),
    "maxLength": (
        ("string_too_long", {"max_length": 2}),
        ("too_long", {"field_type": "Value", "max_length": 2}),
    ),
    "maximum": (("less_than_equal", {"le": 2}),),
    "minItems": (("too_short", {"field_type": "Tuple", "min_length": 1}),),
    "minLength": (
        ("string_too_short", {"min_length": 3}),
        ("too_short", {"field_type": "Value", "min_length": 1}),
    ),
    "minimum": (("greater_than_equal", {"ge": 2}),),
    "patternProperties": (("string_pattern_mismatch", {"pattern": "a"}),),
    "pattern": (("string_pattern_mismatch", {"pattern": "a"}), ("decimal_parsing", {})),
    "required": (("missing", {}),),
    "type:array": (("list_type", {}), ("tuple_type", {})),
    "type:boolean": (("bool_type", {}), ("bool_parsing", {})),
    "type:integer": (("int_type", {}), ("int_parsing", {}), ("int_from_float", {}), ("int_parsing_size", {})),
    "type:null": (),
    "type:number": (
        *(("decimal_type", {}), ("decimal_parsing", {}), ("finite_number", {}), ("float_parsing", {})),
        ("decimal_max_digits", {"max_digits": 2}),
        ("decimal_max_places", {"decimal_places": 2}),
        ("decimal_whole_digits", {"whole_digits": 2}),
    ),
    "type:object": (("model_type", {}), ("model_attributes_type", {}), ("dict_type", {})),
    "type:string": (("string_type", {}), ("string_unicode", {})),
    "uniqueItems": (("frozen_set_type", {}),),
    "format:base64": (("bytes_type", {}), ("base64_decode", {"error": "odd"})),
    "format:binary": (("missing", {}),),
    "format:date": (("date_type", {}), ("date_parsing", {}), ("date_from_datetime_inexact", {})),
    "format:date-time": (("datetime_type", {}), ("datetime_parsing", {}), ("timezone_aware", {})),
    "format:uri": (("url_parsing", {"error": "odd"}), ("url_scheme", {"expected_schemes": "'https'"})),
    "format:email": (("value_error", {"reason": "no @"}),),
}
# They describe, or hold other schemas.
SILENT: Final = frozenset(
    {
        *("$ref", "allOf", "anyOf", "oneOf", "default", "description", "examples", "items"),
        *("mapping", "properties", "propertyNames", "title", "contentMediaType"),
    }
)


def asked_for() -> Iterator[Json]:
    """Every schema of what is sent: bodies and parameters, with all they hold."""
    waiting = [content["schema"] for each in operations() for content in _bodies(each.spec)]
    waiting += [parameter["schema"] for each in operations() for parameter in each.spec.get("parameters", ())]
    seen: set[str] = set()
    while waiting:
        schema = waiting.pop()
        name = schema.get("$ref", "").rpartition("/")[2]
        if name and name not in seen:
            seen.add(name)
            waiting.append(document()["components"]["schemas"][name])
        yield schema
        waiting += [*schema.get("properties", {}).values(), *schema.get("patternProperties", {}).values()]
        waiting += [each for key in ("allOf", "anyOf", "oneOf") for each in schema.get(key, ())]
        waiting += [
            each for key in ("items", "additionalProperties") if isinstance(each := schema.get(key), dict)
        ]


def _bodies(operation: Json) -> list[Json]:
    return list(operation.get("requestBody", {}).get("content", {}).values())


def keywords(schema: Json) -> Iterator[str]:
    for key, value in schema.items():
        if key in {"type", "format"}:
            yield f"{key}:{value}"
        elif key not in SILENT:
            yield key


def test_each_way_to_miss_the_schema_of_what_is_sent_has_its_own_sentence() -> None:
    known = {key for schema in asked_for() for key in keywords(schema)}
    assert {"required", "enum", "format:date", "maxItems"} <= known, "the walk reaches what is sent"
    assert sorted(known - set(REFUSES)) == [], "say in REFUSES by which errors pydantic refuses these"
    errors = [
        {"type": kind, "loc": ("body", "x"), "ctx": context}
        for key in known
        for kind, context in REFUSES[key]
    ]
    faults = [field_fault(error) for error in errors]
    assert [fault.key for fault in faults if not _own_sentence(fault)] == []


def _own_sentence(fault: FieldFault) -> bool:
    general = FieldFault(pointer=fault.pointer, key=GENERAL)
    return all(worded_fault(language, fault) != worded_fault(language, general) for language in Language)


def test_each_code_of_our_own_has_a_sentence() -> None:
    codes = set(own_codes())
    assert {"text_blank", "title_missing", "id_differs", "file_empty"} <= codes, "the walk finds them"
    assert missing(f"field.{code}" for code in sorted(codes)) == []


def test_no_field_is_told_by_the_name_of_a_problem() -> None:
    for code in ProblemCode:
        fault = FieldFault(pointer="/x", key=code.value, params={})
        assert all(code.value not in worded_fault(language, fault).split() for language in Language)


def own_codes() -> Iterator[str]:
    """The codes of our checks of fields: in the errors they raise, and where a field is called invalid."""
    for folder in ("api", "models"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    yield from _code_in(node)


def _code_in(call: ast.Call) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    place = {"PydanticCustomError": 0, "TextFault": 0, "invalid": 2}.get(name)
    if place is None or len(call.args) <= place:
        return
    code = call.args[place]
    assert isinstance(code, ast.Constant), f"{ast.unparse(call)}: a code stands where it is raised"
    yield str(code.value)


def test_a_field_called_invalid_is_told_what_is_wrong_with_it() -> None:
    for path in sorted((ROOT / "api").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node).startswith("invalid(ProblemCode.INVALID,"):
                assert len(node.args) == 3, f"{path.name}: {ast.unparse(node)} says nothing of the field"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("kind", "wrong", "example"),
    [
        (TypeAdapter[str](Code), "үлгі", "SARY2"),
        (TypeAdapter[str](Id), "ү1", ""),
        (TypeAdapter[str](EditionId), "2026 ж", "kz-2026.2"),
    ],
)
def test_of_a_text_of_few_letters_it_is_said_which(
    language: Language, kind: TypeAdapter[str], wrong: str, example: str
) -> None:
    with pytest.raises(ValidationError) as raised:
        kind.validate_python(wrong)
    (error,) = raised.value.errors()
    said = worded_fault(language, field_fault({**error, "loc": ("body", "code")}))
    general = worded_fault(language, FieldFault(pointer="/code", key="string_pattern_mismatch", params={}))
    assert said != general
    assert example in said
