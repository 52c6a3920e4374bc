"""Accounts: a person is given one for a body and a role, its role is changed, it ends."""

from typing import get_args

from api.commands.idempotency import RequestKey
from api.pages.desk.body_asked import BodyQuestion
from api.pages.desk.questions import (
    Answers,
    BoxQuestion,
    DayQuestion,
    LineQuestion,
    Perhaps,
)
from api.pages.desk.term_questions import ChoiceQuestion
from api.pages.forms.form import Line
from api.pages.forms.typed import Typed
from api.pages.registries.people_asked import PersonQuestion
from api.pages.registries.registry_form import RegistryForm, RegistrySitting, row_about, sent_as
from api.routes.accounts import AccountBody, register_account
from locales.catalogue import text
from locales.terms import term
from models.tables.accounts import AccountRow
from models.tables.people import PersonRow
from models.vocabulary.procedure import Id, Role
from models.vocabulary.sign_in import StaffRole


class RoleQuestion(ChoiceQuestion[Role]):
    """A role that signs in; everybody else acts by the link of a letter."""

    def __init__(self) -> None:
        super().__init__("role", Role)
        self.members = get_args(StaffRole)


ROLE, ACTIVE = RoleQuestion(), BoxQuestion("active")
PERSON, ORGANISATION = PersonQuestion("person"), BodyQuestion("organisation")
ACT, DATED = Perhaps(LineQuestion("act")), Perhaps(DayQuestion("dated"))
REASON = LineQuestion("reason")


class NewAccountForm(RegistryForm):
    """Whoever oversees is given that by an act."""

    under = "/staff"
    path, key, back_to = "accounts/new", "new_account", "/accounts"
    questions = (PERSON, ORGANISATION, ROLE, ACT, DATED, REASON)
    fields_of_refusals = {"grant_without_act": "act"}

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        given = {"person": said[PERSON], "organisation": said[ORGANISATION], "active": True}
        await _registered(key.derived("a"), given, said, sitting, key)


class AccountForm(RegistryForm):
    """Its role, and whether it opens anything. Never one's own; never another person's or body's."""

    under = "/staff"
    path, key, back_to = "accounts/{about}/change", "account", "/accounts"
    questions = (ROLE, ACTIVE, ACT, DATED, REASON)

    async def leads(self, sitting: RegistrySitting) -> None:
        await row_about(sitting, AccountRow)

    async def begin(self, sitting: RegistrySitting) -> Typed:
        row = await row_about(sitting, AccountRow)
        return Typed(fields={ROLE.name: (row.role,), ACTIVE.name: ACTIVE.begun(row.active)})

    async def about_lines(self, sitting: RegistrySitting) -> tuple[Line, ...]:
        row = await row_about(sitting, AccountRow)
        person = await sitting.session.get(PersonRow, row.person)
        label = text(sitting.language, "page.registries.field.person")
        name = person.name if person else row.person
        return (Line(label=label, value=f"{name} ({term(sitting.language, Role(row.role))})"),)

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        row = await row_about(sitting, AccountRow)
        given = {"person": row.person, "organisation": row.organisation, "active": said[ACTIVE]}
        await _registered(row.id, given, said, sitting, key)


async def _registered(
    account: Id, given: dict[str, object], said: Answers, sitting: RegistrySitting, key: RequestKey
) -> None:
    act = {"act": said[ACT] or "", "dated": said[DATED]} if said[ACT] or said[DATED] else None
    values = {**given, "role": said[ROLE], "act": act, "reason": said[REASON]}
    body = sent_as(AccountBody, values)
    await register_account(account, body, sitting.caller, sitting.session, key, sitting.now, sitting.today)
