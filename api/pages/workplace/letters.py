"""The letters of a monitoring: to whom, how each fares, each attempt with its proof, what may be done now."""

from typing import Annotated, Final

from fastapi import Depends, Response

from api.access.policy import EVERYTHING
from api.history.heard import heard
from api.history.names import names_for
from api.history.proofs import deliveries_of, letter_view
from api.history.views import CausedLetterView
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.forms import Way, ways_about
from api.pages.desk.policies import MonitoringPagePolicy
from api.pages.desk.signed import signatures_of
from api.pages.site.routing import Reads, page_router
from api.pages.workplace.turning import turned
from api.views.received_mail import mail_about
from locales.catalogue import text
from locales.dates import say_day
from models.letters.kinds import LETTERS
from models.letters.letter import Letter
from models.monitoring.state import MonitoringState
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language

router = page_router()
_AT_ONCE: Final = 40


class LetterSaid(Model):
    """A letter with its proofs. `receipt` is what its addressee says, which a sent letter does not.

    What was `heard` by mail are statements: none of them settles how the letter fared.
    """

    view: CausedLetterView
    due: str
    receipt: str
    heard: tuple[str, ...]
    ways: tuple[Way, ...]


@router.api_route("/staff/monitorings/{number}/letters", methods=Reads)
async def show_letters(
    sitting: Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(*EVERYTHING, looks_back=True))],
) -> Response:
    """The newest first, as the API's list has them."""
    state, language, session = sitting.state, sitting.language, sitting.session
    newest = tuple(reversed(state.letters.values()))
    part = turned(newest, sitting.request.query_params, _AT_ONCE)
    names = await names_for(session, language, sitting.today, (), part.rows)
    stood = sitting.stood
    deliveries = await deliveries_of(session, state.number, stood.until if stood else None)
    mail = {} if stood else await mail_about(session, state.number)
    return sitting.shows(
        "workplace/letters.html",
        "/letters",
        signed={} if stood else await signatures_of(session, state.number, language),
        total=len(newest),
        part=part,
        lines=tuple(
            LetterSaid(
                view=letter_view(letter, deliveries, names),
                due=_due(language, state, letter),
                receipt=receipt_said(language, state, letter),
                heard=heard(language, mail.get(letter.id, ())),
                ways=tuple(ways_about(state, sitting.access.may, letter.id, "letters")),
            )
            for letter in part.rows
        ),
    )


def _due(language: Language, state: MonitoringState, letter: Letter) -> str:
    deadline = state.deadlines.get(letter.deadline or "")
    return say_day(language, deadline.due_on) if deadline else ""


def receipt_said(language: Language, state: MonitoringState, letter: Letter) -> str:
    """Whether whoever was sent the report has it, by its own word."""
    addressee = state.addressees.get(letter.recipient)
    if not LETTERS[letter.kind].sends_the_report or addressee is None or addressee.letter != letter.id:
        return ""
    if addressee.acknowledged_on is None:
        return text(language, "page.workplace.letter.no_receipt")
    day = say_day(language, addressee.acknowledged_on)
    if addressee.incoming_number:
        return text(language, "page.workplace.letter.registered", date=day, number=addressee.incoming_number)
    return text(language, "page.workplace.letter.received", date=day)
