"""Sources and indicators are entered from a file: chosen, its columns mapped, every row looked at, sent once.

The file is kept beside the form's draft as any chosen file. What is there already, or stands in the file
twice, is told and left out; where anything is wrong with any row, nothing is entered.
"""

from dataclasses import dataclass, replace
from typing import ClassVar, Final
from urllib.parse import urlencode

from activities.files.types import FEEDS, TABLES
from api.commands.idempotency import RequestKey
from api.content.building import current_sources
from api.content.editing import content_is_open
from api.pages.desk.coming import Coming
from api.pages.desk.coordinating import seated
from api.pages.desk.desk_form import OfMonitoring, Seat
from api.pages.desk.editing.cited import source_choices
from api.pages.desk.editing.import_asked import AskedByForm, asked_by
from api.pages.desk.editing.import_view import (
    FileView,
    ImportView,
    file_view,
    import_view,
    rows_said,
    told_of,
)
from api.pages.desk.editing.seat import EditSitting
from api.pages.forms.bench import KnownForm
from api.pages.forms.form import Line, Reading
from api.pages.forms.typed import Fault, Typed
from api.pages.forms.uploads import ATTACHED, UPLOAD, File, files_by_id
from api.pages.staff.just_done import done_now
from api.problems.fields import worded_fault
from api.problems.problem import Failed, ProblemCode, conflict
from api.sheets.importing.importing import RowState, Verdict, imported, judged, ruled, standing
from api.sheets.importing.reading import Opened, opened
from api.sheets.importing.saying import fault_said
from api.sheets.importing.words import heading, words_with
from locales.catalogue import text
from models.report.importing.columns import Column, ImportKind
from models.report.importing.rows import Row, leaving_out
from models.report.importing.table import Line as TableLine
from models.tables.drafts import DraftFileRow
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import IndicatorRole, Language, SourceAccess

_KEY: Final = "page.desk.importing"
_TOLD: Final = 20  # faults that the summary tells; the rows tell all of theirs


class Import(Model):
    """Rows of a file that may be entered, with the lines they were read from."""

    kind: ImportKind
    file: str
    sheet: str
    places: dict[int, Column]
    rows: tuple[Row, ...]
    lines: tuple[TableLine, ...]
    told: tuple[Line, ...]


@dataclass(frozen=True)
class Look:
    """A file as it was opened, and what was said of it. `rows` are missing where they cannot be read yet."""

    file: File
    said: AskedByForm
    opened: Opened
    rows: tuple[Row, ...] | None
    fault: Fault | None


@dataclass(frozen=True, kw_only=True)
class ImportSitting(EditSitting):
    """Leads back to the list, which tells how much was entered."""

    def confirmation(self, form: KnownForm, about: str, key: RequestKey) -> str:
        entered, _, left = about.partition(" ")
        counted = {"entered": entered, "left": left, "lang": self.language.value}
        told = {**done_now(form.key, self.now), **counted}
        return f"{self.listed_at}?{urlencode(told)}"


async def seat_at_import(coming: Coming, actions: tuple[Action, ...]) -> ImportSitting:
    """Raises as `seated`."""
    return await seated(ImportSitting, coming, actions)


