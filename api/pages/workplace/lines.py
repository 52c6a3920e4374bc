"""The lines of the list of monitorings in words, for its page and its files."""

from collections.abc import Sequence
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries.local_day import local_day
from api.history.names import Names, names_for
from api.pages.workplace.movers import WhoseMove, mentioned, movers_in, whose_said
from models.report.content import Wording
from models.tables.monitorings import NO_DAY, MonitoringRow
from models.timeline.sayings import Mention
from models.vocabulary.base import Model
from models.vocabulary.letters import RecipientKind
from models.vocabulary.procedure import Kind, Language, Number, Stage

_FIRST_MOVERS = 2


class Line(Model):
    """One monitoring: what matters first is the day, and whose move it is."""

    number: Number
    title: str
    lead: str
    kind: Kind
    stage: Stage
    started_on: date
    due_on: date | None
    late: bool
    whose_move: str
    published: bool


async def lines_of(
    session: AsyncSession,
    language: Language,
    today: date,
    rows: Sequence[MonitoringRow],
    *,
    whole: bool = False,
) -> tuple[Line, ...]:
    """All names in one query for each registry, whatever the number of lines. A page says whose move it is
    of the first few, a file of all."""
    movers = {row.number: movers_in(row.waiting) for row in rows}
    mentions = [Mention(registry=RecipientKind.ORGANISATION, id=row.lead) for row in rows]
    for each in movers.values():
        mentions += mentioned(each if whole else each[:_FIRST_MOVERS])
    names = await names_for(session, language, today, mentions)
    return tuple(_line(row, language, today, movers[row.number], names, whole=whole) for row in rows)


def _line(
    row: MonitoringRow,
    language: Language,
    today: date,
    movers: tuple[WhoseMove, ...],
    names: Names,
    *,
    whole: bool,
) -> Line:
    due_on = None if row.due_on == NO_DAY else row.due_on
    return Line(
        number=row.number,
        title=Wording(kk=row.title_kk, ru=row.title_ru, en=row.title_en).best(language),
        lead=names.of(Mention(registry=RecipientKind.ORGANISATION, id=row.lead)),
        kind=Kind(row.kind),
        stage=Stage(row.stage),
        started_on=local_day(row.started_at),
        due_on=due_on,
        late=due_on is not None and due_on < today,
        whose_move=whose_said(language, movers, names, len(movers) if whole else _FIRST_MOVERS),
        published=row.published,
    )
