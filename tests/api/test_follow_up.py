"""Beyond the Rules: addressees report what they carried out, the monitor judges, each sees its part."""

import pytest

from models.monitoring.follow_up import ItemStanding
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.api.following import AKIMAT, CLINIC, Json, followed, in_days, items
from tests.api.world import World

DONE: Json = {"item": "p2", "claim": "implemented", "done_on": in_days(0).isoformat(), "text": "Ашылды"}
SIGNED: Json = {"respondent": "Үлгі Отызыншы", "post": "Бөлім басшысы"}
BY_AKIMAT = f"/addressees/{AKIMAT}/implementation"


async def test_an_addressee_reports_and_the_monitor_judges(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await followed(world, monkeypatch)
    file = await case.evidence("кесте.pdf")
    body = {"items": [{**DONE, "attachments": [file]}], **SIGNED}
    told = await world.call("akimat-analyst", "POST", case.path + BY_AKIMAT, json=body)
    assert told.status_code == 200, told.text
    reported = (await items(world, case, "sary-analyst"))["p2"]
    assert reported["standing"] == ItemStanding.REPORTED
    assert (reported["reported"]["text"], reported["reported"]["respondent"]) == ("Ашылды", "Үлгі Отызыншы")
    (evidence,) = reported["reported"]["evidence"]
    found = await world.call("sary-analyst", "GET", f"{case.path}/attachments/{evidence['id']}")
    assert found.status_code == 200
    assert "%D0%BA%D0%B5%D1%81%D1%82%D0%B5.pdf" in found.headers["content-disposition"]

    verdict = {"verdict": "implemented", "reason": "Кесте ашық"}
    judged = await world.call("sary-analyst", "POST", f"{case.path}/items/p2/judgement", json=verdict)
    assert judged.status_code == 200, judged.text
    item = (await items(world, case, "akimat-analyst"))["p2"]
    assert item["standing"] == ItemStanding.IMPLEMENTED
    assert item["judged"] == {
        "on": item["judged"]["on"],
        "verdict": "implemented",
        "reason": "Кесте ашық",
        "final": True,
    }
    assert [letter.kind for letter in case.state.letters.values()][-1] is LetterKind.IMPLEMENTATION_JUDGED


async def test_every_item_keeps_its_words_from_the_report_to_the_reply(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await followed(world, monkeypatch)
    known = await items(world, case, "sary-head")
    assert list(known) == ["p1", "q1", "p2"]
    declined, accepted, second = known.values()
    assert (declined["standing"], declined["response_text"]) == (ItemStanding.DECLINED, "Қаражат жоқ")
    assert declined["text"]["kk"].startswith("Талондардың 100%-ын")
    assert (accepted["standing"], accepted["planned_on"]) == ("awaited", in_days(200).isoformat())
    assert (second["position"], second["age_days"], second["due_on"]) == (2, 0, None)
    assert list(await items(world, case, "akimat-analyst")) == ["p2"], "others' replies are not its concern"
    assert await items(world, case, "uo-analyst") == {}
    assert (await world.call("koko-analyst", "GET", f"{case.path}/items")).status_code == 404


async def test_a_report_on_paper_is_recorded_by_the_conductor(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await followed(world, monkeypatch)
    path = f"{case.path}/addressees/{CLINIC}/implementation"
    body: Json = {"items": [{"item": "q1", "claim": "not_implemented", "text": "Әлі емес"}], **SIGNED}
    unsaid = await world.call("sary-analyst", "POST", path, json=body)
    assert (unsaid.status_code, unsaid.json()["code"]) == (403, "not_on_own_behalf")
    paper = {"organisation": CLINIC, "act": "хат 03-12/418", "dated": in_days(0).isoformat()}
    told = await world.call("sary-analyst", "POST", path, json={**body, "on_behalf": paper})
    assert told.status_code == 200, told.text
    again = {"verdict": "not_implemented", "reason": "Күтеміз", "due_on": in_days(30).isoformat()}
    judged = await world.call("sary-head", "POST", f"{case.path}/items/q1/judgement", json=again)
    assert judged.status_code == 200, judged.text
    item = (await items(world, case, "sary-analyst"))["q1"]
    assert (item["standing"], item["reported"]) == (ItemStanding.AWAITED, None)
    assert (item["judged"]["final"], item["judged"]["reason"]) == (False, "Күтеміз")


async def test_what_is_wrong_in_itself_is_said_at_its_place(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await followed(world, monkeypatch)
    foreign = await (await followed(world, monkeypatch)).evidence("басқа.pdf")
    wordless: Json = {"item": "p2", "claim": "implemented"}
    for said, pointer in (
        (wordless, "/items/0/text"),
        ({**wordless, "text": " \u200b"}, "/items/0/text"),
        ({**wordless, "claim": "partly_implemented"}, "/items/0/text"),
        ({**DONE, "attachments": [foreign]}, "/items/0/attachments"),
        ({**DONE, "text": "ұ" * 20_001}, "/items/0/text"),
        ({**DONE, "claim": "maybe"}, "/items/0/claim"),
        ({**DONE, "done_on": "9999-12-31"}, "/items/0/done_on"),
        ({**DONE, "extra": 1}, "/items/0/extra"),
    ):
        answer = await world.call("akimat-analyst", "POST", case.path + BY_AKIMAT, json={"items": [said]})
        assert answer.status_code == 422, (said, answer.text)
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    blank = {"verdict": "implemented", "reason": " "}
    judged = await world.call("sary-analyst", "POST", f"{case.path}/items/p2/judgement", json=blank)
    assert (judged.status_code, judged.json()["errors"][0]["pointer"]) == (422, "/reason")


async def test_nobody_reports_or_judges_what_is_not_theirs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await followed(world, monkeypatch)
    body = {"items": [{**DONE, "item": "q1"}]}
    foreign = await world.call("akimat-analyst", "POST", case.path + BY_AKIMAT, json=body)
    assert (foreign.status_code, foreign.json()["code"]) == (409, "item_not_yours")
    other = await world.call(
        "akimat-analyst", "POST", f"{case.path}/addressees/{CLINIC}/implementation", json=body
    )
    assert (other.status_code, other.json()["code"]) == (403, "not_on_own_behalf")
    verdict = {"verdict": "implemented", "reason": "Өзім"}
    own = await world.call("akimat-analyst", "POST", f"{case.path}/items/p2/judgement", json=verdict)
    assert own.status_code == 403
    for who, status in (("koko-analyst", 404), ("uo-auditor", 403), ("uo-analyst", 403)):
        answer = await world.call(who, "POST", f"{case.path}/items/p2/judgement", json=verdict)
        assert answer.status_code == status, who
    unknown = await world.call("sary-analyst", "POST", f"{case.path}/items/p99/judgement", json=verdict)
    assert (unknown.status_code, unknown.json()["code"]) == (409, "decision_item_unknown")


@pytest.mark.parametrize("language", Language)
async def test_what_cannot_be_reported_or_judged_is_refused_with_a_sentence(
    world: World, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    case = await followed(world, monkeypatch)
    own = "/addressees/akimat-sary/implementation"
    judgement = "/items/p2/judgement"
    tomorrow = in_days(2).isoformat()
    good: Json = {"verdict": "implemented", "reason": "Иә"}

    async def refused(path: str, body: Json, code: str) -> None:
        who = "akimat-analyst" if path == own else "sary-analyst"
        headers = {"Accept-Language": language.value}
        answer = await world.call(who, "POST", case.path + path, json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (409, code), answer.text
        assert answer.json()["detail"]
        assert code not in answer.json()["detail"]

    await refused(own, {"items": []}, "nothing_reported")
    await refused(own, {"items": [DONE, DONE]}, "item_answered_twice")
    await refused(own, {"items": [{**DONE, "done_on": tomorrow}]}, "done_in_future")
    await refused(judgement, good, "implementation_not_reported")
    await refused("/items/p1/judgement", good, "item_not_followed")
    told = await world.call("akimat-analyst", "POST", case.path + own, json={"items": [DONE]})
    assert told.status_code == 200, told.text
    await refused(own, {"items": [DONE]}, "implementation_reported_already")
    await refused(judgement, {**good, "due_on": tomorrow}, "implemented_needs_no_date")
    past = {"verdict": "partly_implemented", "reason": "Кеш", "due_on": in_days(-3).isoformat()}
    await refused(judgement, past, "new_date_passed")
    done = await world.call("sary-analyst", "POST", case.path + judgement, json=good)
    assert done.status_code == 200, done.text
    await refused(own, {"items": [DONE]}, "item_not_followed")
    await refused(judgement, good, "item_not_followed")


async def test_the_document_says_it_is_beyond_the_rules(world: World) -> None:
    document = (await world.client.get("/openapi.json")).json()
    (tag,) = [tag for tag in document["tags"] if tag["name"] == "follow-up"]
    assert "Beyond the Rules" in tag["description"]
