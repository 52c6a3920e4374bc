"""What a monitoring has several of without a page: requests, addressees, councils (rules 7, 17, 21)."""

from collections.abc import Iterator

from api.history.names import Names
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.forms import ways_about
from api.pages.workplace.people import Line
from locales.catalogue import text
from locales.dates import say_day
from locales.terms import term
from models.monitoring.items import named_and_not_sent
from models.monitoring.state import Addressee, CouncilItem, InformationRequest, MonitoringState
from models.timeline.sayings import Mention
from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import CouncilOutcome, Id, InformationOutcome, Language


class Things(Model):
    """Lines of one kind: `page.workplace.things.<kind>`."""

    kind: str
    lines: tuple[Line, ...]


def things_mentioned(state: MonitoringState) -> Iterator[Mention]:
    for request in state.requests.values():
        yield _body(request.holder)
    yield from map(_body, (*state.addressees, *named_and_not_sent(state)))
    for item in state.council_items.values():
        yield Mention(registry=RecipientKind.COUNCIL, id=item.council)


def things_said(sitting: MonitoringSitting, names: Names) -> tuple[Things, ...]:
    """The kinds there is something of, each line with the forms about it."""
    state, language = sitting.state, sitting.language
    answered = frozenset(_answered(state))

    def lines(kind: str, said: Iterator[tuple[Id, Mention, str]]) -> Things:
        may = sitting.access.may
        return Things(
            kind=kind,
            lines=tuple(
                Line(
                    id=known,
                    name=names.of(mention),
                    said=words,
                    ways=tuple(ways_about(state, may, known, kind)),
                    answer=_answer(sitting, known) if known in answered else "",
                )
                for known, mention, words in said
            ),
        )

    found = (
        lines(
            "information-requests",
            ((each.id, _body(each.holder), _request(language, each)) for each in state.requests.values()),
        ),
        lines(
            "addressees",
            _addressees(language, state),
        ),
        lines(
            "council-items",
            (
                (
                    each.id,
                    Mention(registry=RecipientKind.COUNCIL, id=each.council),
                    _council_item(language, each),
                )
                for each in state.council_items.values()
            ),
        ),
    )
    return tuple(things for things in found if things.lines)


def _answered(state: MonitoringState) -> Iterator[Id]:
    """Who of them has said what it was asked for."""
    yield from (each.id for each in state.requests.values() if each.outcome is not None)
    yield from (known for known, each in state.addressees.items() if each.answered_on is not None)
    yield from (each.id for each in state.council_items.values() if each.outcome is not None)


def _answer(sitting: MonitoringSitting, known: Id) -> str:
    """The place of an answer on the page of all answers: at the last letter that asked for it."""
    asked = [
        letter.id for letter in sitting.state.letters.values() if letter.purpose and letter.subject == known
    ]
    return f"{sitting.home}/answers?{sitting.query}#{asked[-1] if asked else ''}"


def _addressees(language: Language, state: MonitoringState) -> Iterator[tuple[Id, Mention, str]]:
    """Whoever it was sent to, and whom the decision names and it was not sent to."""
    for known, each in state.addressees.items():
        yield known, _body(known), _addressee(language, each)
    for known in named_and_not_sent(state):
        yield known, _body(known), text(language, "page.workplace.things.not_sent")


def _request(language: Language, request: InformationRequest) -> str:
    kind = term(language, request.source_kind)
    return f"{kind} · {_standing(language, request.outcome, request.withdrawn)}"


def _council_item(language: Language, item: CouncilItem) -> str:
    said = [_standing(language, item.outcome, item.withdrawn)]
    if item.considered_on is not None:
        said.append(say_day(language, item.considered_on))
    if item.minutes_number:
        said.append(text(language, "page.desk.answers.minutes", number=item.minutes_number))
    return " · ".join(said)


def _standing(
    language: Language, outcome: InformationOutcome | CouncilOutcome | None, withdrawn: bool
) -> str:
    if withdrawn:
        return text(language, "page.workplace.things.withdrawn")
    if outcome is None:
        return text(language, "page.workplace.things.awaited")
    return term(language, outcome)


def _addressee(language: Language, addressee: Addressee) -> str:
    said = [term(language, addressee.ground)]
    for name, day in (
        ("dispatched", addressee.dispatched_on),
        ("acknowledged", addressee.acknowledged_on),
        ("answered", addressee.answered_on),
        ("amended", addressee.amended_on),
    ):
        if day is not None:
            said.append(text(language, f"page.workplace.things.{name}", date=say_day(language, day)))
    return " · ".join(said)


def _body(organisation: Id) -> Mention:
    return Mention(registry=RecipientKind.ORGANISATION, id=organisation)
