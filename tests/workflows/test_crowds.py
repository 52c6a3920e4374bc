"""A report that goes to many at once: its letters leave after those of individual matters, each once."""

from collections import Counter
from datetime import datetime

from local.samples import ScenarioName, load_country
from models.calendar.country import COUNTRY
from models.commands import DispatchReport, NewAddressee
from models.report.content import Wording
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Ground, Id
from tests.workflows.conduct import has_an_approved_report
from tests.workflows.running import AUTHORIZED_BODY, Running, body, starts
from tests.workflows.theatre import Theatre
from workflows.calling import CROWD, IN_BULK, ActivityName

MANY = CROWD + 5


async def test_letters_of_a_crowd_are_sent_after_others(theatre: Theatre) -> None:
    c = await starts(theatre, ScenarioName.C)
    await has_an_approved_report(c)
    before = await _priorities(c)
    assert set(before) == {0}, "each fell due alone"
    reason = await c.keeps(Wording(kk="Мүдделі орган."))
    named = [NewAddressee(body=body(each), ground=Ground.OTHER, reason=reason) for each in _bodies(c)]
    await c.does(DispatchReport, addressees=tuple(named))
    state = await c.letters_settled()
    assert {letter.status for letter in state.letters.values()} == {LetterStatus.SENT}
    assert await _priorities(c) == before + Counter({IN_BULK.priority_key: MANY})
    await c.has_one_truth()


def _bodies(c: Running) -> list[Id]:
    """Bodies of the country that have an address and no part in the monitoring."""
    today = datetime.now(COUNTRY).date()
    known = ((each.id, each.version_on(today)) for each in load_country().organisations)
    found = [id_ for id_, version in known if version and version.email and not version.natural_person]
    not_told = {*c.scenario.conductors, *c.scenario.objects, AUTHORIZED_BODY}
    return [id_ for id_ in found if id_ not in not_told and not body(id_).special_state_body][:MANY]


async def _priorities(c: Running) -> Counter[int | None]:
    """How many letters were given to the post by which priority; 0 is the usual one."""
    history = await c.handle.fetch_history()
    scheduled = (event.activity_task_scheduled_event_attributes for event in history.events)
    return Counter(
        each.priority.priority_key
        for each in scheduled
        if each.activity_type.name == ActivityName.SEND_LETTER
    )
