"""The working group (rule 12): the head's decision, invitations, whoever leaves, what organisations say."""

from collections.abc import Iterable
from typing import Final

from api.commands.addressing import NamedMember, member_named, to_create_working_group
from api.commands.idempotency import RequestKey
from api.http.problems import sentence
from api.pages.desk.body_asked import BodyQuestion
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.preparing.person_asked import PersonQuestion
from api.pages.desk.question_form import NOT_SENT, MonitoringQuestions
from api.pages.desk.questions import (
    Answers,
    AnyQuestion,
    DayQuestion,
    LineQuestion,
    Perhaps,
    PickQuestion,
    TextQuestion,
)
from api.pages.desk.term_questions import ChoiceQuestion
from api.pages.forms.form import Line, Reading
from api.pages.forms.typed import Fault, Typed
from api.register.choices import Choice
from locales.catalogue import has_text, text
from locales.terms import term
from models.commands import (
    CreateWorkingGroup,
    HeadDecision,
    InviteMember,
    NewMember,
    RecordOrganisationAgreement,
    WithdrawMember,
)
from models.monitoring.rules.independence import member_warnings
from models.monitoring.state import Member, MonitoringState
from models.tables.people import PersonRow
from models.vocabulary.procedure import Agreement, Community, ConductorKind, Consent, Id, Language
from models.vocabulary.refusal import Refusal

MEMBERS: Final = 6  # that a decision can name on the page; more are invited afterwards
POST, NUMBER, DECIDED_ON = LineQuestion("post"), LineQuestion("decision_number"), DayQuestion("decided_on")
PERSON, COMMUNITY = PersonQuestion("person"), ChoiceQuestion("community", Community)
ORGANISATION = Perhaps(BodyQuestion("organisation"))
AGREEMENT, PERHAPS_NOTE = ChoiceQuestion("agreement", Agreement), Perhaps(TextQuestion("note"))
NOTE = TextQuestion("note")
_PRESENT: Final = frozenset({Consent.CONSENTED, Consent.NOT_NEEDED, Consent.INVITED})


def members_of(state: MonitoringState) -> Iterable[Member]:
    return state.working_group.members.values() if state.working_group else ()


async def member_name(sitting: MonitoringSitting, member: Member) -> str:
    row = await sitting.session.get(PersonRow, member.person)
    return row.name if row else member.person


async def _gone(sitting: MonitoringSitting) -> tuple[Choice, ...]:
    """Whoever does not take part; whose place is filled already, the rules say."""
    gone = [each for each in members_of(sitting.state) if not each.effective]
    names = [(each, await member_name(sitting, each)) for each in gone]
    return tuple(
        Choice(value=each.id, name=f"{name} ({term(sitting.language, each.consent)})") for each, name in names
    )


REPLACES = Perhaps(PickQuestion("replaces", _gone))


async def warned(sitting: MonitoringSitting, found: tuple[Refusal, ...]) -> tuple[str, ...]:
    """What is told and not forbidden, in words."""
    names = await sitting.named(found)
    return tuple(sentence(sitting.language, each, names) for each in found)


class Row:
    """The questions about one member of the decision."""

    def __init__(self, number: int) -> None:
        self.person = Perhaps(PersonQuestion(f"person-{number}"))
        self.community = Perhaps(ChoiceQuestion(f"community-{number}", Community))
        self.organisation = Perhaps(BodyQuestion(f"organisation-{number}"))

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        return (self.person, self.community, self.organisation)

    def named(self, said: Answers) -> NamedMember | None:
        person, community = said[self.person], said[self.community]
        if person is None or community is None:
            return None
        return NamedMember(person=person, community=community, organisation=said[self.organisation])


ROWS: Final = tuple(map(Row, range(1, MEMBERS + 1)))


