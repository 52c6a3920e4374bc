"""The registration of a report that came on paper: its number once per key, its content frozen with it."""

from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from api.commands.addressed import Addressed
from api.commands.desk import CommandDesk
from api.content.paper_reports import RegisterPaperReportBody, content_of_paper, next_paper_number
from models.commands import RegisterPaperReport
from models.consolidation.notices import ConsolidationReceipt
from models.report.content import content_sha256
from models.tables.commands import CommandRow
from models.vocabulary.procedure import Id


class RegisteredView(ConsolidationReceipt):
    """The receipt, and the number the report was registered under."""

    report: Id


async def register_paper(
    session: AsyncSession,
    desk: CommandDesk,
    to: Addressed[ConsolidationReceipt],
    row: CommandRow,
    command: RegisterPaperReport,
    body: RegisterPaperReportBody,
    today: date,
    now: datetime,
) -> RegisteredView:
    """Number and send a claimed registration. A refused one uses up no number. Raises Failed as the desk."""
    if row.number is None:
        await desk.ask(row, to, command)
        row.number = await next_paper_number(session, body.received_on.year)
    content = await content_of_paper(session, row.number, body, today)
    pinned = {"report": row.number, "content": content_sha256(content)}
    receipt = await desk.deliver(row, to, command.model_copy(update=pinned), content=content)
    return RegisteredView(**receipt.model_dump(), report=row.number)
