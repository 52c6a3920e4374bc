"""The sample country as rows of the reference tables, in an order in which every row finds what it names."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import SQLModel

from local.sample_country import Country, SampleAccount, SampleCouncil, SampleOrganisation, SampleVersion
from models.tables.accounts import AccountRow
from models.tables.bodies import OrganisationRow, OrganisationVersionRow
from models.tables.councils import CouncilRow
from models.tables.grants import GrantRow
from models.tables.people import PersonRow
from models.tables.spheres import SphereRow


def country_rows(country: Country, at: datetime) -> Iterator[SQLModel]:
    """Bodies with their versions, people, councils, spheres and accounts, entered at the UTC instant `at`."""
    for organisation in country.organisations:
        yield OrganisationRow(id=organisation.id, code=organisation.code)
    for organisation in country.organisations:
        for version in organisation.versions:
            yield _version_row(organisation, version, at)
    for person in country.people:
        yield PersonRow.model_validate(person.model_dump(mode="json"))
    yield from map(_council_row, country.councils)
    for sphere in country.spheres:
        yield SphereRow(id=sphere.id, name_kk=sphere.name.kk, name_ru=sphere.name.ru, name_en=sphere.name.en)
    for account in country.accounts:
        yield AccountRow(
            id=account.id, person=account.person, organisation=account.organisation, role=account.role.value
        )


def grant_row(account: SampleAccount, at: datetime) -> GrantRow:
    """How an account of the country was given."""
    return GrantRow(
        account=account.id,
        person=account.person,
        organisation=account.organisation,
        role=account.role.value,
        active=True,
        act=account.act,
        act_dated=account.dated,
        reason="seed",
        at=at,
    )


def _version_row(
    organisation: SampleOrganisation, version: SampleVersion, at: datetime
) -> OrganisationVersionRow:
    return OrganisationVersionRow(
        organisation=organisation.id,
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        kind=version.kind.value,
        name_kk=version.name.kk,
        name_ru=version.name.ru,
        name_en=version.name.en,
        superior=version.superior,
        legal_person=version.legal_person,
        region=version.region,
        region_ru=version.region_ru,
        region_en=version.region_en,
        special_state_body=version.special_state_body,
        email=version.email,
        phone=version.phone,
        address=version.address,
        web_resource=version.web_resource,
        further_web_resources=list(version.further_web_resources),
        language=version.language.value,
        head_post_kk=version.head_post.kk,
        head_post_ru=version.head_post.ru,
        reason=version.reason,
        at=at,
    )


def _council_row(council: SampleCouncil) -> CouncilRow:
    return CouncilRow(
        id=council.id,
        kind=council.kind,
        name_kk=council.name.kk,
        name_ru=council.name.ru,
        name_en=council.name.en,
        organisation=council.organisation,
        secretary=council.secretary,
    )
