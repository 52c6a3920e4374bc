"""Registers as files on a schedule: set up, changed, stopped."""

from typing import Final

from api.commands.idempotency import RequestKey
from api.pages.desk.questions import Answers, BoxQuestion, LineQuestion, PickQuestion
from api.pages.desk.term_questions import ChoiceQuestion
from api.pages.forms.form import Line
from api.pages.forms.typed import Typed
from api.pages.registries.edition_questions import NumberQuestion
from api.pages.registries.registry_form import RegistryForm, RegistrySitting, row_about, sent_as
from api.pages.registries.webhooks import accounts_in_use
from api.routes.file_schedules import FileScheduleBody, register_file_schedule
from models.tables.file_schedules import FileScheduleRow
from models.vocabulary.file_schedules import FileFormat, Rhythm, ScheduledRegister
from models.vocabulary.procedure import Id, Language

LABEL, SUBJECT = LineQuestion("schedule_label"), ChoiceQuestion("subject", ScheduledRegister)
FORMAT, LANGUAGE = ChoiceQuestion("format", FileFormat), ChoiceQuestion("file_language", Language)
RHYTHM, HOUR, KEEP = ChoiceQuestion("rhythm", Rhythm), NumberQuestion("hour"), NumberQuestion("keep")
MADE_FOR = PickQuestion("made_for", accounts_in_use)
ACTIVE, REASON = BoxQuestion("active"), LineQuestion("reason")
_ASKED: Final = (LABEL, SUBJECT, FORMAT, LANGUAGE, RHYTHM, HOUR, KEEP, MADE_FOR)
# What the API calls the fields whose questions are called otherwise.
_FIELDS: Final = {"label": LABEL.name, "language": LANGUAGE.name, "reads_as": MADE_FOR.name}


class _ScheduleForm(RegistryForm):
    under = "/staff"

    def field_at(self, pointer: str) -> str:
        last = pointer.rpartition("/")[2]
        return _FIELDS.get(last, super().field_at(pointer))


class NewFileScheduleForm(_ScheduleForm):
    """It begins with the next moment of its rhythm."""

    path, key, back_to = "file-schedules/new", "new_file_schedule", "/file-schedules"
    questions = (*_ASKED, REASON)

    async def begin(self, sitting: RegistrySitting) -> Typed:
        return Typed(fields={HOUR.name: ("7",), KEEP.name: ("12",), LANGUAGE.name: (sitting.language.value,)})

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        await _registered(key.derived("f"), said, True, sitting, key)


class FileScheduleForm(_ScheduleForm):
    """Stopped, it keeps its files; going on, it makes up nothing of the time between."""

    path, key, back_to = "file-schedules/{about}/change", "file_schedule", "/file-schedules"
    questions = (*_ASKED, ACTIVE, REASON)

    async def leads(self, sitting: RegistrySitting) -> None:
        await row_about(sitting, FileScheduleRow)

    async def begin(self, sitting: RegistrySitting) -> Typed:
        row = await row_about(sitting, FileScheduleRow)
        fields = {
            LABEL.name: (row.label,),
            SUBJECT.name: (row.subject,),
            FORMAT.name: (row.format,),
            LANGUAGE.name: (row.language,),
            RHYTHM.name: (row.rhythm,),
            HOUR.name: (str(row.hour),),
            KEEP.name: (str(row.keep),),
            MADE_FOR.name: (row.reads_as,),
        }
        return Typed(fields=fields | {ACTIVE.name: ACTIVE.begun(row.active)})

    async def about_lines(self, sitting: RegistrySitting) -> tuple[Line, ...]:
        return ()

    async def written(self, said: Answers, sitting: RegistrySitting, key: RequestKey) -> None:
        await row_about(sitting, FileScheduleRow)
        await _registered(sitting.about, said, said[ACTIVE], sitting, key)


async def _registered(
    schedule: Id, said: Answers, active: bool, sitting: RegistrySitting, key: RequestKey
) -> None:
    values = {
        "label": said[LABEL],
        "subject": said[SUBJECT],
        "format": said[FORMAT],
        "language": said[LANGUAGE],
        "rhythm": said[RHYTHM],
        "hour": said[HOUR],
        "keep": said[KEEP],
        "reads_as": said[MADE_FOR],
        "active": active,
        "reason": said[REASON],
    }
    body = sent_as(FileScheduleBody, values)
    await register_file_schedule(schedule, body, sitting.caller, sitting.session, key, sitting.now)
