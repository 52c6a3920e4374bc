"""A body is abolished: what is open at it shows before, what was its own passes on, its accounts end."""

from datetime import date, timedelta

import httpx
import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from activities.registries import successions
from activities.registries.bodies import authorized_body_on, names_of
from activities.registries.briefing import bodies_that_owe, in_force_on
from activities.registries.local_day import local_today
from activities.registries.recipients import resolve
from activities.registries.successions import known_successions
from locales.catalogue import text
from locales.dates import say_day
from locales.quotes import to_be_quoted
from models.monitoring.briefing import briefing_of
from models.monitoring.rules.succession import brief_monitoring
from models.vocabulary.actors import SYSTEM
from models.vocabulary.existence import Spans
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Id, Language
from tests.api.world import Case, World

REGISTRY = "/registry/organisations"
ACT = "Қайта ұйымдастырылды, № 192 қаулы"
NEXT_OFFICE = {
    "code": "UO2",
    "kind": "authorized_body",
    "name_kk": "Үлгі жаңа уәкілетті орган",
    "name_ru": "Образцовый новый уполномоченный орган",
    "legal_person": "uo-2",
    "email": "uo-2@example.kz",
    "reason": ACT,
}


async def abolished(
    world: World, organisation: Id, *, days_ago: int = 1, who: str = "uo-admin", **fields: object
) -> httpx.Response:
    last_day = local_today() - timedelta(days=days_ago)
    body = {"last_day": last_day.isoformat(), "reason": ACT, **fields}
    return await world.call(who, "POST", f"{REGISTRY}/{organisation}/abolition", json=body)


async def new_office(world: World) -> None:
    """The next authorized body, with people of its own, before the one of today goes."""
    since = (local_today() - timedelta(days=1)).isoformat()
    body = NEXT_OFFICE | {"valid_from": since}
    made = await world.call("uo-admin", "POST", f"{REGISTRY}/uo-2/versions", json=body)
    assert made.status_code == 201, made.text
    for role, person in (("admin", "p-uo-admin"), ("head", "p-uo-head")):
        account = {"person": person, "organisation": "uo-2", "role": role, "reason": ACT}
        given = await world.call("uo-admin", "PUT", f"/registry/accounts/a-uo-2-{role}", json=account)
        assert given.status_code == 200, given.text


async def hears(case: Case, day: date | None = None) -> None:
    """What the keeper would signal the case's workflow."""
    day = day or local_today()
    async with case.world.sessions() as session:
        passed = await known_successions(session, day)
        news = briefing_of(case.state, await authorized_body_on(session, day), passed)
    assert news is not None
    await case.happens(SYSTEM, *brief_monitoring(case.state, news, day, lambda: True))


async def test_a_body_that_goes_while_it_is_looked_at_is_read_with_whoever_comes_after_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Acts are read before the bodies' lives: the one that is entered between the two counts with both."""
    spans_of, pending = successions.spans_of, ["health-sary"]

    async def a_body_goes_first(session: AsyncSession) -> dict[Id, Spans]:
        while pending:
            gone = await abolished(world, pending.pop(), successor="akimat-sary")
            assert gone.status_code == 201, gone.text
        return await spans_of(session)

    monkeypatch.setattr(successions, "spans_of", a_body_goes_first)
    async with world.sessions() as session:
        passed = await known_successions(session, local_today())
    assert passed["health-sary"].successor == "akimat-sary"


async def test_what_is_open_at_a_body_shows_before_it_is_abolished(world: World) -> None:
    case = await world.started()
    await case.approved()
    await case.dispatches()
    (studied,) = (known.organisation for known in case.state.objects)
    for body, kinds in (("td-sary", ["led"]), (studied, ["addressed"]), ("uo", ["addressed"])):
        shown = await world.call("uo-admin", "GET", f"{REGISTRY}/{body}/matters")
        assert shown.status_code == 200, shown.text
        assert [m["kind"] for m in shown.json()] == kinds, body
        assert shown.json()[0]["number"] == case.number
    assert (await world.call("uo-head", "GET", f"{REGISTRY}/td-sary/matters")).status_code == 403
    assert (await world.call("uo-admin", "GET", f"{REGISTRY}/nobody/matters")).status_code == 404


