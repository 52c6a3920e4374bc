"""Bodies come and go while a monitoring runs (decision 0017): the acts, and what comes of them.

The demo plays on the day it is played, and an abolition tells from the day after the last one. So that day is
yesterday: the acts are put on record a day late, as acts are.
"""

from datetime import date, datetime, timedelta
from typing import Final

from local.demo.caller import DemoFailed, Json
from local.demo.conduct import ADMIN, Conduct
from local.sample_country import SampleOrganisation
from local.sample_scenario import SampleSuccession
from models.calendar.country import COUNTRY
from models.vocabulary.procedure import OrganisationKind

REGISTRY: Final = "/api/v1/registry"
GONE: Final = {"authorized_body_changed": "previous", "body_succeeded": "body"}
"""Events by which a monitoring is told who is no more, and their fields that say whom."""


async def bodies_pass_on(conduct: Conduct) -> None:
    """Every succession of the scenario; returns when the monitoring was told. Raises `DemoFailed`."""
    before = (await conduct.analyst.ask(conduct.path)).json()["seq"]
    for succession in conduct.scenario.successions:
        await _registered(conduct, succession.successor)
        await _let_in(conduct, succession)
        await _abolished(conduct, succession)
        conduct.heirs[succession.body] = succession.successor
    gone = conduct.heirs.keys()

    async def heard() -> bool:
        lines = (await conduct.analyst.ask(f"{conduct.path}/journal?after={before}")).json()["items"]
        return gone <= {line["event"].get(GONE.get(line["type"], "")) for line in lines}

    await conduct.until(heard, f"it was not told who came after {', '.join(gone)}")
    for event in GONE:
        for sentence in await _told(conduct, event):
            conduct.says(f"its timeline: “{sentence}”", "")


async def _registered(conduct: Conduct, body: SampleOrganisation) -> None:
    """The next body is there before the one of today goes."""
    known = body.versions[-1]
    fields = known.model_dump(mode="json", exclude={"valid_from", "valid_until", "name", "head_post"})
    names: Json = {f"name_{language}": text for language, text in known.name.model_dump().items()}
    posts: Json = {f"head_post_{language}": text for language, text in known.head_post.model_dump().items()}
    change: Json = {**fields, **names, **posts, "code": body.code, "reason": f"{known.name.kk}: құрылды"}
    await conduct.theatre.call(ADMIN).post(f"{REGISTRY}/organisations/{body.id}/versions", change)
    office = known.kind is OrganisationKind.AUTHORIZED_BODY
    conduct.says(f"the administrator registers {body.id}: {known.name.en}", "2" if office else "")


async def _let_in(conduct: Conduct, succession: SampleSuccession) -> None:
    """Its people, and an account there for each they have at the body that goes."""
    admin, country, there = conduct.theatre.call(ADMIN), conduct.country, succession.successor.id
    people = [country.account(former).person for former in succession.accounts]
    for person in map(country.person, dict.fromkeys(people)):
        known: Json = person.model_dump(mode="json", exclude={"id"})
        await admin.put(
            f"{REGISTRY}/people/{person.id}", known | {"organisation": there, "reason": succession.act}
        )
    for former, account in succession.accounts.items():
        held = country.account(former)
        given: Json = {
            "person": held.person,
            "organisation": there,
            "role": held.role.value,
            "act": {"act": succession.act, "dated": _last_day().isoformat()},
            "reason": succession.act,
        }
        await admin.put(f"{REGISTRY}/accounts/{account}", given)


async def _abolished(conduct: Conduct, succession: SampleSuccession) -> None:
    """What is open is looked at first: whoever comes after takes all of it on."""
    body, admin = succession.body, conduct.theatre.call(ADMIN)
    matters = (await admin.ask(f"{REGISTRY}/organisations/{body}/matters")).json()
    act: Json = {
        "last_day": _last_day().isoformat(),
        "successor": succession.successor.id,
        "reason": succession.act,
    }
    await admin.post(f"{REGISTRY}/organisations/{body}/abolition", act)
    open_at = _counted([str(matter["kind"]) for matter in matters])
    heir = succession.successor.id
    conduct.says(f"{body} is abolished by an act that names {heir}; open at it: {open_at}", "")
    if succession.accounts:
        if await admin.is_let_in():
            raise DemoFailed(f"{body} is abolished, and its accounts still open something")
        await conduct.theatre.renew_tokens()
        count = len(succession.accounts)
        conduct.says(f"the {count} accounts of {body} ended with it; its people sign in at {heir}", "")


async def _told(conduct: Conduct, event: str) -> list[str]:
    """What the timeline says of it; who is no more is named with whoever stands for it today."""
    path = f"{conduct.path}/history?type={event}"
    lines = (await conduct.analyst.ask(path, "en")).json()["items"]
    return [str(line["sentence"]) for line in lines]


def _counted(kinds: list[str]) -> str:
    return ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)) or "nothing"


def _last_day() -> date:
    return datetime.now(COUNTRY).date() - timedelta(days=1)
