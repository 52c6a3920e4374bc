"""Rule 13 over the years: warnings, fulfilment, a breach, its late correction; the histories replay."""

from datetime import date

from activities.bounds.within import within
from local.samples import ScenarioName
from models.events import PeriodVerdict
from models.vocabulary.procedure import Kind
from tests.replay.endings import Ending
from tests.waiting import PATIENCE_SECONDS, eventually
from tests.workflows.conduct import has_an_approved_report
from tests.workflows.owing import Owing
from tests.workflows.running import CALENDAR, starts
from tests.workflows.theatre import Theatre


async def test_three_years_of_a_division_breached_fulfilled_and_corrected_late(theatre: Theatre) -> None:
    duty = Owing(theatre, "td-sary")
    await duty.starts()
    first = (await duty.state()).period
    assert first is not None
    year = first.begins_on.year
    await duty.passes(date(year + 1, 1, 31))
    assert [p.verdict for p in (await duty.state()).past] == [PeriodVerdict.BREACHED]
    told = ["duty_breached to td-sary", "duty_breached to uo"]
    assert (await duty.post())[-2:] == told
    await duty.hears("2026-SARY-0009", date(year, 12, 20))
    assert (await duty.state()).past[0].standing is PeriodVerdict.FULFILLED
    await duty.letters_settled()
    assert (await duty.post())[-2:] == ["duty_corrected to td-sary", "duty_corrected to uo"]
    assert not (await duty.state()).fulfilled
    await duty.hears("2027-SARY-0001", date(year + 1, 5, 31), published_on=date(year + 1, 6, 10))
    await duty.passes(date(year + 2, 1, 31))
    await duty.passes(date(year + 3, 1, 31))
    state = await duty.state()
    assert [(p.period.id, p.verdict) for p in state.past] == [
        (str(year), PeriodVerdict.BREACHED),
        (str(year + 1), PeriodVerdict.FULFILLED),
        (str(year + 2), PeriodVerdict.BREACHED),
    ]
    assert [e.number for e in state.evidence.values() if e.publication_owed] == ["2026-SARY-0009"]
    post = await duty.post()
    assert post[-5:] == [
        "duty_reminder to td-sary",
        "duty_at_risk to td-sary",
        "duty_last_call to td-sary",
        *told,
    ]
    await duty.has_one_truth()
    histories = await duty.histories()
    assert len(histories) == 4, "a run a year"
    if theatre.keeper is not None:
        theatre.keeper.keep(Ending.DUTY_YEAR_OVER, histories[0])
        theatre.keeper.keep(Ending.TELLS_CORRECTIONS, histories[1])


async def test_the_duty_of_a_body_that_is_no_more_ends(theatre: Theatre) -> None:
    duty = Owing(theatre, "td-sary", Kind.THEMATIC)
    await duty.starts()
    begun = (await duty.state()).period
    assert begun is not None
    await duty.passes(CALENDAR.add_working_days(begun.begins_on, 3))
    await duty.handle.signal("brief_duty", duty.briefing(exists_until=begun.begins_on))

    async def ended() -> bool:
        return (await duty.state()).ended

    await eventually(ended, "the duty has ended")
    assert (await within(PATIENCE_SECONDS, duty.handle.result(), "the duty ends")).ended
    await duty.has_one_truth()
    (history,) = await duty.histories()
    if theatre.keeper is not None:
        theatre.keeper.keep(Ending.DUTY_ENDED, history)


async def test_a_monitoring_with_an_approved_report_tells_the_duty_it_fulfils(theatre: Theatre) -> None:
    b = await starts(theatre, ScenarioName.B)
    await has_an_approved_report(b)
    duty = Owing(theatre, "td-sary", Kind.THEMATIC)
    await eventually(duty.exists, "the duty was started by what it was told")

    async def heard() -> bool:
        return b.number in (await duty.state()).evidence

    await eventually(heard, "the duty has heard")
    assert (await duty.state()).fulfilled
    await b.has_one_truth()
    if theatre.keeper is not None:
        theatre.keeper.keep(Ending.TELLS_DUTIES, await b.handle.fetch_history())
