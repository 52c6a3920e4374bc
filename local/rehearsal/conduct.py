"""The stretches of procedure that the plot's monitorings share."""

from datetime import date

from local.rehearsal.acting import Acting, body
from local.rehearsal.cast import AUTHORIZED_BODY, EDITOR, staff_of
from local.rehearsal.patience import until
from local.sample_scenario import SampleAddressee
from models.agenda.deadline import ReplyPreset
from models.commands import (
    AcknowledgeReport,
    AnswerReport,
    ApproveReport,
    BeginCollection,
    CloseMonitoring,
    CompleteAnalysis,
    CompleteCollection,
    DispatchReport,
    ExtendDeadline,
    ItemAnswer,
    ItemImplementation,
    JudgeImplementation,
    MarkConsidered,
    NewAddressee,
    PublishReport,
    RecordActivity,
    ReportImplementation,
    SubmitReport,
)
from models.report.content import Wording
from models.vocabulary.procedure import Activity, Ground, Id, Verdict


def said(words: str) -> Wording:
    """A text that somebody types during the rehearsal."""
    return Wording(kk=words, ru=words, en=words)


async def begins(m: Acting, day: date) -> None:
    """Rule 7: collection begins."""
    await m.does(BeginCollection, began_on=day)


async def has_an_approved_report(m: Acting, began_on: date, ended_on: date) -> None:
    """Rules 8, 15: the five activities, collection and analysis done, the printed report approved."""
    content = await m.freezes(began_on, ended_on)
    done = {sample.activity: sample.note for sample in m.scenario.activities}
    for activity in Activity:
        note = await m.keeps(done.get(activity, said("Орындалды.")))
        await m.does(RecordActivity, activity=activity, done_on=ended_on, note=note)
    await m.does(CompleteCollection, content=content)
    await m.does(CompleteAnalysis, content=content)
    await m.does(SubmitReport, content=content)

    async def printed() -> bool:
        return bool((await m.state()).versions[-1].documents)

    await until(printed, f"the report of {m.number} is printed")
    await m.does(ApproveReport, m.staff.head, version=1)


async def dispatches(m: Acting, asked: ReplyPreset = ReplyPreset.NONE) -> None:
    """Rules 17, 20: to the scenario's bodies and, from a division, to the authorized body; `asked` of those
    that answer in the scenario."""
    samples = m.scenario.dispatch.addressees
    chosen = [
        await _addressee(m, sample, asked) for sample in samples if sample.organisation != AUTHORIZED_BODY
    ]
    if m.staff.organisation != AUTHORIZED_BODY:
        chosen.append(NewAddressee(body=body(AUTHORIZED_BODY), ground=Ground.CONSOLIDATION))
    await m.does(DispatchReport, addressees=tuple(chosen))


async def is_received(m: Acting, organisation: Id, number: str) -> None:
    """Beyond the Rules: the addressee registered the report, so the Code's term of its reply begins."""
    by = await m.holder_of(organisation)
    await m.does(AcknowledgeReport, by, addressee=organisation, incoming_number=number)


async def _addressee(m: Acting, sample: SampleAddressee, asked: ReplyPreset) -> NewAddressee:
    return NewAddressee(
        body=body(sample.organisation),
        ground=sample.ground,
        reason=await m.keeps(sample.reason) if sample.reason.given() else None,
        preset=asked if sample.reply else ReplyPreset.NONE,
    )


async def answers(m: Acting, organisation: Id, planned: dict[Id, date]) -> None:
    """The addressee answers item by item by its letter's link, with a day for what it accepts."""
    reply = next(a.reply for a in m.scenario.dispatch.addressees if a.organisation == organisation)
    assert reply is not None, f"{organisation} answers in this scenario"
    given = tuple(
        ItemAnswer(
            item=answer.item,
            response=answer.response,
            reasoned=answer.reasoned,
            planned_on=planned.get(answer.item),
        )
        for answer in reply.answers
    )
    by, words = await m.holder_of(organisation), await m.keeps(reply.text)
    await m.does(AnswerReport, by, addressee=organisation, answers=given, reply=words)


async def extends(m: Acting, deadline: Id, until_day: date) -> None:
    reason = await m.keeps(said("Мекеме қосымша уақыт сұрады."))
    await m.does(ExtendDeadline, deadline=deadline, until=until_day, reason=reason)


async def reports_implementation(m: Acting, organisation: Id, item: Id) -> None:
    """Beyond the Rules: the addressee says by its newest letter's link that an item is carried out."""
    by, words = await m.holder_of(organisation), await m.keeps(said("Орындалды, бұйрықты қараңыз."))
    done = (ItemImplementation(item=item, claim=Verdict.IMPLEMENTED),)
    await m.does(ReportImplementation, by, addressee=organisation, items=done, words=words)


async def judges(m: Acting, item: Id) -> None:
    reason = await m.keeps(said("Бұйрық қаралды."))
    await m.does(JudgeImplementation, item=item, verdict=Verdict.IMPLEMENTED, reason=reason)


async def is_considered(m: Acting) -> None:
    """Rule 18: by the authorized body."""
    analyst = staff_of(AUTHORIZED_BODY).analyst
    await m.does(MarkConsidered, analyst, note=await m.keeps(said("Қаралды және талданды.")))


async def is_published(m: Acting, day: date) -> None:
    """Rule 19: on the authorized body's web resource."""
    page = f"https://uo.example.kz/monitoring/{m.number}"
    await m.does(PublishReport, EDITOR, published_on=day, address=page)


async def closes(m: Acting) -> None:
    """Nothing due is open; the follow-up goes on."""
    await m.does(CloseMonitoring)
