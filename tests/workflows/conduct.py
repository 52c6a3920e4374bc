"""The stretches of procedure that many stories share. Each plays what the scenario's file says."""

from collections.abc import Iterable
from datetime import date

from local.sample_scenario import SampleAddressee, SampleInformationRequest
from models.commands import (
    AnswerInformationRequest,
    CloseMonitoring,
    EndFollowUp,
    ItemAnswer,
    ItemImplementation,
    JudgeImplementation,
    MarkConsidered,
    NewAddressee,
    PublishReport,
    ReportImplementation,
    RequestInformation,
)
from models.commands.receipt import Receipt
from models.report.content import ReportContent
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Ground, Id, Role, Verdict
from tests.leading import (
    answered,
    approved,
    begun,
    collected,
    collected_in_steps,
    dispatched,
    submitted,
)
from tests.waiting import eventually
from tests.workflows.running import AUTHORIZED_BODY, Running, body

REPLY_DAYS = 22
"""Working days: where a scenario asks for a reply by a date, the story asks for one in so many."""

AB_ANALYST = Actor(role=Role.ANALYST, account="a-uo-analyst", organisation=AUTHORIZED_BODY)
AB_WEB_EDITOR = Actor(role=Role.WEB_EDITOR, account="a-uo-web", organisation=AUTHORIZED_BODY)


async def conducts(m: Running) -> None:
    """Rule 8: collection with its requests for information, the five activities, analysis."""
    await m.is_led(begun(m.day))
    for request in m.scenario.information_requests:
        await asks_for_information(m, request)
        await is_given_information(m, request)
    done = [(each.activity, m.day, await m.keeps(each.note)) for each in m.scenario.activities]
    await m.is_led(*collected(done, await m.freezes()))


async def takes_the_steps(m: Running) -> None:
    """Rule 14: the four steps of other subjects."""
    steps = [(step.step, m.day) for step in m.scenario.steps]
    await m.is_led(begun(m.day), *collected_in_steps(steps, await m.freezes()))


async def asks_for_information(m: Running, request: SampleInformationRequest) -> None:
    """Rules 7, 8: asks a holder, by the edition's service term."""
    question = await m.keeps(request.question)
    kind = request.source_kind
    await m.does(
        RequestInformation,
        request=request.request,
        holder=request.holder,
        source_kind=kind,
        question=question,
    )


async def is_given_information(m: Running, request: SampleInformationRequest) -> None:
    """The holder answers by the link of its letter."""
    answer = request.answer
    by = await m.holder_of(request.request, Role.HOLDER)
    said = await m.keeps(answer.answer)
    await m.does(
        AnswerInformationRequest,
        by,
        request=request.request,
        outcome=answer.outcome,
        answer=said,
        source=answer.source,
    )


async def submits(m: Running, content: ReportContent | None = None) -> int:
    """Rule 15: a version goes to the head; returns its number once it is printed."""
    await m.is_led(submitted(await m.freezes(content)))
    await eventually(lambda: m.shows("$.versions[last].documents[*]"), "the report is printed")
    return (await m.state()).versions[-1].number


async def approves(m: Running, version: int) -> Receipt:
    """Rule 15: the head approves the printed version."""
    return await m.carries_out(approved(version))


async def has_an_approved_report(m: Running) -> None:
    """Everything from the start to the approval."""
    if m.scenario.steps:
        await takes_the_steps(m)
    else:
        await conducts(m)
    await approves(m, await submits(m))


async def dispatches(m: Running, only: Iterable[Id] | None = None) -> None:
    """Rules 17, 20: to the scenario's addressees, or to some of them; waits until the letters are settled."""
    samples = m.scenario.dispatch.addressees
    wanted = tuple(only) if only is not None else tuple(a.organisation for a in samples)
    chosen = [await addressee(m, sample) for sample in samples if sample.organisation in wanted]
    await m.is_led(dispatched(chosen))
    await m.letters_settled()


async def addressee(m: Running, sample: SampleAddressee) -> NewAddressee:
    """An addressee as the scenario names it, asked for a reply within this story's time."""
    return NewAddressee(
        body=body(sample.organisation),
        ground=sample.ground,
        reason=await m.keeps(sample.reason) if sample.reason.given() else None,
        preset=sample.preset,
        reply_by=m.in_working_days(REPLY_DAYS) if sample.reply_by else None,
    )


async def answers(m: Running, organisation: Id) -> Receipt:
    """The addressee answers every proposal and recommendation that concerns it, by the link of its letter."""
    reply = next(a.reply for a in m.scenario.dispatch.addressees if a.organisation == organisation)
    assert reply is not None, f"{organisation} does not answer in this scenario"
    soon = m.in_working_days(REPLY_DAYS)
    given = tuple(
        ItemAnswer(
            item=a.item,
            response=a.response,
            reasoned=a.reasoned,
            planned_on=soon if a.planned_on else None,
        )
        for a in reply.answers
    )
    by = await m.holder_of(organisation)
    said = await m.keeps(reply.text)
    return await m.carries_out(answered(organisation, given, said), by)


async def everyone_answers(m: Running) -> None:
    """Every addressee that answers in the scenario."""
    for sample in m.scenario.dispatch.addressees:
        if sample.reply is not None:
            await answers(m, sample.organisation)


async def reports_implementation(m: Running, organisation: Id, *items: Id) -> Receipt:
    """The addressee reports by the link of its newest letter that what it accepted is done."""
    by = await m.holder_of(organisation)
    said = tuple(ItemImplementation(item=item, claim=Verdict.IMPLEMENTED) for item in items)
    words = await m.says("it is done, see the order")
    return await m.does(ReportImplementation, by, addressee=organisation, items=said, words=words)


async def judges_implementation(
    m: Running, item: Id, verdict: Verdict, due_on: date | None = None
) -> Receipt:
    """The monitor says how far an item was carried out, and may give a new day."""
    reason = await m.says("the order was seen")
    return await m.does(JudgeImplementation, item=item, verdict=verdict, reason=reason, due_on=due_on)


async def is_published(m: Running) -> None:
    """Rule 19: the authorized body places the report on its web resource, on the day of approval."""
    current = (await m.state()).current
    assert current is not None
    page = f"https://uo.example.kz/monitoring/{m.number}/{current.number}"
    await m.does(PublishReport, AB_WEB_EDITOR, published_on=current.approved_on, address=page)


async def is_considered(m: Running) -> None:
    """Rule 18: the authorized body considers a report that it received for consolidation."""
    assert any(a.ground is Ground.CONSOLIDATION for a in m.scenario.dispatch.addressees)
    await m.does(MarkConsidered, AB_ANALYST, note=await m.says("considered and analysed"))


async def closes(m: Running) -> None:
    """Nothing due is open; the follow-up begins."""
    await m.does(CloseMonitoring)


async def closes_for_good(m: Running) -> None:
    """Closed, and nothing more is awaited."""
    await closes(m)
    await m.does(EndFollowUp, reason=await m.says("nothing more is awaited"))
