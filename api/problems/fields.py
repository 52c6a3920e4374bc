"""What is wrong with a field, in a sentence: by pydantic's type of error, or by what the API found itself."""

from collections.abc import Mapping, Sequence
from typing import Final

from api.problems.problem import FieldFault
from api.problems.wording import NOTHING_NAMED, worded
from locales.catalogue import has_text, placeholders, text
from models.vocabulary.procedure import IndicatorKind, Language

GENERAL: Final = "other"
# Types that ask the same of whoever sent it; any other type is its own key, or the general one.
_KEYS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), "date"),
    **dict.fromkeys(("date_from_datetime_inexact",), "date"),
    **dict.fromkeys(("datetime_type", "datetime_parsing", "datetime_from_date_parsing"), "instant"),
    **dict.fromkeys(("timezone_aware", "datetime_object_invalid"), "instant"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), "whole_number"),
    **dict.fromkeys(("decimal_type", "decimal_parsing", "float_type", "float_parsing"), "number"),
    **dict.fromkeys(("finite_number", "is_instance_of"), "number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "yes_or_no"),
    **dict.fromkeys(("string_type", "string_unicode"), "text"),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), "list"),
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), "object"),
    **dict.fromkeys(("url_type", "url_parsing", "url_syntax_violation", "url_scheme", "url_too_long"), "url"),
    **dict.fromkeys(("bytes_type", "base64_decode"), "base64"),
    **dict.fromkeys(("enum", "literal_error"), "one_of"),
    **dict.fromkeys(("union_tag_invalid", "union_tag_not_found"), "kind"),
}
_PATTERNS: Final[Mapping[str, str]] = {
    r"^[A-Z0-9]{1,12}$": "pattern_code",
    r"^[A-Za-z0-9][A-Za-z0-9._:-]*$": "pattern_id",
    r"^[A-Za-z0-9][A-Za-z0-9._-]*$": "pattern_edition",
}
"""Which letters a text may have, where that can be said; by the patterns of our own models."""
_BRANCHES: Final = frozenset(IndicatorKind)


def field_fault(error: Mapping[str, object]) -> FieldFault:
    """Where and why, without what was sent."""
    context = error.get("ctx")
    given = context if isinstance(context, Mapping) else {}
    params = {str(name): str(value).replace(" or ", ", ") for name, value in given.items()}
    return FieldFault(pointer=pointer_to(error["loc"]), key=_key(str(error["type"]), given), params=params)


def worded_fault(language: Language, fault: FieldFault, names: Mapping[str, str] = NOTHING_NAMED) -> str:
    """The sentence of a fault, which may be a rule's; the general one where none can be filled."""
    for key in (f"field.{fault.key}", f"problem.{fault.key}", f"refused.{fault.key}"):
        if has_text(language, key) and placeholders(language, key) <= set(fault.params):
            return worded(language, key, fault.params, names)
    return text(language, f"field.{GENERAL}")


def pointer_to(location: object) -> str:
    """RFC 6901 for the body; `query:name`, `header:name` or `path:name` elsewhere."""
    where, *steps = location if isinstance(location, (tuple, list)) else ("body",)
    if where != "body":
        return f"{where}:{'.'.join(map(str, steps))}"
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in _sent(steps))


def _sent(steps: Sequence[object]) -> Sequence[object]:
    """Without the name of the branch that `kind` chose, for a body or one of a list: it stands in no body."""
    before = (0, *steps)
    return [
        step
        for step, former in zip(steps, before, strict=False)
        if not (step in _BRANCHES and isinstance(former, int))
    ]


def _key(error_type: str, context: Mapping[str, object]) -> str:
    if error_type == "string_pattern_mismatch":
        return _PATTERNS.get(str(context.get("pattern")), error_type)
    if error_type == "value_error":
        own = getattr(context.get("error"), "code", None)
        return str(own) if own else "email" if "reason" in context else GENERAL
    if context.get("min_length") == 1 and _of_text(error_type, context):
        return "text_blank"
    if _of_text(error_type, context):
        return f"string_{error_type.removeprefix('string_')}"
    return _KEYS.get(error_type, error_type)


def _of_text(error_type: str, context: Mapping[str, object]) -> bool:
    """Whether a length is a text's. One that is measured after a check of ours is told as of a `Value`."""
    measured = error_type in {"too_short", "too_long"} and context.get("field_type") == "Value"
    return measured or error_type in {"string_too_short", "string_too_long"}
