"""A detached signature is attached to what it signs (beyond the Rules, which ask for none)."""

from typing import ClassVar

from activities.proofs.signed_digests import BadSignature
from api.commands.idempotency import RequestKey
from api.commands.registering import registered_once
from api.content.attaching import Looked
from api.content.editing import goes_on
from api.content.signing import compared_with, is_attached, keep_signature
from api.pages.desk.desk_form import OfMonitoring, Seat
from api.pages.desk.editing.seat import EditSitting, seat_at_content
from api.pages.desk.question_form import Questionnaire
from api.pages.desk.questions import Answers, AnyQuestion, FileQuestion, PickQuestion
from api.pages.desk.signed import signables_named, signatures_of
from api.pages.forms.form import Line, Reading
from api.pages.forms.typed import Fault, Typed
from api.problems.problem import ProblemCode, conflict
from api.register.choices import Choice
from models.tables.drafts import DraftFileRow
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id


async def _offered(sitting: EditSitting) -> tuple[Choice, ...]:
    names = await signables_named(sitting.session, sitting.state, sitting.language, sitting.today)
    return tuple(Choice(value=sha256, name=name) for sha256, name in names.items())


SIGNED, SIGNATURE = PickQuestion("signed", _offered), FileQuestion("signature")


class Attached(Model):
    """The id of the signature, once it is attached."""

    attachment: Id


class SignForm(Questionnaire[EditSitting], OfMonitoring[Answers, EditSitting]):
    """Which file, and the signature of it."""

    path, key = "signatures", "sign"
    questions: ClassVar[tuple[AnyQuestion, ...]] = (SIGNED, SIGNATURE)
    seat = Seat(seat_at_content)
    confirms = False
    one_file = True
    closing = frozenset({"monitoring_ended"})

    @property
    def actions(self) -> tuple[Action, ...]:
        return (Action.ATTACH,)

    async def about_lines(self, sitting: EditSitting) -> tuple[Line, ...]:
        """The signatures there are."""
        names = {each.value: each.name for each in await _offered(sitting)}
        signed = await signatures_of(sitting.session, sitting.number, sitting.language)
        return tuple(
            Line(label=names.get(sha256, sha256), value=f"{each.filename}: {each.said}")
            for sha256, signatures in signed.items()
            for each in signatures
        )

    async def read(self, typed: Typed, sitting: EditSitting) -> Reading[Answers]:
        reading = await super().read(typed, sitting)
        if reading.answer is None:
            return reading
        file = await self._file(reading.answer, sitting)
        try:
            await compared_with(sitting.session, file.content, reading.answer[SIGNED])
        except BadSignature as bad:
            return Reading(None, (Fault(field=SIGNATURE.upload, key=bad.why.value, params={}),))
        return reading

    async def _file(self, answer: Answers, sitting: EditSitting) -> DraftFileRow:
        return await sitting.session.get_one(DraftFileRow, answer[SIGNATURE][-1].id)

    def asked(self, sitting: EditSitting) -> str:
        return self.key

    async def possible(self, sitting: EditSitting) -> None:
        goes_on(sitting.state)

    async def ask(self, answer: Answers, sitting: EditSitting, key: RequestKey) -> None:
        goes_on(sitting.state)
        signature = answer[SIGNATURE][-1].sha256
        if await is_attached(sitting.session, sitting.number, signature, answer[SIGNED]):
            raise conflict(ProblemCode.SIGNATURE_ATTACHED)

    async def happen(self, answer: Answers, sitting: EditSitting, key: RequestKey) -> str:
        session, caller, now, number = sitting.session, sitting.caller, sitting.now, sitting.number

        async def change() -> Attached:
            row, kept = await self._file(answer, sitting), key.derived("s")
            looked = Looked(content=row.content, filename=row.filename, media_type=row.media_type)
            await keep_signature(session, number, kept, looked, answer[SIGNED], now, caller.account)
            return Attached(attachment=kept)

        await registered_once(session, key, caller, "attach_signature", now, Attached, change, number=number)
        return ""