class CreateWorkingGroupForm(MonitoringQuestions):
    """The head's decision names the members; those from outside are asked by a letter each."""

    command = CreateWorkingGroup
    path, key = "working-group", "create_working_group"
    questions = (POST, DECIDED_ON, NUMBER, *(each for row in ROWS for each in row.questions))
    closing = frozenset(
        {
            "monitoring_ended",
            "report_approved_already",
            "working_group_of_other_subject",
            "working_group_exists",
        }
    )
    fields_of_refusals = {
        "date_in_future": "decided_on",
        "decision_before_the_rules": "decided_on",
        "member_twice": "person-1",
        "community_missing": "person-1",
    }

    def offered(self, state: MonitoringState) -> bool:
        others = state.conductor_kind is ConductorKind.OTHER_SUBJECT
        return state.before_approval and state.working_group is None and not others

    def label(self, language: Language, question: AnyQuestion) -> str:
        name, _, number = question.name.partition("-")
        return text(language, f"page.desk.{self.key}.{name}", number=number)

    def hint(self, language: Language, question: AnyQuestion) -> str:
        name, _, number = question.name.partition("-")
        key = f"page.desk.{self.key}.{name}_hint"
        return text(language, key) if has_text(language, key) and number in {"", "1"} else ""

    async def read(self, typed: Typed, sitting: MonitoringSitting) -> Reading[Answers]:
        reading = await super().read(typed, sitting)
        if reading.answer is None:
            return reading
        faults = [fault for row in ROWS for fault in self._halves(row, reading.answer, sitting.language)]
        if not faults and not any(row.named(reading.answer) for row in ROWS):
            faults = [Fault(field="person-1", key="desk_members_missing")]
        return Reading(None, tuple(faults)) if faults else reading

    def _halves(self, row: Row, said: Answers, language: Language) -> Iterable[Fault]:
        """A row that was begun names a person and a community."""
        begun = any(said.given[each.name] is not None for each in row.questions)
        for question in (row.person, row.community):
            if begun and said.given[question.name] is None:
                label = self.label(language, question)
                yield Fault(field=question.name, key="desk_question_missing", params={"question": label})

    async def lines(self, answer: Answers, sitting: MonitoringSitting) -> tuple[Line, ...]:
        nothing = text(sitting.language, "page.desk.nothing")
        return tuple(each for each in await super().lines(answer, sitting) if each.value != nothing)

    def any_answer(self, sitting: MonitoringSitting) -> None:
        return None  # the rules mind who is named

    def anything(self, sitting: MonitoringSitting) -> CreateWorkingGroup:
        decision = HeadDecision(
            head=sitting.caller.person,
            post=NOT_SENT.id,
            decided_on=sitting.today,
            decision_number=NOT_SENT.id,
        )
        return CreateWorkingGroup(**sitting.by(NOT_SENT), decision=decision, members=())

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> CreateWorkingGroup:
        decision = HeadDecision(
            head=sitting.caller.person,
            post=said[POST],
            decided_on=said[DECIDED_ON],
            decision_number=said[NUMBER],
        )
        named = [each for each in (row.named(said) for row in ROWS) if each is not None]
        by, new_id = sitting.by(key), key.derived("m")
        return await to_create_working_group(sitting.session, by, decision, named, new_id, sitting.today)

    async def doubts(self, answer: Answers, sitting: MonitoringSitting) -> tuple[str, ...]:
        named = [each for each in (row.named(answer) for row in ROWS) if each is not None]
        members = [await member_named(sitting.session, sitting.today, each, "m-0", "") for each in named]
        return await warned(sitting, member_warnings(sitting.state, members))


class InviteMemberForm(MonitoringQuestions):
    """One more member, or one in the place of somebody who refused, left or did not answer."""

    command = InviteMember
    path, key = "members", "invite_member"
    questions = (PERSON, COMMUNITY, ORGANISATION, REPLACES)
    closing = frozenset({"monitoring_ended", "report_approved_already", "working_group_missing"})
    fields_of_refusals = {"person_invited_already": "person", "member_not_replaceable": "replaces"}

    def offered(self, state: MonitoringState) -> bool:
        return state.before_approval and state.working_group is not None

    def any_answer(self, sitting: MonitoringSitting) -> None:
        return None  # the rules mind who is invited

    def anything(self, sitting: MonitoringSitting) -> InviteMember:
        nobody = NewMember(member=NOT_SENT.id, person=NOT_SENT.id, community=Community.PUBLIC)
        return InviteMember(**sitting.by(NOT_SENT), invited=nobody)

    def _named(self, said: Answers) -> NamedMember:
        return NamedMember(person=said[PERSON], community=said[COMMUNITY], organisation=said[ORGANISATION])

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> InviteMember:
        session, today = sitting.session, sitting.today
        invited = await member_named(session, today, self._named(said), key.derived("m"), "/invited")
        return InviteMember(**sitting.by(key), invited=invited, replaces=said[REPLACES])

    async def doubts(self, answer: Answers, sitting: MonitoringSitting) -> tuple[str, ...]:
        session, today = sitting.session, sitting.today
        member = await member_named(session, today, self._named(answer), "m-0", "/invited")
        return await warned(sitting, member_warnings(sitting.state, (member,)))


class AboutMember(MonitoringQuestions):
    """A form about one member."""

    closing = frozenset(
        {"monitoring_ended", "report_approved_already", "working_group_missing", "member_unknown"}
    )

    def things(self, state: MonitoringState) -> Iterable[Id]:
        return [each.id for each in members_of(state)]

    async def about_lines(self, sitting: MonitoringSitting) -> tuple[Line, ...]:
        group = sitting.state.working_group
        assert group is not None, "whoever leads here knows the member"
        member = group.members[sitting.about]
        said = f"{await member_name(sitting, member)}, {term(sitting.language, member.community)}"
        return (Line(label=text(sitting.language, "page.desk.member"), value=said),)


class WithdrawMemberForm(AboutMember):
    """A member is taken out, or an invitation back; the history stays."""

    command = WithdrawMember
    path, key = "members/{about}/withdrawal", "withdraw_member"
    questions = (NOTE,)
    closing = AboutMember.closing | {"member_gone"}

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        return [each.id for each in members_of(state) if state.before_approval and each.consent in _PRESENT]

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> WithdrawMember:
        return WithdrawMember(**sitting.by(key), member=sitting.about, note=said[NOTE].sha256)


class OrganisationAgreementForm(AboutMember):
    """Whether a member's organisation agrees; kept apart from the member's own consent."""

    command = RecordOrganisationAgreement
    path, key = "members/{about}/organisation-agreement", "record_organisation_agreement"
    questions = (AGREEMENT, PERHAPS_NOTE)
    closing = AboutMember.closing | {"member_without_organisation"}

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        of_bodies = (each for each in members_of(state) if each.organisation is not None)
        return [each.id for each in of_bodies if state.before_approval]

    async def filled(
        self, said: Answers, sitting: MonitoringSitting, key: RequestKey
    ) -> RecordOrganisationAgreement:
        note = said[PERHAPS_NOTE]
        return RecordOrganisationAgreement(
            **sitting.by(key),
            member=sitting.about,
            agreement=said[AGREEMENT],
            note=note.sha256 if note else None,
        )
