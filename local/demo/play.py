"""One scenario, played from outside in the order of the Rules: every step is somebody's call or visit."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from local.demo.caller import Caller, Json
from local.demo.citing import citing
from local.demo.letterbox import Letterbox
from local.demo.patience import WAIT_SECONDS, until
from local.demo.results import Results
from local.demo.screen import Outcome, Screen
from local.demo.visitor import Visitor
from local.demo.visits import Visits
from local.mailbox import Mailbox
from local.sample_country import Country
from local.sample_scenario import SampleAddressee, Scenario
from local.samples import load_country
from models.calendar.zone import COUNTRY
from models.commands.receipt import Receipt
from models.report.content import ReportDraft
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Stage

AUTHORIZED_BODY: Final = "uo"
WEB_EDITOR: Final = "a-uo-web"
ADMIN: Final = "a-uo-admin"


@dataclass
class Theatre:
    """What all scenes share."""

    call: Callable[[Id], Caller]  # by account
    letterbox: Letterbox
    mailbox: Mailbox
    visitor: Visitor
    screen: Screen
    public_url: str
    patience: float = WAIT_SECONDS


class Scene:
    """A scenario on its way."""

    def __init__(self, name: str, scenario: Scenario, theatre: Theatre) -> None:
        self.name = name
        self.scenario = scenario
        self.theatre = theatre
        self.number = ""
        self.country: Country = load_country()
        self.visits = Visits(theatre.visitor, theatre.letterbox)

    async def play(self) -> Outcome:
        """From the start to the closing. Raises `DemoFailed` at the first thing that is not as it should."""
        await self._starts()
        await self._forms_a_working_group()
        await self._collects()
        await self._analyses()
        await self._reports()
        await self._dispatches()
        await self._is_answered()
        await self._is_published()
        await self._is_considered()
        await self._closes()
        await self._is_followed_up()
        await self._until(self._nothing_is_due, f"{self.number}: a letter did not leave")
        letters = await self.theatre.letterbox.all()
        look = await self.theatre.letterbox.check_page(self.number)
        return await self.results.outcome(self.name, self.scenario, self.country, letters, look)

    # ——— rules 2, 5, 9-11 ———
    async def _starts(self) -> None:
        scenario = self.scenario
        body: Json = {
            "kind": scenario.kind.value,
            "title": scenario.title.model_dump(),
            "conductors": list(scenario.conductors),
            "spheres": list(scenario.spheres),
            "objects": list(scenario.objects),
            "studied_from": scenario.studied_from.isoformat(),
            "studied_until": scenario.studied_until.isoformat(),
        }
        answer = await self.analyst.post("/api/v1/monitorings", body)
        self.number = Receipt.model_validate_json(answer.content).number
        rules = "10" if scenario.kind.value == "comprehensive" else "11"
        self._says(f"started as [bold]{self.number}[/]: {scenario.title.en}", rules)

    # ——— rule 12 ———
    async def _forms_a_working_group(self) -> None:
        group = self.scenario.working_group
        if group is None:
            return
        members = [
            {"person": m.person, "community": m.community.value, "organisation": m.organisation}
            for m in group.members
        ]
        body: Json = {
            "post": group.decision.post,
            "decided_on": group.decision.decided_on.isoformat(),
            "decision_number": group.decision.decision_number,
            "members": members,
        }
        await self._post("/working-group", body, self.head)
        self._says(f"the head's decision № {group.decision.decision_number} creates a working group", "12")
        for member in group.members:
            if member.answer is not None:
                address = self.country.person(member.person).email
                await self.visits.answer_invitation(address, self.number, member.answer)
                word = "consents" if member.answer.consents else "declines"
                self._says(f"an invited {member.community.value} member {word} by the letter's link", "12")

    # ——— rules 7, 8, 14 ———
    async def _collects(self) -> None:
        scenario = self.scenario
        await self._post("/collection", {"began_on": scenario.began_on.isoformat()})
        await self._requests_information()
        answers = {request.answer.source for request in scenario.information_requests}
        for source in scenario.sources:
            if source.id not in answers:
                await self._keep("sources", source)
        kinds = sorted({source.kind.value for source in scenario.sources})
        self._says(f"{len(scenario.sources)} sources of the kinds {', '.join(map(str, kinds))} gathered", "7")

    async def _requests_information(self) -> None:
        for request in self.scenario.information_requests:
            body: Json = {
                "holder": request.holder,
                "source_kind": request.source_kind.value,
                "question_in": request.question.model_dump(),
            }
            await self._post("/information-requests", body)
            address = self._address(request.holder)
            source = next(s for s in self.scenario.sources if s.id == request.answer.source)
            await self.visits.answer_information_request(address, self.number, request.answer, source)
            self._says(f"information asked from {request.holder} and received by the letter's link", "7")

    async def _analyses(self) -> None:
        await self._carry_over_answered_sources()
        scenario = self.scenario
        for indicator in scenario.indicators:
            await self._keep("indicators", indicator)
        for finding in scenario.findings:
            await self._keep("findings", finding)
        await self._write_draft(scenario.draft)
        for activity in scenario.activities:
            body: Json = {
                "activity": activity.activity.value,
                "done_on": activity.done_on.isoformat(),
                "note": activity.note.kk,
            }
            await self._post("/activities", body)
        if scenario.activities:
            self._says("the five activities are evidenced", "8")
            await self._post("/collection/completion", {})
            await self._post("/analysis/completion", {})
        for step in scenario.steps:
            await self._post(
                "/steps", {"step": step.step.value, "completed_on": step.completed_on.isoformat()}
            )
            self._says(f"step {step.step.value} of 4 completed", f"14.{step.step.value}")
        self._says(
            f"{len(scenario.indicators)} indicators, {len(scenario.findings)} findings; shares recomputed",
            "8",
        )

    async def _carry_over_answered_sources(self) -> None:
        """Indicators cite the sources that the holders' answers became, under the ids they got."""
        listed = (await self.analyst.ask(f"{self._path}/sources")).json()
        received = [str(source["id"]) for source in listed if source["information_request"]]
        wanted = [r.answer.source for r in self.scenario.information_requests if r.answer.source]
        renamed = dict(zip(wanted, received, strict=True))
        self.scenario = citing(self.scenario, renamed)

    async def _write_draft(self, draft: ReportDraft) -> None:
        await self.analyst.put(f"{self._path}/draft", draft.model_dump(mode="json", exclude={"conductors"}))

    # ——— rules 15, 16 ———
    async def _reports(self) -> None:
        returned = self.scenario.report.returned
        await self._submits(1)
        if returned:
            reason: Json = {"reason": returned.reason.kk}
            await self._post("/report/versions/1/return", reason, self.head)
            self._says("version 1 returned for rework with a reason", "15")
            await self._reworks()
            await self._submits(2)
        version = 2 if returned else 1
        await self._post(f"/report/versions/{version}/approval", {}, self.head)
        self._says(f"version {version} approved; the decision of rule 16 stands", "15, 16")

    async def _reworks(self) -> None:
        """The draft is written anew on top of the revision that was read."""
        read = await self.analyst.ask(f"{self._path}/draft")
        await self.analyst.put(f"{self._path}/draft", read.json(), read.headers["ETag"])

    async def _submits(self, version: int) -> None:
        await self._post("/report/versions", {})

        async def printed() -> bool:
            return bool((await self.results.versions())[version - 1].documents)

        await self._until(printed, f"{self.number}: version {version} was not printed")
        self._says(f"version {version} submitted and printed in Kazakh and Russian", "annex")

    # ——— rules 17, 20 ———
    async def _dispatches(self) -> None:
        mended = self.scenario.mended_letter
        if mended:
            self.theatre.mailbox.faults.refuse(mended.refused_address, mended.smtp_reply)
        addressees = self.scenario.dispatch.addressees
        await self._post("/dispatches", {"addressees": [_addressee(a) for a in addressees]})
        rule = "20" if self.scenario.conductors[0] == AUTHORIZED_BODY else "17"
        self._says(f"sent to {len(addressees)} bodies by e-mail", rule)
        if mended:
            await self._mends_a_letter()
        await self._until(self._has_left, f"{self.number}: the dispatch is not complete")
        self._says("everything that is due has left", rule)

    async def _has_left(self) -> bool:
        return await self.results.stage() is Stage.DISPATCHED

    async def _mends_a_letter(self) -> None:
        """An address refuses for good: it comes back as work, is mended in the registry, and sent again."""
        mended = self.scenario.mended_letter
        assert mended is not None

        async def came_back() -> bool:
            return bool(await self._letters("undeliverable")) and not await self._letters("due")

        await self._until(came_back, f"{self.number}: the refused letter did not come back as work")
        self._says(f"a letter came back, and the coordinator was told: {mended.smtp_reply[:40]}", "")
        admin = self.theatre.call(ADMIN)
        change: Json = {"email": mended.mended_address, "reason": mended.reason}
        await admin.post(f"/api/v1/registry/organisations/{mended.recipient}/versions", change)
        for letter in await self._letters("undeliverable"):
            await self._post(f"/letters/{letter}/resending", {})
        self._says("the address is mended in the registry and the letter sent again", "")

    async def _letters(self, status: str) -> list[str]:
        letters = (await self.analyst.ask(f"{self._path}/letters")).json()
        return [str(x["letter"]["id"]) for x in letters if x["letter"]["status"] == status]

    async def _nothing_is_due(self) -> bool:
        return not await self._letters("due")

    async def _is_answered(self) -> None:
        for addressee in self.scenario.dispatch.addressees:
            await self._answers(addressee, self._mended_address(addressee.organisation))

    async def _answers(self, addressee: SampleAddressee, address: str) -> None:
        if addressee.reply is None:
            await self.visits.acknowledge(address, self.number)
            self._says(f"{addressee.organisation} confirms receipt", "17")
            return
        await self.visits.answer_report(address, self.number, addressee.reply)
        said = ", ".join(answer.response.value for answer in addressee.reply.answers)
        self._says(f"{addressee.organisation} answers item by item: {said}", "17")

    # ——— rules 18, 19, 21 ———
    async def _is_published(self) -> None:
        publication = self.scenario.publication
        if publication is None:
            return
        editor = self.theatre.call(WEB_EDITOR)
        today = datetime.now(COUNTRY).date()
        body: Json = {"published_on": today.isoformat(), "address": publication.address}
        await self._post("/publications", body, editor)
        self._says("the public rendition is placed on the authorized body's web resource", "19")

    async def _is_considered(self) -> None:
        for item in self.scenario.considerations:
            await self._post("/council-items", {"council": item.council})
            secretary = self.country.person(self.country.council(item.council).secretary)
            await self.visits.record_consideration(secretary.email, self.number, item)
            self._says(f"a council considered it: minutes № {item.minutes_number}", "21")
        review = self.scenario.review
        if review is not None:
            await self._post("/review", {"note": review.note.kk}, self.theatre.call(review.account))
            self._says("the authorized body has considered and analysed the report", "18")

    async def _closes(self) -> None:
        await self._post("/closing", {})
        self._says("closed: nothing that is due is open", "")

    # ——— beyond the Rules ———
    async def _is_followed_up(self) -> None:
        for done in self.scenario.implementations:
            address = self._mended_address(done.addressee)
            await self.visits.report_implementation(address, self.number, done)
            self._says(f"{done.addressee} reports item {done.item}: {done.claim.value}", "")
            judged: Json = {"verdict": done.verdict.value, "reason": done.reason.kk}
            await self._post(f"/items/{done.item}/judgement", judged)
            self._says(f"the monitor judges item {done.item}: {done.verdict.value}", "")

    # ——— small words ———
    async def _until(self, condition: Callable[[], Awaitable[bool]], otherwise: str) -> None:
        await until(condition, otherwise, self.theatre.patience)

    @property
    def results(self) -> Results:
        return Results(self.analyst, self.number)

    @property
    def analyst(self) -> Caller:
        return self.theatre.call(self.scenario.accounts.analyst)

    @property
    def head(self) -> Caller:
        return self.theatre.call(self.scenario.accounts.head)

    @property
    def _path(self) -> str:
        return f"/api/v1/monitorings/{self.number}"

    def _says(self, words: str, rule: str) -> None:
        self.theatre.screen.says(self.name, words, rule)

    def _address(self, organisation: Id) -> str:
        return self.country.version(organisation, datetime.now(UTC).date()).email

    def _mended_address(self, organisation: Id) -> str:
        """Where letters reach a body after the slip in the registry was mended."""
        mended = self.scenario.mended_letter
        if mended and mended.recipient == organisation:
            return mended.mended_address
        return self._address(organisation)

    async def _post(self, path: str, body: Json, by: Caller | None = None) -> None:
        await (by or self.analyst).post(f"{self._path}{path}", body)

    async def _keep(self, part: str, item: Model) -> None:
        await self.analyst.post(f"{self._path}/{part}", item)


def _addressee(addressee: SampleAddressee) -> Json:
    return {
        "organisation": addressee.organisation,
        "ground": addressee.ground.value,
        "reason": addressee.reason.kk or None,
        "preset": addressee.preset.value,
    }
