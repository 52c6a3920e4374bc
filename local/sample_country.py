"""What the files of `samples/country/` hold: reference data of a country that does not exist."""

from datetime import date

from pydantic import EmailStr, Field

from models.report.content import Wording
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import Id, Language, OrganisationKind, Role
from models.vocabulary.texts import ShortText


class HeadPost(Model):
    """What the head of a body is called."""

    kk: ShortText = ""
    ru: ShortText = ""


class SampleVersion(Model):
    """What is known of a body from a local date on, until the next version or the body's end."""

    valid_from: date
    valid_until: date | None = None
    kind: OrganisationKind
    name: Wording
    superior: Id | None = None
    legal_person: Id
    region: ShortText = ""
    region_ru: ShortText = ""
    region_en: ShortText = ""
    special_state_body: bool = False
    email: EmailStr
    phone: ShortText
    address: ShortText = ""
    web_resource: ShortText = ""
    further_web_resources: tuple[ShortText, ...] = ()
    language: Language
    head_post: HeadPost = HeadPost()
    reason: ShortText = ""

    @property
    def natural_person(self) -> bool:
        return self.kind is OrganisationKind.NATURAL_PERSON

    def valid_on(self, day: date) -> bool:
        """Whether this version holds on a local date."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class SampleOrganisation(Model):
    id: Id
    code: str = Field(pattern=r"^[A-Z0-9]{1,12}$")
    versions: tuple[SampleVersion, ...] = Field(min_length=1)

    def version_on(self, day: date) -> SampleVersion | None:
        """The version in force on a local date; None before its creation and after its abolition."""
        return next((version for version in reversed(self.versions) if version.valid_on(day)), None)


class SamplePerson(Model):
    id: Id
    name: ShortText
    post: ShortText
    organisation: Id | None = None
    email: EmailStr
    language: Language


class SampleCouncil(Model):
    id: Id
    kind: ShortText  # council kinds are data: the law on them changes (rule 21)
    name: Wording
    organisation: Id
    secretary: Id


class SampleSphere(Model):
    id: Id
    name: Wording


class SampleAccount(Model):
    """`label` names the token issued for the account; `act` is by which it was given, where one is needed."""

    id: Id
    label: Id
    person: Id
    organisation: Id
    role: Role
    act: str = ""
    dated: date | None = None


class Organisations(Model):
    organisations: tuple[SampleOrganisation, ...]


class People(Model):
    people: tuple[SamplePerson, ...]


class Councils(Model):
    councils: tuple[SampleCouncil, ...]


class Spheres(Model):
    spheres: tuple[SampleSphere, ...]


class Accounts(Model):
    accounts: tuple[SampleAccount, ...]


class Country(Organisations, People, Councils, Spheres, Accounts):
    """All files of the country together. Look-ups raise KeyError for what is not there."""

    def organisation(self, organisation: Id) -> SampleOrganisation:
        return {known.id: known for known in self.organisations}[organisation]

    def version(self, organisation: Id, on: date) -> SampleVersion:
        """The body as it was on a local date. Raises KeyError when it did not exist then."""
        version = self.organisation(organisation).version_on(on)
        if version is None:
            raise KeyError(f"{organisation} did not exist on {on}")
        return version

    def body(self, organisation: Id, on: date) -> Body:
        """The body as a command names it, with the facts of a local date. Raises KeyError as `version`."""
        version = self.version(organisation, on)
        return Body(
            organisation=organisation,
            kind=version.kind,
            legal_person=version.legal_person,
            superior=version.superior,
            special_state_body=version.special_state_body,
        )

    def person(self, person: Id) -> SamplePerson:
        return {known.id: known for known in self.people}[person]

    def council(self, council: Id) -> SampleCouncil:
        return {known.id: known for known in self.councils}[council]

    def sphere(self, sphere: Id) -> SampleSphere:
        return {known.id: known for known in self.spheres}[sphere]

    def account(self, account: Id) -> SampleAccount:
        return {known.id: known for known in self.accounts}[account]
