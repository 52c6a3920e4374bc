"""Who was asked for what, and what was said: whence a coordinator records what came on paper."""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Final

from fastapi import Depends, Response

from activities.registries.lookup import Lookup
from activities.registries.recipients import resolve
from api.access.policy import EVERYTHING
from api.commands.asking import action_of
from api.pages.desk.answers_said import Said, said_to
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.forms import Way
from api.pages.desk.from_paper import asks_for_words
from api.pages.desk.policies import MonitoringPagePolicy
from api.pages.links.form_names import FormName
from api.pages.links.forms import FORMS
from api.pages.links.opened import recipient_named
from api.pages.site.routing import Reads, page_router
from locales.dates import say_day
from models.agenda.terms import extends_itself, is_of_the_code
from models.letters.letter import Letter
from models.letters.purposes import LINKS, LinkSubject
from models.monitoring.follow_up import awaited_of
from models.monitoring.receipt import deadline_told
from models.monitoring.rules.actors import link_superseded
from models.monitoring.state import MonitoringState
from models.vocabulary.access import Relation
from models.vocabulary.base import Model
from models.vocabulary.letters import Purpose
from models.vocabulary.procedure import Consent, Ground, Id

router = page_router()


class AskedOf(Model):
    """One who was asked by a letter: until when, what it answered, what may be recorded of it."""

    letter: Id
    key: str  # of the form's texts
    recipient: str
    until: str = ""
    answered: bool
    asked: bool = True  # no answer is asked of whoever gets the report for consolidation (rule 17)
    over: bool = False  # the report is approved: nothing more can be answered that was asked for it
    said: Said | None
    ways: tuple[Way, ...]


@router.api_route("/staff/monitorings/{number}/answers", methods=Reads)
async def answers(
    sitting: Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(*EVERYTHING, looks_back=True))],
) -> Response:
    """The newest of all letters that asked for the same, with what may be recorded of each."""
    return sitting.shows(
        "desk/answers.html",
        "/answers",
        asked=[await _asked(sitting, each) for each in _newest(sitting.state)],
    )


def _newest(state: MonitoringState) -> tuple[Letter, ...]:
    """Of all letters that ask one for the same the last one, where nothing took its place."""
    found: dict[tuple[Purpose | None, Id], Letter] = {}
    for letter in state.letters.values():
        if asks_for_words(letter):
            found[letter.purpose, letter.subject] = letter
    return tuple(each for each in found.values() if not link_superseded(state, each.id))


async def _asked(sitting: MonitoringSitting, letter: Letter) -> AskedOf:
    state, language = sitting.state, sitting.language
    assert letter.purpose is not None, "it asks for words"
    main = FORMS[LINKS[letter.purpose].forms[0]]
    lookup = Lookup(sitting.session, language, sitting.today)
    recipient = await recipient_named(sitting.session, lookup, letter)
    reached = None if recipient else await resolve(sitting.session, letter, sitting.today)
    deadline = deadline_told(state, letter)
    return AskedOf(
        letter=letter.id,
        key=f"page.{main.key}",
        recipient=recipient or (reached.name if reached else letter.recipient),
        until=say_day(language, deadline.due_on) if deadline else "",
        answered=_answered(state, letter),
        asked=not _consolidates(state, letter),
        over=_is_over(state, letter),
        said=await said_to(sitting, letter),
        ways=tuple(_ways(sitting, letter)),
    )


def _ways(sitting: MonitoringSitting, letter: Letter) -> Iterator[Way]:
    """What may be recorded now. What the rules refuse all the same, the form says."""
    if Relation.CONDUCTOR not in sitting.access.relations or sitting.state.ended:
        return
    main = f"{sitting.home}/letters/{letter.id}/answer"
    assert letter.purpose is not None, "it asks for words"
    offered = set(_offered(sitting.state, letter))
    for command in LINKS[letter.purpose].forms:
        form = FORMS[command]
        if form.name in offered and action_of(command) in sitting.access.may:
            below = "" if form.name == FormName.ANSWER else f"/form/{form.name}"
            yield Way(address=f"{main}{below}", key=form.key)


def _offered(state: MonitoringState, letter: Letter) -> Iterator[str]:
    answered = _answered(state, letter)
    if letter.purpose is Purpose.ANSWER_REPORT:
        addressee = state.addressees[letter.subject]
        if addressee.incoming_number is None:
            yield FormName.RECEIPT
        deadline = deadline_told(state, letter)
        if not answered and deadline is not None:
            if extends_itself(deadline) and is_of_the_code(deadline):
                yield FormName.EXTENSION
            elif addressee.more_time_until is None:
                yield FormName.MORE_TIME
        own = (item for item in state.items.values() if item.addressee == letter.subject)
        if answered and not any(item.judged for item in own):
            yield FormName.AMENDMENT
    if letter.purpose is Purpose.RECORD_CONSIDERATION and answered:
        yield FormName.EXCERPT
    if not answered and not _consolidates(state, letter) and not _is_over(state, letter):
        yield FormName.ANSWER


def _is_over(state: MonitoringState, letter: Letter) -> bool:
    """Asked for the report, and not answered before it was approved."""
    assert letter.purpose is not None, "it asks for words"
    of_conduct = LINKS[letter.purpose].until_approval
    return of_conduct and not state.before_approval and not _answered(state, letter)


def _consolidates(state: MonitoringState, letter: Letter) -> bool:
    """Whether the report went to the authorized body for its consolidation alone."""
    asks = letter.purpose is Purpose.ANSWER_REPORT
    return asks and state.addressees[letter.subject].ground is Ground.CONSOLIDATION


def _answered(state: MonitoringState, letter: Letter) -> bool:
    """Whether what the letter asks for is said."""
    assert letter.purpose is not None, "it asks for words"
    row = LINKS[letter.purpose]
    if row.days_of_items:
        return not awaited_of(state, letter.subject)
    return _ANSWERED[row.subject](state, letter.subject)


def _invitee_answered(state: MonitoringState, member: Id) -> bool:
    group = state.working_group
    return group is None or group.members[member].consent not in {Consent.INVITED, Consent.NO_ANSWER}


_ANSWERED: Final[Mapping[LinkSubject, Callable[[MonitoringState, Id], bool]]] = {
    LinkSubject.ORGANISATION: lambda state, subject: not state.co_conductors[subject].waits,
    LinkSubject.MEMBER: _invitee_answered,
    LinkSubject.REQUEST: lambda state, subject: not state.requests[subject].open,
    LinkSubject.ADDRESSEE: lambda state, subject: state.addressees[subject].answered_on is not None,
    LinkSubject.ITEM: lambda state, subject: not state.council_items[subject].open,
}
