"""What no history may hold: the sample country's people, addresses and texts, and the secrets of tests."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from pydantic import BaseModel

from local.samples import ScenarioName, load_country, load_scenario
from models.report.content import Wording
from tests.workflows.theatre import LINK_SECRET, PUBLIC_URL

SHORTEST_TELLING_TEXT: Final = 8
"""Shorter sample texts («Тест», «4») occur in anything."""

# A link's token: its payload, a time and a signature (itsdangerous).
LINK_TOKEN: Final = re.compile(r"/r/[\w-]+\.[\w-]+\.[\w-]+")


@cache
def personal() -> frozenset[str]:
    """Names, addresses and texts of the sample country and its scenarios."""
    country = load_country()
    people = {word for person in country.people for word in (person.name, str(person.email))}
    versions = [version for organisation in country.organisations for version in organisation.versions]
    bodies = {str(contact) for version in versions for contact in (version.email, version.phone)}
    texts = {text for name in ScenarioName for text in _texts(load_scenario(name))}
    names = {text for version in versions for text in _texts(version.name)}
    everything = people | bodies | names | {LINK_SECRET, f"{PUBLIC_URL}/r/"} | texts
    return frozenset(word for word in everything if len(word) >= SHORTEST_TELLING_TEXT)


def _texts(value: object) -> Iterator[str]:
    """Every text for people inside a sample."""
    if isinstance(value, Wording):
        yield from (text for text in (value.kk, value.ru, value.en) if text)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
