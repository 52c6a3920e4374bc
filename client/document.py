"""The OpenAPI document as the generator gets it: without what every operation of the client shares.

Problems are raised by the connection itself (`client/written/refusals.py`), whichever operation they answer;
that nothing changed (304) is told only to whoever asks for it by a header that no operation has.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

PROBLEM: Final = "application/problem+json"
NOT_MODIFIED: Final = "304"
_REFERENCE: Final = re.compile(r'"#/components/schemas/(\w+)"')
Part = dict[str, "Part"]


def for_the_generator(document: Mapping[str, object]) -> Part:
    """A copy of the document with the answers that its operations differ by, and the schemas these need."""
    told: Part = json.loads(json.dumps(document))
    for methods in told["paths"].values():
        for operation in methods.values():
            answers = operation["responses"]
            operation["responses"] = {
                status: answer
                for status, answer in answers.items()
                if status != NOT_MODIFIED and PROBLEM not in answer.get("content", {})
            }
    schemas = told["components"]["schemas"]
    told["components"]["schemas"] = {name: schemas[name] for name in sorted(_needed(told, schemas))}
    return told


def _needed(told: Part, schemas: Part) -> set[str]:
    known: set[str] = set()
    waiting = list(_named(told["paths"]))
    while waiting:
        name = waiting.pop()
        if name not in known:
            known.add(name)
            waiting.extend(_named(schemas[name]))
    return known


def _named(part: object) -> Iterator[str]:
    yield from _REFERENCE.findall(json.dumps(part))
