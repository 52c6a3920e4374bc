"""Who plays: the sample country's authorized body and two of its divisions. All names are fictional."""

from dataclasses import dataclass
from typing import Final

from local.sample_country import Country, SampleOrganisation
from local.samples import load_country
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Id, OrganisationKind, Role

AUTHORIZED_BODY: Final = "uo"
PUNCTUAL: Final = "td-sary"
"""The division that fulfils its year, late."""
MISSING: Final = "td-koko"
"""The division that misses it."""
DIVISIONS: Final = frozenset({PUNCTUAL, MISSING})

EDITOR: Final = Actor(role=Role.WEB_EDITOR, account="a-uo-web", organisation=AUTHORIZED_BODY)


@dataclass(frozen=True)
class Staff:
    """Who acts for a conductor."""

    organisation: Id
    analyst: Actor
    head: Actor


def staff_of(organisation: Id) -> Staff:
    """The sample accounts of a body. Raises KeyError where it has none."""
    accounts = {
        (account.organisation, account.role): account.id for account in reversed(load_country().accounts)
    }

    def actor(role: Role) -> Actor:
        return Actor(role=role, account=accounts[organisation, role], organisation=organisation)

    return Staff(organisation, actor(Role.ANALYST), actor(Role.HEAD))


def country() -> Country:
    """The sample country as if it had two divisions only: duties are owed by three bodies."""
    whole = load_country()
    organisations = tuple(known for known in whole.organisations if _plays(known))
    there = {known.id for known in organisations}
    people = tuple(each for each in whole.people if each.organisation is None or each.organisation in there)
    return whole.model_copy(update={"organisations": organisations, "people": people})


def _plays(organisation: SampleOrganisation) -> bool:
    kinds = {version.kind for version in organisation.versions}
    return OrganisationKind.TERRITORIAL_DIVISION not in kinds or organisation.id in DIVISIONS
