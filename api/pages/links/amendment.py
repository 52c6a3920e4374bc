"""An addressee replaces its reply, all of it anew, until it is assessed; the one before stays on record."""

from api.commands.desk import CommandDesk
from api.pages.forms.form import AnswerOnRecord, Order, Reading
from api.pages.forms.typed import Fault, Typed
from api.pages.links.form_names import FormName
from api.pages.links.matter import Matter
from api.pages.links.questions import Question
from api.pages.links.replies_given import replies_given
from api.pages.links.reply import ReplyForm, may_amend
from api.pages.site.stopping import Elsewhere
from api.problems.problem import ProblemCode, conflict
from api.views.replies import replied
from models.commands import AmendReply
from models.report.notes import ReplyNote

BASE = "base"
"""The field that says which reply the form was filled in over."""


class AmendmentForm(ReplyForm):
    """Filled in with the reply that counts; sent over another one than that, it is shown once more."""

    command = AmendReply
    name = FormName.AMENDMENT
    template = "r/amendment.html"
    key = "amendment"

    async def asks(self, matter: Matter) -> None:
        await super().asks(matter)
        answered = matter.state.addressees[matter.letter.subject].answered_on is not None
        if not answered or not may_amend(matter):
            raise Elsewhere(matter.back)

    async def recorded(self, matter: Matter) -> AnswerOnRecord[ReplyNote] | None:
        """What was amended is read where the reply is."""
        return None

    async def read(self, typed: Typed, matter: Matter) -> Reading[ReplyNote]:
        reading = await super().read(typed, matter)
        base, newest = typed.one(BASE), (await replies_given(matter))[-1].line.seq
        if base and base != str(newest):
            return Reading(None, (Fault(field="", key="reply_changed"), *reading.faults))
        return reading

    def asked_of(self, questions: tuple[Question, ...], matter: Matter) -> tuple[Question, ...]:
        return questions

    def attempt(self, matter: Matter) -> str:
        """After each reply on record one may amend it."""
        return str(matter.state.addressees[matter.letter.subject].reply)

    async def send(self, answer: ReplyNote, order: Order, desk: CommandDesk, bench: Matter) -> str:
        """Of two that were sent at one moment one happened, and the other is told. Raises Failed (409)."""
        about = await super().send(answer, order, desk, bench)
        mine = [each.line for each in await replies_given(bench) if each.line.command_id == desk.id]
        if mine and replied(mine[-1]).reply != order.notes[0].sha256:
            raise conflict(ProblemCode.REPLY_AMENDED_MEANWHILE)
        return about
