"""Letters that bring no link: a token that expires, an address that takes no events any more."""

import pytest

from activities.sign_in.asked import token_expires, webhook_disabled
from models.vocabulary.procedure import Language
from tests.letters.post_office import part
from tests.sign_in.conftest import Desk

OWNER = "p08@example.kz"


@pytest.mark.parametrize("language", Language)
async def test_each_letter_says_what_it_is_about_in_its_language(desk: Desk, language: Language) -> None:
    label = "Құжат айналымы жүйесі"
    day = desk.now.date()
    async with desk.story.sessions.begin() as session:
        session.add(token_expires(OWNER, language, label, day, desk.now))
        session.add(webhook_disabled(OWNER, language, label, "records.example.kz", desk.now))
    await desk.sends()
    told = [part(letter, "text/plain") for letter in desk.office.received]
    assert len(told) == 2
    assert all(label in each for each in told)
    assert sum("records.example.kz" in each for each in told) == 1
    assert all(letter["content-language"] == language.value for letter in desk.office.received)
    assert [row.address for row in await desk.letters()] == ["", ""]
