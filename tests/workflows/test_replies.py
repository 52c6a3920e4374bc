"""Scenario B after the approval: letters that do not arrive, replies that take their time (rule 17)."""

from datetime import date

from sqlmodel import col, update

from local.samples import ScenarioName
from models.agenda.deadline import DeadlineStatus, DeadlineSubject, deadline_id
from models.commands import (
    AcknowledgeReport,
    AskMoreTime,
    CloseMonitoring,
    ExtendDeadline,
    ExtendReplyTerm,
    RecordHandDelivery,
    RefuseExtension,
    ResendLetter,
)
from models.tables.bodies import OrganisationVersionRow
from models.vocabulary.ladders import RungName
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Stage
from tests.workflows.conduct import answers, closes, dispatches, has_an_approved_report
from tests.workflows.running import CALENDAR, Running, starts
from tests.workflows.theatre import Theatre

CLINIC = "clinic-2"
REPLY = deadline_id(DeadlineSubject.REPLY, CLINIC)


async def test_a_letter_to_a_wrong_address_is_mended_in_the_registry_and_sent_again(theatre: Theatre) -> None:
    b = await starts(theatre, ScenarioName.B)
    slip = b.scenario.mended_letter
    assert slip is not None
    theatre.mailbox.faults.refuse(slip.refused_address, slip.smtp_reply)
    await has_an_approved_report(b)
    await dispatches(b)
    assert (await b.state()).stage is Stage.APPROVED
    letter = await b.letter(slip.kind, slip.recipient)
    assert (letter.status, letter.failure) == (LetterStatus.UNDELIVERABLE, "550")
    assert await b.is_refused(CloseMonitoring) == "open_letter_undeliverable"
    async with theatre.sessions() as session, session.begin():
        at_fault = col(OrganisationVersionRow.email) == slip.refused_address
        await session.exec(update(OrganisationVersionRow).where(at_fault).values(email=slip.mended_address))
    await b.does(ResendLetter, letter=letter.id)
    await b.letters_settled()
    assert (await b.state()).stage is Stage.DISPATCHED
    assert [mail.recipients for mail in theatre.mailbox.store.letters(slip.mended_address)] == [
        [slip.mended_address]
    ]
    assert await b.tries(letter) == ["rejected", "accepted"]
    await answers(b, CLINIC)
    await closes(b)
    await b.has_one_truth()


async def test_an_undeliverable_report_may_be_handed_over_on_paper(theatre: Theatre) -> None:
    b = await starts(theatre, ScenarioName.B)
    slip = b.scenario.mended_letter
    assert slip is not None
    theatre.mailbox.faults.refuse(slip.refused_address, slip.smtp_reply)
    await has_an_approved_report(b)
    await dispatches(b)
    letter = await b.letter(slip.kind, slip.recipient)
    note = await b.says("signed for at the reception")
    await b.does(RecordHandDelivery, letter=letter.id, delivered_on=b.day, note=note)
    assert (await b.state()).stage is Stage.DISPATCHED
    await b.has_one_truth()


async def test_a_reply_is_reminded_of_at_each_rung_and_counts_when_it_comes_late(theatre: Theatre) -> None:
    b = await _with_a_dispatched_report(theatre)
    for rung in (RungName.REMINDER, RungName.LAST_CALL):
        await b.reaches(REPLY, rung)
    assert (await b.state()).deadlines[REPLY].status is DeadlineStatus.OPEN
    for rung in (RungName.EXPIRED, RungName.OVERDUE):
        await b.reaches(REPLY, rung)
    assert (await b.state()).deadlines[REPLY].status is DeadlineStatus.PASSED
    reason = await b.says("the case is complex")
    later = b.in_working_days(30)
    refused = await b.is_refused(ExtendDeadline, deadline=REPLY, until=later, reason=reason)
    assert refused == "extension_after_expiry"
    await answers(b, CLINIC)
    met = (await b.state()).deadlines[REPLY]
    assert (met.status, met.late) == (DeadlineStatus.MET, True)
    await closes(b)
    assert (await b.post())[-4:] == [
        "reply_reminder to clinic-2",
        "reply_reminder to clinic-2",
        "reply_overdue to clinic-2",
        "implementation_awaited to clinic-2",
    ]
    await b.has_one_truth()


async def test_whoever_considers_extends_the_code_s_term_and_asks_for_more_only_then(
    theatre: Theatre,
) -> None:
    b = await _with_a_dispatched_report(theatre)
    due = (await b.state()).deadlines[REPLY].due_on
    later = CALENDAR.add_working_days(due, 10)
    reason = await b.says("the case is complex")
    await b.reaches(REPLY, RungName.REMINDER)
    by = await b.holder_of(CLINIC)
    asking = {"addressee": CLINIC, "until": later, "reason": reason}
    assert await b.is_refused(AskMoreTime, by, **asking) == "extend_it_yourself"
    await b.does(ExtendReplyTerm, by, **asking)
    extended = (await b.state()).deadlines[REPLY]
    assert (extended.due_on, extended.extensions, extended.reached) == (later, 1, ())
    again = CALENDAR.add_working_days(later, 5)
    await _asks_for_time(b, again)
    assert await b.is_refused(CloseMonitoring) == "open_more_time_asked"
    granted = await b.is_refused(ExtendDeadline, deadline=REPLY, until=again, reason=reason)
    assert granted == "extension_twice"
    await b.does(RefuseExtension, deadline=REPLY, reason=reason)
    await b.reaches(REPLY, RungName.REMINDER)
    await answers(b, CLINIC)
    assert not (await b.state()).deadlines[REPLY].late
    assert (await b.post())[-6:] == [
        "reply_reminder to clinic-2",
        "reply_term_extended to a-sary-analyst",
        "deadline_extended to clinic-2",
        "extension_refused to clinic-2",
        "reply_reminder to clinic-2",
        "implementation_awaited to clinic-2",
    ]
    await b.has_one_truth()


async def _with_a_dispatched_report(theatre: Theatre) -> Running:
    b = await starts(theatre, ScenarioName.B)
    await has_an_approved_report(b)
    await dispatches(b)
    for body in (CLINIC, "uo"):
        await b.does(AcknowledgeReport, addressee=body, incoming_number="1-15/482")
    await b.letters_settled()
    return b


async def _asks_for_time(b: Running, until: date) -> None:
    by = await b.holder_of(CLINIC)
    reason = await b.says("patients' files are being sorted")
    await b.does(AskMoreTime, by, addressee=CLINIC, until=until, reason=reason)
