"""A detached signature is attached to what it signs (beyond the Rules, which ask for none)."""

from typing import ClassVar

from activities.proofs.signed_digests import BadSignature
from api.commands.idempotency import RequestKey
from api.commands.registering import registered_once
from api.content.attaching import Looked, Signs, keep_looked
from api.content.editing import goes_on
from api.content.signing import compared_with, signables
from api.pages.desk.desk_form import OfMonitoring, Seat
from api.pages.desk.editing.seat import EditSitting, seat_at_content
from api.pages.desk.question_form import Questionnaire
from api.pages.desk.questions import Answers, AnyQuestion, FileQuestion, PickQuestion
from api.pages.desk.signed import signatures_of
from api.pages.forms.form import Line, Reading
from api.pages.forms.typed import Fault, Typed
from api.register.choices import Choice
from models.tables.drafts import DraftFileRow
from models.vocabulary.access import Action
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id


async def _offered(sitting: EditSitting) -> tuple[Choice, ...]:
    found = await signables(sitting.session, sitting.state, sitting.language)
    return tuple(Choice(value=each.sha256, name=each.name) for each in found)


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
        try:
            await self._signs(reading.answer, sitting)
        except BadSignature as bad:
            return Reading(None, (Fault(field=SIGNATURE.upload, key=bad.why.value, params={}),))
        return reading

    async def _signs(self, answer: Answers, sitting: EditSitting) -> Signs:
        file = await self._file(answer, sitting)
        found = await compared_with(sitting.session, file.content, answer[SIGNED])
        return Signs(signs=answer[SIGNED], signature_check=found.check, signature_algorithms=found.algorithms)

    async def _file(self, answer: Answers, sitting: EditSitting) -> DraftFileRow:
        return await sitting.session.get_one(DraftFileRow, answer[SIGNATURE][-1].id)

    def asked(self, sitting: EditSitting) -> str:
        return self.key

    async def possible(self, sitting: EditSitting) -> None:
        goes_on(sitting.state)

    async def ask(self, answer: Answers, sitting: EditSitting, key: RequestKey) -> None:
        goes_on(sitting.state)

    async def happen(self, answer: Answers, sitting: EditSitting, key: RequestKey) -> str:
        session, caller, now, number = sitting.session, sitting.caller, sitting.now, sitting.number

        async def change() -> Attached:
            of, row = await self._signs(answer, sitting), await self._file(answer, sitting)
            looked = Looked(content=row.content, filename=row.filename, media_type=row.media_type)
            kept = key.derived("s")
            await keep_looked(session, number, kept, looked, now, caller.account, of)
            return Attached(attachment=kept)

        await registered_once(session, key, caller, "attach_signature", now, Attached, change, number=number)
        return ""
