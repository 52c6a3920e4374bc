"""The sample files: they parse, name only what exists, speak three languages, and nobody in them is real."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import phonenumbers
import pytest
import yaml
from pydantic import BaseModel, ValidationError

from local.sample_scenario import Scenario
from local.samples import (
    SAMPLES,
    ScenarioName,
    content_of,
    load_country,
    load_scenario,
)
from models.report.content import Wording
from models.vocabulary.editions import ORDER_192
from models.vocabulary.procedure import Language, OrganisationKind, Role

COUNTRY = load_country()
BY_KIND = Counter(organisation.versions[-1].kind for organisation in COUNTRY.organisations)
OUTSIDE_BODIES = {
    OrganisationKind.AUTHORIZED_BODY,
    OrganisationKind.TERRITORIAL_DIVISION,
    OrganisationKind.PUBLIC_ASSOCIATION,
    OrganisationKind.OTHER_LEGAL_PERSON,
    OrganisationKind.NATURAL_PERSON,
}
FICTIONAL_WORDS = ("Үлгі", "Образцов", "Sample")
YAML_FILES = sorted(SAMPLES.rglob("*.yaml"))


def wordings(part: object) -> Iterator[Wording]:
    """Every text of three languages in a model, at any depth; texts left out altogether are not meant."""
    if isinstance(part, Wording):
        if part.given():
            yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from wordings(getattr(part, name))
    elif isinstance(part, tuple):
        for each in part:
            yield from wordings(each)


@pytest.fixture(params=ScenarioName, ids=lambda name: name.value)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load_scenario(request.param)


# ——— the country ———
def test_the_country_has_what_was_promised() -> None:
    assert BY_KIND[OrganisationKind.AUTHORIZED_BODY] == 1
    assert BY_KIND[OrganisationKind.TERRITORIAL_DIVISION] == 20
    assert BY_KIND[OrganisationKind.PUBLIC_ASSOCIATION] == 3
    assert BY_KIND[OrganisationKind.NATURAL_PERSON] == 1
    assert sum(count for kind, count in BY_KIND.items() if kind not in OUTSIDE_BODIES) == 30
    assert set(BY_KIND) == set(OrganisationKind)
    assert len(COUNTRY.councils) == 6
    assert len(COUNTRY.spheres) == 12


def test_ids_codes_and_addresses_are_given_once() -> None:
    for things in (
        COUNTRY.organisations,
        COUNTRY.people,
        COUNTRY.councils,
        COUNTRY.spheres,
        COUNTRY.accounts,
    ):
        assert len({thing.id for thing in things}) == len(things)
    assert len({organisation.code for organisation in COUNTRY.organisations}) == len(COUNTRY.organisations)
    assert len({account.label for account in COUNTRY.accounts}) == len(COUNTRY.accounts)
    emails = [person.email for person in COUNTRY.people]
    emails += [organisation.versions[-1].email for organisation in COUNTRY.organisations]
    assert len(set(emails)) == len(emails)


def test_every_reference_of_the_country_resolves() -> None:
    for organisation in COUNTRY.organisations:
        for version in organisation.versions:
            COUNTRY.organisation(version.legal_person)
            if version.superior:
                COUNTRY.organisation(version.superior)
    for council in COUNTRY.councils:
        COUNTRY.organisation(council.organisation)
        COUNTRY.person(council.secretary)
    for account in COUNTRY.accounts:
        assert COUNTRY.person(account.person).organisation == account.organisation
    for person in COUNTRY.people:
        if person.organisation:
            COUNTRY.organisation(person.organisation)


def test_versions_of_a_body_follow_each_other_without_gaps() -> None:
    for organisation in COUNTRY.organisations:
        for earlier, later in pairwise(organisation.versions):
            assert earlier.valid_until == later.valid_from - timedelta(days=1), organisation.id


def test_there_is_one_authorized_body_on_every_day() -> None:
    for day in (ORDER_192.in_force_from, date(2025, 12, 31), date(2026, 1, 1), date(2026, 11, 23)):
        found = [body.id for body in COUNTRY.organisations if _kind_on(body.id, day) == "authorized_body"]
        assert found == ["uo"]


def test_one_division_is_created_and_one_abolished_in_2026() -> None:
    zhuparly, zharkynbel = COUNTRY.organisation("td-zhup"), COUNTRY.organisation("td-zhar")
    assert zhuparly.version_on(date(2026, 3, 31))
    assert zhuparly.version_on(date(2026, 4, 1)) is None
    assert zharkynbel.version_on(date(2026, 6, 30)) is None
    assert zharkynbel.version_on(date(2026, 7, 1))


def test_only_the_guard_service_is_a_special_state_body_and_only_from_2026() -> None:
    flagged = {
        (body.id, version.valid_from)
        for body in COUNTRY.organisations
        for version in body.versions
        if version.special_state_body
    }
    assert flagged == {("guard-service", date(2026, 1, 1))}


def test_recipients_read_three_languages() -> None:
    assert {person.language for person in COUNTRY.people} == set(Language)
    assert {body.versions[-1].language for body in COUNTRY.organisations} == set(Language)


def test_telephones_are_valid_and_plainly_fictional() -> None:
    for organisation in COUNTRY.organisations:
        phone = organisation.versions[-1].phone
        assert re.fullmatch(r"\+7 700 000 00 \d\d", phone)
        assert phonenumbers.is_valid_number(phonenumbers.parse(phone))


def test_accounts_cover_everybody_who_conducts() -> None:
    given = {(account.organisation, account.role) for account in COUNTRY.accounts}
    for role in (Role.ANALYST, Role.HEAD, Role.WEB_EDITOR, Role.ADMIN, Role.AUDITOR, Role.OVERSIGHT):
        assert ("uo", role) in given
    for organisation in ("td-sary", "td-koko", "ashyk-kezek", "citizen-1", "akimat-sary"):
        assert {(organisation, Role.ANALYST), (organisation, Role.HEAD)} <= given


# ——— all files ———
@pytest.mark.parametrize("path", YAML_FILES, ids=lambda path: path.stem)
def test_only_example_addresses_are_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    domains = re.findall(r"[\w.+-]+@([\w.-]+\w)", text) + re.findall(r"https?://([\w.-]+\w)", text)
    assert all(domain == "example.kz" or domain.endswith(".example.kz") for domain in domains)


def test_people_have_plainly_fictional_names(scenario: Scenario) -> None:
    names = [person.name for person in COUNTRY.people]
    replies = [reply for a in scenario.dispatch.addressees for reply in (a.reply, a.amended) if reply]
    replies += [scenario.correction.reply] if scenario.correction else []
    names += [reply.respondent for reply in replies]
    assert all(name.startswith(FICTIONAL_WORDS) for name in names)


def test_every_text_is_complete_in_three_languages(scenario: Scenario) -> None:
    texts = [*wordings(scenario), *wordings(COUNTRY), *wordings(content_of(scenario))]
    assert len(texts) > 100
    assert [text for text in texts if text.given() != set(Language)] == []


def test_unknown_keys_are_refused_at_any_depth() -> None:
    raw = yaml.safe_load((SAMPLES / "scenarios" / "a.yaml").read_text(encoding="utf-8"))
    raw["draft"]["decision"]["items"][0]["adressee"] = "land-sary"
    with pytest.raises(ValidationError, match="adressee"):
        Scenario.model_validate(raw, extra="forbid")


def _kind_on(organisation: str, day: date) -> OrganisationKind | None:
    version = COUNTRY.organisation(organisation).version_on(day)
    return version.kind if version else None
