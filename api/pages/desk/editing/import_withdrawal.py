"""What came by one import is taken out again: all of it that nobody has changed since."""

from typing import ClassVar, Final

from api.commands.idempotency import RequestKey
from api.content.editing import content_is_open
from api.content.store import Part
from api.history.names import people_named
from api.pages.desk.desk_form import OfMonitoring, Seat
from api.pages.desk.editing.edit_form import EditView
from api.pages.desk.editing.item_form import RemovalView
from api.pages.desk.editing.seat import EditSitting, seat_at_content
from api.pages.forms.form import Line, Reading
from api.pages.forms.typed import Typed
from api.sheets.importing.withdrawing import Import, import_known, import_withdrawn, may_be_withdrawn
from locales.catalogue import text
from locales.dates import say_instant
from models.vocabulary.access import Action

_KEY: Final = "page.desk.import_withdrawal"


class ImportWithdrawalForm(OfMonitoring[Import, EditSitting]):
    """What the two lists share."""

    seat = Seat(seat_at_content)
    template = "desk/removal.html"
    confirms = False
    closing = frozenset(
        {
            "monitoring_ended",
            "content_closed",
            "import_unknown",
            "import_withdrawn",
            "import_pinned",
            "import_cited",
        }
    )
    not_there = frozenset({"import_unknown"})
    part: ClassVar[Part]

    @property
    def actions(self) -> tuple[Action, ...]:
        return (Action.WRITE_CONTENT,)

    async def given(self, sitting: EditSitting) -> Import:
        return await import_known(sitting.session, sitting.number, self.part, sitting.about)

    async def possible(self, sitting: EditSitting) -> None:
        content_is_open(sitting.state)
        await may_be_withdrawn(sitting.session, sitting.state, await self.given(sitting))

    async def view(self, typed: Typed, sitting: EditSitting) -> EditView:
        return RemovalView(seen="", theirs=(), lines=await self.lines(await self.given(sitting), sitting))

    async def read(self, typed: Typed, sitting: EditSitting) -> Reading[Import]:
        return Reading(await self.given(sitting))

    async def lines(self, answer: Import, sitting: EditSitting) -> tuple[Line, ...]:
        language = sitting.language
        people = await people_named(sitting.session, {answer.account})
        told = {
            "kind": text(language, f"page.desk.import_{answer.kind.value}.title"),
            "at": say_instant(language, answer.at),
            "who": people.get(answer.account, answer.account),
            "entered": str(answer.entered),
            "unchanged": str(len(answer.unchanged)),
        }
        return tuple(
            Line(label=text(language, f"{_KEY}.{name}"), value=value) for name, value in told.items()
        )

    def asked(self, sitting: EditSitting) -> str:
        return self.key

    async def ask(self, answer: Import, sitting: EditSitting, key: RequestKey) -> None:
        await may_be_withdrawn(sitting.session, sitting.state, answer)

    async def happen(self, answer: Import, sitting: EditSitting, key: RequestKey) -> str:
        await import_withdrawn(sitting.session, sitting.access, self.part, answer.id, key, sitting.now)
        return ""


class SourcesWithdrawalForm(ImportWithdrawalForm):
    """Of sources."""

    path, key, part = "sources/imports/{about}/withdrawal", "import_withdrawal", Part.SOURCE


class IndicatorsWithdrawalForm(ImportWithdrawalForm):
    """Of indicators."""

    path, key, part = "indicators/imports/{about}/withdrawal", "import_withdrawal_indicators", Part.INDICATOR


WITHDRAWALS: Final = (SourcesWithdrawalForm(), IndicatorsWithdrawalForm())