async def test_nothing_open_is_left_without_a_word(world: World) -> None:
    case = await world.started()
    silent = await abolished(world, "td-sary")
    assert (silent.status_code, silent.json()["code"]) == (409, "open_matters")
    said = await abolished(world, "td-sary", without_successor=True)
    assert said.status_code == 201, said.text
    assert [m["number"] for m in said.json()["matters"]] == [case.number]
    await hears(case)
    assert case.state.leading is None
    orphan = (await world.call("uo-head", "GET", case.path)).json()
    assert orphan["number"] == case.number
    work = (await world.call("uo-head", "GET", f"{case.path}/open-items")).json()
    assert "led_by_nobody" in {item["kind"] for item in work}
    late = {"successor": "td-koko", "reason": ACT}
    named = await world.call("uo-admin", "POST", f"{REGISTRY}/td-sary/succession", json=late)
    assert named.status_code == 201, named.text
    await hears(case)
    assert case.state.leading == "td-koko"
    assert (await world.call("koko-head", "GET", case.path)).status_code == 200
    assert (await world.call("uo-head", "GET", case.path)).status_code == 404


async def test_a_successor_is_another_body_that_is_there(world: World) -> None:
    await abolished(world, "td-alty", days_ago=30)
    for successor, code in (
        ("td-sary", "successor_of_itself"),
        ("td-alty", "successor_not_there"),
        ("nobody", "organisation_unknown"),
    ):
        refused = await abolished(world, "td-sary", successor=successor)
        assert (refused.status_code, refused.json()["code"]) == (422, code), refused.text
    late = {"successor": "td-koko", "reason": ACT}
    alive = await world.call("uo-admin", "POST", f"{REGISTRY}/td-koko/succession", json=late)
    assert (alive.status_code, alive.json()["code"]) == (422, "not_abolished")
    unknown = await world.call("uo-admin", "POST", f"{REGISTRY}/nobody/succession", json=late)
    assert unknown.status_code == 404
    kept = {"successor": "td-koko", "reason": ACT, "name_kk": "Жаңа атау"}
    same = await world.call("uo-admin", "POST", f"{REGISTRY}/td-sary/versions", json=kept)
    assert (same.status_code, same.json()["code"]) == (422, "successor_without_change")


@pytest.mark.parametrize("language", Language)
async def test_rule_16_an_item_for_a_body_that_merged_meanwhile_is_refused_by_a_sentence_that_names_its_heir(
    world: World, language: Language
) -> None:
    case = await world.started()
    item = {"id": "p-1", "kind": "proposal", "addressee": "clinic-2", "text": {"kk": "Ұсыныс"}}
    draft = {"decision": {"items": [item]}}
    assert (await world.call("sary-analyst", "PUT", f"{case.path}/draft", json=draft)).status_code == 200
    assert (await abolished(world, "clinic-2", successor="hospital-sary")).status_code == 201
    in_language = {"Accept-Language": language.value}
    check = await world.call("sary-analyst", "GET", f"{case.path}/check-report", headers=in_language)
    (told,) = (each for each in check.json()["shortcomings"] if each["code"] == "item_addressee_unknown")
    async with world.sessions() as session:
        names = await names_of(session, local_today(), ("clinic-2", "hospital-sary"))
    opening, closing = ("“", "”") if language is Language.EN else ("«", "»")
    quoted = f"{opening}{to_be_quoted(language, names['clinic-2'].best(language))}{closing}"
    heir = text(language, "say.body_today", name="", today=names["hospital-sary"].best(language))
    assert f"{quoted}{heir}" in told["detail"], told["detail"]


async def test_accounts_end_with_their_body_and_not_before(world: World) -> None:
    assert (await abolished(world, "td-sary", days_ago=0)).status_code == 201
    assert (await world.call("sary-head", "GET", "/me")).status_code == 200, "its last day is today"
    assert (await abolished(world, "td-koko")).status_code == 201
    for who in ("koko-head", "koko-analyst"):
        assert (await world.call(who, "GET", "/me")).status_code == 401, who


async def test_somebody_is_left_to_give_accounts(world: World) -> None:
    body = NEXT_OFFICE | {"valid_from": (local_today() - timedelta(days=1)).isoformat()}
    await world.call("uo-admin", "POST", f"{REGISTRY}/uo-2/versions", json=body)
    refused = await abolished(world, "uo")
    assert (refused.status_code, refused.json()["code"]) == (422, "administrator_needed")


