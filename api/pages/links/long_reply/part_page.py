"""The page of one part of a long reply: typed, saved into the draft by itself, and on to the next."""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Final, Self

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from activities.database.sessions import plainly
from api.http.problems import sentence
from api.pages.forms.drafts import Opened
from api.pages.forms.parts import SHOWN, Part
from api.pages.forms.typed import Fault, Reader, Typed, fields_of, typed_in
from api.pages.forms.uploads import UPLOAD, chosen_for, files_taken, keep_uploads
from api.pages.links.long_reply.form import LongReplyForm
from api.pages.links.long_reply.parts import WHOLE, part_of
from api.pages.links.long_reply.tasks import address_of, faults_of
from api.pages.links.opened import OpenedLink
from api.pages.links.questions import Question, name_of, questions_sent
from api.pages.links.reply import read_words
from api.pages.links.words import label
from api.pages.site.rendering import page
from api.pages.site.stopping import StopKind, Stopped
from models.commands import AnswerReport, ItemAnswer
from models.monitoring.rules.admission import check_admission
from models.vocabulary.procedure import Id
from models.vocabulary.refusal import Refused

NEXT: Final = "next"
LIST: Final = "list"


@dataclass(frozen=True)
class PartPage:
    """One part during one request; `question` is its item, none of the whole."""

    matter: OpenedLink
    form: LongReplyForm
    questions: tuple[Question, ...]
    question: Question | None = None

    @classmethod
    async def of(cls, matter: OpenedLink, form: LongReplyForm, item: Id = "") -> Self:
        """Raises Stopped (404) for an item that is not asked of this body."""
        questions = form.asked_of(await questions_sent(matter), matter)
        question = next((each for each in questions if each.id == item), None)
        if item and question is None:
            raise Stopped(StopKind.NOT_FOUND, language=matter.language, contact=matter.contact)
        return cls(matter, form, questions, question)

    @property
    def part(self) -> Part:
        return part_of(self.question.id) if self.question else WHOLE

    @property
    def name(self) -> str:
        matter = self.matter
        return name_of(self.question, matter) if self.question else label(matter, "long_reply.whole")

    @property
    def place(self) -> str:
        return address_of(self.matter, self.part.name)

    @property
    def following(self) -> str:
        """The next item's page; after the last one the whole, after that the list."""
        if self.question is None:
            return self.matter.address()
        after = self.questions[self.questions.index(self.question) + 1 :]
        return address_of(self.matter, after[0].id if after else "")

    async def show(self, *, saved: bool) -> Response:
        matter, form = self.matter, self.form
        opened = await matter.opened(form, await form.begin(matter))
        return await self._page(opened, saved=saved)

    async def take(self, request: Request) -> Response:
        """Save what was typed and the files, whatever is wrong with it, and go where the button says."""
        matter, form, part = self.matter, self.form, self.part
        sent = await fields_of(request)
        typed, button = typed_in(sent), typed_in(sent).one("action")
        drafts = matter.drafts(form, typed)
        typed, faults = await keep_uploads(drafts, self._own(sent), typed, form.choosing(matter))
        shown = frozenset(typed.one(SHOWN).split())
        opened = await drafts.keep_part(part, typed, await form.begin(matter), shown)
        await matter.session.commit()
        await plainly(matter.session)
        if self._beside(opened):
            return await self._page(opened, faults, HTTPStatus.CONFLICT)
        if button == NEXT and not part.empty(opened.typed):
            asked = (self.question,) if self.question else ()
            refused = {fault.field for fault in faults}
            found = (*faults_of(part, typed, self.name), *await refused_days(matter, typed, asked))
            faults = (*faults, *(fault for fault in found if fault.field not in refused))
        if faults:
            return await self._page(opened, faults)
        to = {NEXT: self.following, LIST: matter.address(saved="1")}
        query = "&" if "?" in self.place else "?"
        return RedirectResponse(to.get(button, f"{self.place}{query}saved=1"), HTTPStatus.SEE_OTHER)

    def _own(self, sent: FormData) -> FormData:
        """What is chosen on this page: no file of another part."""
        name = f"{UPLOAD}-{self.question.id}" if self.question else UPLOAD
        return FormData([(field, value) for field, value in sent.multi_items() if field == name])

    def _beside(self, opened: Opened) -> tuple[Typed, ...]:
        """What else was saved of this part, that says something else."""
        mine = self.part.mark(opened.typed)
        return tuple(each.typed for each in opened.others if self.part.mark(each.typed) != mine)

    async def _page(
        self,
        opened: Opened,
        faults: tuple[Fault, ...] = (),
        status: HTTPStatus | None = None,
        *,
        saved: bool = False,
    ) -> Response:
        matter, form, part = self.matter, self.form, self.part
        typed, beside = opened.typed, self._beside(opened)
        marks = {part.mark(typed), *(part.mark(each) for each in beside)}
        position = self.questions.index(self.question) + 1 if self.question else 0
        limit = matter.services.settings.upload_limit_bytes
        around = {
            **matter.around(form),
            "here": self.place.partition("?")[0],
            "title": self.name,
            "typed": typed,
            "shown": " ".join(sorted(marks)),
            "question": self.question,
            "position": position,
            "count": len(self.questions),
            "others": [each for each in opened.others if each.typed in beside],
            "saved_at": part.saved_at(typed),
            "saved_by": matter.reader_of(part.saved_by(typed)),
            "chosen": await chosen_for(matter, matter.drafts(form, typed), typed),
            "taken": files_taken(matter.language, limit, form.takes),
            "most_files": form.most_files(matter),
            "faults": faults,
            "fault_at": {fault.field: fault for fault in reversed(faults)},
            "saved": saved,
            "gone_on": matter.today + timedelta(days=matter.services.settings.link_days),
            **form.above(matter),
        }
        wrong = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        return page("r/part.html", matter.language, status or wrong, None, **around)


async def refused_days(
    matter: OpenedLink, typed: Typed, questions: tuple[Question, ...]
) -> tuple[Fault, ...]:
    """Why the rules would not take the days typed for these items."""
    read = [read_words(Reader(typed), name_of(each, matter), each.id) for each in questions]
    answers = tuple(
        ItemAnswer(item=each.item, response=each.response, planned_on=each.planned_on)
        for each in read
        if each.response is not None and each.planned_on is not None
    )
    command = AnswerReport(
        id="days", actor=matter.actor(), addressee=matter.letter.subject, answers=answers, reply="0" * 64
    )
    try:
        check_admission(matter.state, command, matter.today)
    except Refused as refused:
        names = await matter.named(refused.refusals)
        return tuple(
            Fault(
                field=f"planned-{refusal.params['item']}",
                key="refused",
                params={"sentence": sentence(matter.language, refusal, names)},
            )
            for refusal in refused.refusals
            if "item" in refusal.params
        )
    return ()
