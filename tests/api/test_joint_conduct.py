"""Rule 2 over HTTP: who is named sees what it is asked, whoever conducts is printed, by whose word (0018)."""

from datetime import date

import pytest

from local.samples import ScenarioName
from models.events import CoConductorNamed, ConductConfirmed
from models.vocabulary.actors import Actor, Authority
from models.vocabulary.procedure import Role
from tests.api.world import PDF, Case, World, body

AGREED = Authority(organisation="uo", act="№ 1 хат", dated=date(2026, 2, 3))
BEHALF = {"on_behalf": AGREED.model_dump(mode="json")}


async def named(world: World, name: ScenarioName = ScenarioName.B) -> Case:
    """A division's monitoring that names the authorized body its co-conductor."""
    case = await world.started(name)
    await case.happens(case.actor(Role.ANALYST), CoConductorNamed(body=body("uo"), agreement=AGREED))
    return case


async def by_leads_word(case: Case) -> None:
    lead = case.actor(Role.ANALYST).model_copy(update={"on_behalf": AGREED})
    await case.happens(lead, ConductConfirmed(organisation="uo", own_word=False, act="f" * 64))


async def by_own_word(case: Case) -> None:
    head = Actor(role=Role.HEAD, account="a-uo-head", organisation="uo")
    await case.happens(head, ConductConfirmed(organisation="uo", own_word=True))


async def test_whoever_is_named_finds_it_and_reads_nothing_of_its_content(world: World) -> None:
    case = await named(world)
    seen = await world.call("uo-analyst", "GET", case.path)
    assert seen.status_code == 200, seen.text
    assert (seen.json()["conduct"], [c["id"] for c in seen.json()["conductors"]]) == (None, ["td-sary"])
    assert seen.json()["may"] == [
        *("confirm_conduct", "read_events", "read_naming", "read_published"),
        *seen.json()["may"][4:],
    ]
    (line,) = (await world.call("uo-analyst", "GET", f"{case.path}/co-conductors")).json()
    assert (line["conducting"], line["agreement"]["act"]) == ("named", "№ 1 хат")
    listed = (await world.call("uo-analyst", "GET", "/monitorings")).json()["items"]
    assert [(each["number"], each["conductors"]) for each in listed] == [(case.number, ["td-sary"])]
    for closed in ("/sources", "/draft", "/journal", "/open-items"):
        assert (await world.call("uo-analyst", "GET", f"{case.path}{closed}")).status_code == 403, closed
    assert (await world.call("koko-analyst", "GET", case.path)).status_code == 404


async def test_whoever_confirmed_works_on_the_content(world: World) -> None:
    case = await named(world)
    await by_own_word(case)
    assert (await world.call("uo-analyst", "GET", f"{case.path}/sources")).status_code == 200
    listed = (await world.call("uo-analyst", "GET", "/monitorings?conductor=uo")).json()["items"]
    assert [each["conductors"] for each in listed] == [["td-sary", "uo"]]
    assert (await world.call("sary-analyst", "GET", f"{case.path}/open-items")).json()[0]["kind"] == (
        "report_not_approved"
    )


async def test_each_confirms_for_itself_and_the_lead_with_the_act_as_a_file(world: World) -> None:
    case = await named(world)
    path = f"{case.path}/co-conductors/uo/confirmation"
    own_words = await world.call("sary-analyst", "POST", path, json={})
    assert (own_words.status_code, own_words.json()["code"]) == (403, "not_on_own_behalf")
    unknown = await world.call("sary-analyst", "POST", path, json={**BEHALF, "act": "e" * 64})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "attachment_unknown")
    file = {"file": ("act.pdf", PDF)}
    act = (await world.call("sary-analyst", "POST", f"{case.path}/attachments", files=file)).json()["sha256"]
    for who, given in (
        ("uo-analyst", {}),
        ("uo-head", {"confirms": False}),
        ("sary-head", {**BEHALF, "act": act}),
    ):
        sent = await world.call(who, "POST", path, json=given)
        assert sent.status_code == 503, (who, "it left for the workflow, which is away here")
    assert (await world.call("uo-web-editor", "POST", path, json={})).status_code == 404
    withdrawal = f"{case.path}/co-conductors/uo/withdrawal"
    assert (await world.call("uo-head", "POST", withdrawal, json={"reason": "жоқ"})).status_code == 403
    assert (await world.call("sary-head", "POST", withdrawal, json={"reason": "жоқ"})).status_code == 503


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_nobody_is_printed_who_did_not_confirm_and_the_leads_word_is_marked(
    world: World, language: str
) -> None:
    case = await named(world)
    contact = {"name": {"kk": "Уәкілетті орган"}, "email": "uo@example.kz", "phone": "+7 7172 00 00 00"}
    typed: list[dict[str, object]] = [{"organisation": id_, **contact} for id_ in ("td-sary", "uo")]
    typed[1]["leads_word"] = None
    await world.call("sary-analyst", "PUT", f"{case.path}/draft", json={"conductors": typed})
    asked = {"headers": {"Accept-Language": language}}
    check = (await world.call("sary-analyst", "GET", f"{case.path}/check-report", **asked)).json()
    refused = {reason["code"]: reason for reason in (*check["shortcomings"], *check["warnings"])}
    assert refused["printed_without_conducting"]["rule"] == "annex.I.2"
    assert refused["conduct_not_confirmed"]["rule"] == "2"
    assert "uo" not in refused["conduct_not_confirmed"]["detail"].split(), "it is called by its name"
    await by_leads_word(case)
    content = (await world.call("sary-analyst", "GET", f"{case.path}/report/content")).json()
    words = {c["organisation"]: c["leads_word"] for c in content["draft"]["conductors"]}
    assert words == {"td-sary": None, "uo": AGREED.model_dump(mode="json")}
    check = (await world.call("sary-analyst", "GET", f"{case.path}/check-report")).json()
    codes = {reason["code"] for reason in (*check["shortcomings"], *check["warnings"])}
    assert codes.isdisjoint({"printed_without_conducting", "conduct_not_confirmed", "leads_word_not_marked"})


async def test_the_timeline_tells_who_was_named_and_by_whose_word(world: World) -> None:
    case = await named(world)
    await by_leads_word(case)
    for language, said in (
        ("kk", "бірлесіп жүргізуші ретінде аталды"),
        ("ru", "со слов ведущей организации"),
    ):
        shown = await world.call(
            "sary-head", "GET", f"{case.path}/history", headers={"Accept-Language": language}
        )
        assert shown.status_code == 200, shown.text
        assert said in shown.text, language


async def test_rule_14_1_an_ngo_brings_in_open_sources_whoever_leads(world: World) -> None:
    case = await world.started(ScenarioName.A)
    await case.happens(case.actor(Role.ANALYST), CoConductorNamed(body=body("ashyk-kezek")))
    head = Actor(role=Role.HEAD, account="a-ashyk-head", organisation="ashyk-kezek")
    await case.happens(head, ConductConfirmed(organisation="ashyk-kezek", own_word=True))
    source = {
        "id": "s-closed",
        "kind": 1,
        "title": {"kk": "Құқықтық статистика"},
        "owner": "uo",
        "reference": "https://stat.example.kz",
        "obtained_on": "2026-01-12",
        "access": "official",
    }
    ngo = await world.call("ashyk-analyst", "POST", f"{case.path}/sources", json=source)
    assert (ngo.status_code, ngo.json()["code"]) == (422, "source_not_open"), ngo.text
    lead = await world.call("uo-analyst", "POST", f"{case.path}/sources", json=source)
    assert lead.status_code == 201, lead.text