class ImportForm(OfMonitoring[Import, ImportSitting]):
    """What the imports share."""

    seat = Seat(seat_at_import)
    template, check_template = "desk/importing.html", "importing_check.html"
    confirms, one_file, writes_beside = False, True, True
    takes = TABLES
    closing = frozenset({"monitoring_ended", "content_closed"})
    kind: ClassVar[ImportKind]

    @property
    def actions(self) -> tuple[Action, ...]:
        return (Action.WRITE_CONTENT,)

    async def possible(self, sitting: ImportSitting) -> None:
        content_is_open(sitting.state)

    async def begin(self, sitting: ImportSitting) -> Typed:
        match self.kind:
            case ImportKind.FEED:
                return Typed(fields={"access": (SourceAccess.OPEN.value,)})
            case ImportKind.SURVEY:
                return Typed(fields={"role": (IndicatorRole.STATE.value,)})
        return Typed()

    async def view(self, typed: Typed, sitting: ImportSitting) -> ImportView:
        look = await self._look(typed, sitting)
        file = await self._file_view(look, sitting) if isinstance(look, Look) else None
        template = "" if self.kind is ImportKind.FEED else f"{sitting.here}/template"
        return import_view(self.kind, sitting.language, await source_choices(sitting), template, file)

    async def read(self, typed: Typed, sitting: ImportSitting) -> Reading[Import]:
        look = await self._look(typed, sitting)
        if look is None:
            return Reading(None, (Fault(field=UPLOAD, key="desk_import_missing"),))
        if isinstance(look, Fault):
            return Reading(None, (look,))
        if not look.said.seen:
            return Reading(None, look.said.faults)
        faults = (*look.said.faults, *((look.fault,) if look.fault else ()))
        if faults or look.rows is None:
            return Reading(None, faults)
        if wrong := _wrong(look.rows, sitting.language):
            return Reading(None, wrong)
        layout = look.opened.layout
        answer = Import(
            kind=self.kind,
            file=look.file.name,
            sheet=look.opened.sheet.name,
            places=layout.places,
            rows=look.rows,
            lines=look.opened.sheet.below(layout.heading),
            told=await self._told(look.opened, look.rows, sitting),
        )
        return Reading(answer)

    async def lines(self, answer: Import, sitting: ImportSitting) -> tuple[Line, ...]:
        of_file = {"file": answer.file, "sheet": answer.sheet}
        return (
            *(
                Line(label=text(sitting.language, f"{_KEY}.line.{name}"), value=value)
                for name, value in of_file.items()
                if value
            ),
            *answer.told,
        )

    async def checked(self, answer: Import, sitting: ImportSitting) -> dict[str, object]:
        verdicts = await self._judged(answer.rows, sitting)
        return {"rows": rows_said(verdicts, answer.lines, answer.places, self.kind, sitting.language)}

    def asked(self, sitting: ImportSitting) -> str:
        return self.key

    async def ask(self, answer: Import, sitting: ImportSitting, key: RequestKey) -> None:
        content_is_open(sitting.state)
        verdicts = await self._judged(answer.rows, sitting)
        if all(each.state is not RowState.NEW for each in verdicts):
            raise conflict(ProblemCode.IMPORT_NOTHING_NEW)

    async def happen(self, answer: Import, sitting: ImportSitting, key: RequestKey) -> str:
        tally = await imported(sitting.session, sitting.access, self.kind, key, answer.rows, sitting.now)
        return f"{len(tally.entered)} {tally.left_out}"

    # ——— the file ———
    async def _look(self, typed: Typed, sitting: ImportSitting) -> Look | Fault | None:
        """The chosen file; a fault where it cannot be opened, nothing where none is chosen."""
        chosen = await files_by_id(sitting, typed.all(ATTACHED)[-1:])
        row = await sitting.session.get(DraftFileRow, chosen[0].id) if chosen else None
        if row is None:
            return None
        sources = await current_sources(sitting.session, sitting.number)
        said = asked_by(typed, self.kind, chosen[0], tuple(each.id for each in sources))
        try:
            found = await opened(self.kind, row.content, row.filename, said.asked)
        except Failed as failed:
            return _fault(failed, sitting.language)
        try:
            rows = found.rows(said.asked.usual, words_with(sources))
        except Failed as failed:
            return Look(chosen[0], said, found, None, _fault(failed, sitting.language))
        ruled_rows = ruled(rows, sitting.access, sitting.today, sitting.language)
        kept = leaving_out(ruled_rows, said.asked.left_out, wrong=said.asked.leave_wrong)
        return Look(chosen[0], said, found, kept, None)

    async def _file_view(self, look: Look, sitting: ImportSitting) -> FileView:
        view = file_view(look.file.sha256, look.file.name, look.opened, sitting.language)
        if look.rows is None:
            return view
        layout = look.opened.layout
        verdicts = await self._judged(look.rows, sitting)
        lines = look.opened.sheet.below(layout.heading)
        return replace(
            view,
            rows=rows_said(verdicts, lines, layout.places, self.kind, sitting.language),
            told=await self._told(look.opened, look.rows, sitting),
        )

    async def _told(self, opened: Opened, rows: tuple[Row, ...], sitting: ImportSitting) -> tuple[Line, ...]:
        there = await standing(sitting.session, sitting.number, self.kind)
        return told_of(judged(rows, there), len(there), opened, sitting.language)

    async def _judged(self, rows: tuple[Row, ...], sitting: ImportSitting) -> tuple[Verdict, ...]:
        return judged(rows, await standing(sitting.session, sitting.number, self.kind))


class ImportSourcesForm(ImportForm):
    """Sources of any kind, from a table (rule 7)."""

    path, key, kind = "sources/import", "import_sources", ImportKind.SOURCES


class ImportFeedForm(ImportForm):
    """Publications of the mass media, from a feed that was saved (rule 7.5)."""

    path, key, kind = "sources/import/feed", "import_feed", ImportKind.FEED
    takes = FEEDS


class ImportIndicatorsForm(ImportForm):
    """Indicators of parts II and III, from a table."""

    path, key, kind = "indicators/import", "import_indicators", ImportKind.INDICATORS


class ImportSurveyForm(ImportForm):
    """How many gave each answer in a survey, as shares (rule 7.4)."""

    path, key, kind = "indicators/import/survey", "import_survey", ImportKind.SURVEY


IMPORTS: Final = (ImportSourcesForm(), ImportFeedForm(), ImportIndicatorsForm(), ImportSurveyForm())


def _fault(failed: Failed, language: Language) -> Fault:
    """What is wrong with the file as a whole, or with how its columns are named."""
    fault = failed.faults[0] if failed.faults else None
    said = worded_fault(language, fault) if fault else text(language, f"problem.{failed.refusals[0].code}")
    field = "columns" if fault and fault.pointer == "/columns" else UPLOAD
    return Fault(field=field, key="refused", params={"sentence": said})


def _wrong(rows: tuple[Row, ...], language: Language) -> tuple[Fault, ...]:
    """The faults of rows, the first of them: each leads to its cell."""
    found = [(row, fault) for row in rows if not row.left_out for fault in row.faults]
    told = tuple(
        Fault(
            field=f"row-{row.number}-{fault.column.value}",
            key="refused",
            params={
                "item": text(
                    language, f"{_KEY}.at_cell", row=row.number, column=heading(language, fault.column)
                ),
                "sentence": fault_said(fault, language),
            },
        )
        for row, fault in found[:_TOLD]
    )
    if len(found) == len(told):
        return told
    more = text(language, f"{_KEY}.more", count=len(found) - len(told))
    return (*told, Fault(field="rows", key="refused", params={"sentence": more}))
