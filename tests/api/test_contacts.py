"""How people are reached is entered so that they can be: whole addresses, telephones to be called."""

import re

import pytest
from pydantic import TypeAdapter, ValidationError
from sqlmodel import col, update

from api.http.contacts import Email, Phone
from api.problems.fields import field_fault, worded_fault
from locales.catalogue import text
from models.tables.bodies import OrganisationVersionRow
from models.vocabulary.procedure import Language
from tests.api.world import World


@pytest.mark.parametrize(
    "phone",
    [
        "",
        "+7 7172 55 55 55",
        "8 (7172) 55-55-55, 8 701 000 00 00",
        "8 (7172) 55-55-55 ішкі 12",
        "8 (7172) 55-55-55 доб. 12",
        "1424",
        "109",
        "7111",
        "+998 71 200 00 00",
    ],
)
def test_a_telephone_is_taken_as_people_write_it(phone: str) -> None:
    assert TypeAdapter(Phone).validate_python(phone) == phone


@pytest.mark.parametrize(
    "phone",
    [
        "call me",
        "қоңырау шалыңыз 87011234567",
        "55",
        "+7 7172 55",
        "-",
        "8 701 000 00 00; жоқ",
        "123",
        "1234",
        "0000",
    ],
)
def test_what_nobody_can_call_is_no_telephone(phone: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Phone).validate_python(phone)


@pytest.mark.parametrize(
    "email", ["not-an-address", "a@b", "аkimat-zhan@example.kz", "a@example.kz b@example.kz"]
)
def test_what_nobody_can_write_to_is_no_address(email: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Email).validate_python(email)


@pytest.mark.parametrize(
    ("language", "cyrillic", "latin"),
    [
        (Language.KK, "кирилл әрпі бар: «а»", "латын әрпі бар: «a»"),
        (Language.RU, "буква кириллицы: «а»", "латинская буква: «a»"),
        (Language.EN, "a Cyrillic letter: “а”", "a Latin letter: “a”"),
    ],
)
def test_of_which_alphabet_a_letter_is_is_said_in_the_reader_s_words(
    language: Language, cyrillic: str, latin: str
) -> None:
    for email, words in (("аkimat@example.kz", cyrillic), ("әкимaт@мысал.қаз", latin)):
        with pytest.raises(ValidationError) as refused:
            TypeAdapter(Email).validate_python(email)
        (error,) = refused.value.errors()
        said = worded_fault(language, field_fault({**error, "loc": ("body", "email")}))
        assert words in said
        assert not re.search("CYRILLIC|LATIN", said)


async def test_annex_i_2_contacts_in_the_form_are_ones_to_be_reached_by(world: World) -> None:
    case = await world.started()
    conductor = {"organisation": case.conductor, "name": {"kk": "Бөлімше"}}
    bad = {"email": "not-an-address", "phone": "call me"}
    draft = {"conductors": [conductor, conductor | bad, conductor | {"email": "аkimat@example.kz"}]}
    refused = await world.call("sary-analyst", "PUT", f"{case.path}/draft", json=draft)
    assert refused.status_code == 422
    said = {each["pointer"]: each["detail"] for each in refused.json()["errors"]}
    assert list(said) == ["/conductors/1/email", "/conductors/1/phone", "/conductors/2/email"]
    assert said["/conductors/2/email"] == text(Language.KK, "field.email_cyrillic", letter="а")
    good = {"email": "bolimshe@example.kz", "phone": "8 (7172) 55-55-55 ішкі 12"}
    written = await world.call(
        "sary-analyst", "PUT", f"{case.path}/draft", json={"conductors": [conductor | good, conductor]}
    )
    assert written.status_code == 200, written.text


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"phone": "call me"}, "/phone"),
        ({"email": "not-an-address"}, "/email"),
        ({"email": "аkimat-zhan@example.kz"}, "/email"),
    ],
)
async def test_a_body_is_registered_with_contacts_to_be_reached_by(
    world: World, change: dict[str, str], pointer: str
) -> None:
    path = "/registry/organisations/land-sary/versions"
    refused = await world.call("uo-admin", "POST", path, json={"reason": "түзету", **change})
    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.json()["errors"]] == [pointer]


async def test_a_person_is_registered_with_an_address_of_one_alphabet(world: World) -> None:
    person = {"name": "Үлгі", "email": "аdam@example.kz", "reason": "жаңа"}
    refused = await world.call("uo-admin", "PUT", "/registry/people/p-new", json=person)
    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/email"]


async def test_annex_i_2_a_report_is_not_submitted_with_contacts_nobody_can_use(world: World) -> None:
    """The registry may hold what was entered before contacts were checked."""
    case = await world.started()
    async with world.sessions() as session, session.begin():
        own = col(OrganisationVersionRow.organisation) == case.conductor
        await session.exec(update(OrganisationVersionRow).where(own).values(phone="call me"))
    checked = (await world.call("sary-analyst", "GET", f"{case.path}/check-report")).json()
    assert ("contact_phone_unusable", "annex.I.2") in {
        (each["code"], each["rule"]) for each in checked["shortcomings"]
    }
    refused = await world.call("sary-analyst", "POST", f"{case.path}/report/versions", json={})
    assert (refused.json()["code"], refused.json()["rule"]) == ("contact_phone_unusable", "annex.I.2")
    assert refused.is_client_error