async def test_rule_2_the_office_passes_on_without_an_act_that_names_it(world: World) -> None:
    case = await world.started()
    await case.approved()
    await case.dispatched()
    await new_office(world)
    gone = await abolished(world, "uo")
    assert gone.status_code == 201, gone.text
    await hears(case)
    assert (case.state.authorized_body, case.state.stands_for("uo")) == ("uo-2", "uo-2")
    letter = next(x for x in case.state.letters.values() if x.kind is LetterKind.REPORT_FOR_CONSOLIDATION)
    async with world.sessions() as session:
        reached = await resolve(session, letter, local_today())
        assert reached is not None
        assert reached.address == "uo-2@example.kz", "a letter of before is sent anew to whoever is there"
        ground = await in_force_on(session, local_today())
        assert ground is not None
        owing = {
            o.briefing.body.organisation: o.briefing
            for o in await bodies_that_owe(session, ground, local_today())
        }
    assert owing["uo"].succession is not None
    assert owing["uo-2"].exists_from == owing["uo"].exists_from, "the duty of the year is carried on"
    russian = {"Accept-Language": "ru"}
    history = (await world.call("sary-head", "GET", f"{case.path}/history", headers=russian)).text
    assert "(сегодня: Образцовый новый уполномоченный орган)" in history


async def test_a_body_of_another_kind_names_who_leads_on(world: World) -> None:
    case = await world.started()
    changed = {"kind": "central_body_division", "successor": "td-koko", "reason": ACT}
    made = await world.call("uo-admin", "POST", f"{REGISTRY}/td-sary/versions", json=changed)
    assert made.status_code == 201, made.text
    await hears(case)
    assert (case.state.leading, case.state.stands_for("td-sary")) == ("td-koko", "td-sary")


async def test_an_addressee_s_successor_reads_and_answers_what_was_sent(world: World) -> None:
    case = await world.started()
    await case.approved()
    await case.dispatched()
    (studied,) = (known.organisation for known in case.state.objects)
    assert (await world.call("akimat-head", "GET", f"{case.path}/replies")).status_code == 404
    assert (await abolished(world, studied, successor="akimat-sary")).status_code == 201
    await hears(case)
    after = await world.call("akimat-head", "GET", f"{case.path}/replies")
    assert [r["organisation"] for r in after.json()] == [studied], after.text
    paper = {
        "organisation": studied,
        "act": "хат № 5",
        "dated": (local_today() - timedelta(days=9)).isoformat(),
    }
    sent = await world.call(
        "sary-head",
        "POST",
        f"{case.path}/addressees/{studied}/acknowledgement",
        json={"on_behalf": paper},
        headers={"Idempotency-Key": "late-paper"},
    )
    assert sent.status_code == 503, "a paper of before is recorded late; only Temporal is away here"


@pytest.mark.parametrize(
    ("until", "status"),
    [("2026-06-30", 503), ("2019-06-30", 422)],
    ids=["while it was there", "before it was"],
)
async def test_a_body_that_is_no_more_is_studied_for_the_time_when_it_was_there(
    world: World, until: str, status: int
) -> None:
    assert (await abolished(world, "school-5")).status_code == 201
    asked = {
        "kind": "thematic",
        "title": {"kk": "Үлгі"},
        "objects": ["school-5"],
        "studied_from": "2010-01-01",
        "studied_until": until,
    }
    started = await world.call("sary-head", "POST", "/monitorings", json=asked)
    assert started.status_code == status, started.text


async def test_a_body_that_is_no_more_is_told_with_its_last_day_and_its_successor(world: World) -> None:
    """It was in the registry: whoever names it hears whom to name instead."""
    case = await world.started()
    await abolished(world, "school-5", successor="edu-sary")
    await abolished(world, "clinic-2", without_successor=True)
    path, russian = f"{case.path}/information-requests", {"Accept-Language": "ru"}
    gone = local_today() - timedelta(days=1)
    for holder, code, said in (
        ("school-5", "organisation_succeeded", "Укажите правопреемника"),
        ("clinic-2", "organisation_gone", "Правопреемника у неё нет"),
        ("nobody", "organisation_unknown", "нет в реестре"),
    ):
        asked = {"holder": holder, "source_kind": 3, "question": "Қанша?"}
        refused = await world.call("sary-analyst", "POST", path, json=asked, headers=russian)
        body = refused.json()
        assert (refused.status_code, body["code"]) == (422, code), refused.text
        assert said in body["detail"], body["detail"]
        assert (say_day(Language.RU, gone) in body["detail"]) == (code != "organisation_unknown")
        assert "edu-sary" not in body["errors"][0]["detail"], "a body is called by its name"
