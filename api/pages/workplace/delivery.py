"""The certificate of delivery of a letter: attempts, the server's answers, receipts, by whom, with hashes."""

import asyncio
from collections.abc import Iterator
from typing import Annotated, Final

from fastapi import Depends, Response

from activities.printing.delivery import DeliveryEntry, DeliverySheet, entry, render_delivery
from activities.printing.facts import PrintedFact, fact
from api.access.policy import EVERYTHING
from api.history.filters import HistoryFilters
from api.history.heard import heard
from api.history.journal import journal_rows
from api.history.names import names_for
from api.history.proofs import deliveries_of, letter_view
from api.history.reading import read_history
from api.history.views import AttemptView, History, HistoryLine
from api.http.making import answered
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.policies import MonitoringPagePolicy
from api.pages.site.routing import Reads, page_router
from api.pages.site.stopping import StopKind, Stopped
from api.pages.workplace.letters import receipt_said
from api.routes.dispatch import LetterInPath
from api.services.made import Made, kept
from api.views.received_mail import mail_about
from locales.catalogue import text
from locales.dates import say_instant
from models.letters.alike import asking_alike
from models.letters.kinds import LETTERS
from models.letters.letter import Letter, place_of
from models.tables.journal import EntryRow
from models.vocabulary.procedure import Id, Language

router = page_router()
_OF: Final = "page.workplace.delivery"
_LABELS: Final = ("attempts", "no_attempts", "heard", "journal")


@router.api_route("/staff/monitorings/{number}/letters/{letter}/delivery/{language}.pdf", methods=Reads)
async def print_delivery(
    letter: LetterInPath,
    language: Language,
    sitting: Annotated[MonitoringSitting, Depends(MonitoringPagePolicy(*EVERYTHING))],
) -> Response:
    """Everything that proves how a letter fared, as it stands now."""
    found = sitting.state.letters.get(letter)
    if found is None:
        raise Stopped(StopKind.NOT_FOUND)
    sheet = await _sheet(sitting, found, language)
    await sitting.session.commit()  # whoever waits for a turn holds no connection

    async def making() -> Made:
        name = f"{sitting.number}-{letter}-{language.value}.pdf"
        return kept(await asyncio.to_thread(render_delivery, sheet), name, "application/pdf")

    return await answered(sitting.services, sitting.caller.account, making, None)


async def _sheet(sitting: MonitoringSitting, letter: Letter, language: Language) -> DeliverySheet:
    session, state = sitting.session, sitting.state
    names = await names_for(session, language, sitting.today, (), [letter])
    view = letter_view(letter, await deliveries_of(session, state.number), names)
    mail = await mail_about(session, state.number)
    history = await read_history(session, state, HistoryFilters(), language, sitting.today)
    alike = asking_alike(state.letters, letter)
    rows = await journal_rows(session, state.workflow_id)
    about = {row.seq for row in rows if _is_about(row, letter, alike)}
    receipt = receipt_said(language, state, letter)
    facts = (
        ("number", state.number),
        ("letter", f"{letter.id} · {view.kind_name}"),
        ("recipient", view.recipient_name),
        ("status", view.status_name),
        ("receipt", receipt),
        ("made", say_instant(language, sitting.now)),
    )
    return DeliverySheet(
        language=language,
        labels={each: text(language, f"{_OF}.{each}") for each in _LABELS},
        dated=(sitting.today.year, sitting.today.month, sitting.today.day),
        heading=text(language, f"{_OF}.title"),
        foot=f"№ {state.number} · {letter.id}",
        facts=(
            *(fact(language, text(language, f"{_OF}.{name}"), value) for name, value in facts if value),
            fact(language, text(language, f"{_OF}.head"), history.head.whole, code=True),
        ),
        attempts=tuple(_attempt(each, language) for each in view.attempts),
        heard=tuple(entry(each) for each in heard(language, mail.get(letter.id, ()))),
        journal=tuple(_line(each, language) for each in _lines(history, about, letter)),
        notes=(text(language, f"{_OF}.means"), text(language, f"{_OF}.hashes")),
    )


def _is_about(row: EntryRow, letter: Letter, alike: tuple[Id, ...]) -> bool:
    """What was done with the letter, by its link, or since then by whom it was sent to about what it carried:
    without a link, or by that of a letter that asks the same."""
    by = row.actor.get("letter")
    if letter.id in {row.event.get("letter"), by}:
        return True
    caused, _ = place_of(letter.id)
    carried = LETTERS[letter.kind].sends_the_report and row.event.get("addressee") == letter.recipient
    return carried and row.seq > caused and (by is None or by in alike)


def _lines(history: History, about: set[int], letter: Letter) -> Iterator[HistoryLine]:
    for line in history.lines:
        if line.seq in about or letter.id in {each.id for each in line.letters}:
            yield line


def _attempt(attempt: AttemptView, language: Language) -> DeliveryEntry:
    answer = " ".join(filter(None, (str(attempt.smtp_code or ""), attempt.smtp_reply)))
    said = (
        ("address", attempt.address, False),
        ("answer", answer, False),
        ("queue", attempt.queue_id or "", True),
        ("message", attempt.message_id, True),
        ("sent_hash", attempt.eml_sha256 or "", True),
        ("kept_hash", attempt.kept_sha256 or "", True),
    )
    return entry(f"{attempt.said_at} · {attempt.outcome_name}", _facts(said, language))


def _line(line: HistoryLine, language: Language) -> DeliveryEntry:
    said = (("by", line.actor.said, False), ("entry_hash", f"{line.seq}: {line.hash}", True))
    return entry(f"{line.said_at} · {line.sentence}", _facts(said, language))


def _facts(said: tuple[tuple[str, str, bool], ...], language: Language) -> tuple[PrintedFact, ...]:
    return tuple(
        fact(language, text(language, f"{_OF}.{name}"), value, code=code) for name, value, code in said
    )
