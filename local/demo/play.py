"""One scenario, played from outside in the order of the Rules: every step is somebody's call or visit."""

from datetime import datetime
from typing import Final

from local.demo.caller import Json
from local.demo.citing import citing
from local.demo.conduct import ADMIN, Conduct
from local.demo.correction import is_corrected
from local.demo.reorganisation import bodies_pass_on
from local.demo.screen import Outcome
from local.demo.theatre import Theatre
from local.sample_scenario import SampleAddressee, Scenario
from models.calendar.country import COUNTRY
from models.commands.receipt import Receipt
from models.vocabulary.procedure import Ground, Id

AUTHORIZED_BODY: Final = "uo"
WEB_EDITOR: Final = "a-uo-web"


class Scene(Conduct):
    """A scenario on its way."""

    def __init__(self, name: str, scenario: Scenario, theatre: Theatre) -> None:
        super().__init__(name, scenario, theatre)
        self._sent_to: dict[Id, str] = {}
        """The addresses that letters with the report went to, by the bodies of the scenario."""

    async def play(self) -> Outcome:
        """From the start to the closing. Raises `DemoFailed` at the first thing that is not as it should."""
        await self._starts()
        await self._forms_a_working_group()
        await self._collects()
        await self._analyses()
        await self._reports()
        await self._dispatches()
        await self._is_answered()
        await is_corrected(self)
        await self._is_published()
        await self._is_considered()
        await self._closes()
        await self._is_followed_up()
        await self.until(self.nothing_is_due, "a letter did not leave")
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
        self.says(f"started as [bold]{self.number}[/]: {scenario.title.en}", rules)

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
        await self.post("/working-group", body, self.head)
        self.says(f"the head's decision № {group.decision.decision_number} creates a working group", "12")
        for member in group.members:
            if member.answer is not None:
                address = self.country.person(member.person).email
                await self.visits.answer_invitation(address, self.number, member.answer)
                word = "consents" if member.answer.consents else "declines"
                self.says(f"an invited {member.community.value} member {word} by the letter's link", "12")

    # ——— rules 7, 8, 14 ———
    async def _collects(self) -> None:
        scenario = self.scenario
        await self.post("/collection", {"began_on": scenario.began_on.isoformat()})
        await self._requests_information()
        answers = {request.answer.source for request in scenario.information_requests}
        for source in scenario.sources:
            if source.id not in answers:
                await self.keep("sources", source)
        kinds = sorted({source.kind.value for source in scenario.sources})
        self.says(f"{len(scenario.sources)} sources of the kinds {', '.join(map(str, kinds))} gathered", "7")

    async def _requests_information(self) -> None:
        for request in self.scenario.information_requests:
            body: Json = {
                "holder": request.holder,
                "source_kind": request.source_kind.value,
                "question_in": request.question.model_dump(),
            }
            await self.post("/information-requests", body)
            address = self.address(request.holder)
            source = next(s for s in self.scenario.sources if s.id == request.answer.source)
            await self.visits.answer_information_request(address, self.number, request.answer, source)
            self.says(f"information asked from {request.holder} and received by the letter's link", "7")

    async def _analyses(self) -> None:
        await self._carry_over_answered_sources()
        scenario = self.scenario
        for indicator in scenario.indicators:
            await self.keep("indicators", indicator)
        for finding in scenario.findings:
            await self.keep("findings", finding)
        await self.write_draft(scenario.draft)
        for activity in scenario.activities:
            body: Json = {
                "activity": activity.activity.value,
                "done_on": activity.done_on.isoformat(),
                "note": activity.note.kk,
            }
            await self.post("/activities", body)
        if scenario.activities:
            self.says("the five activities are evidenced", "8")
            await self.post("/collection/completion", {})
            await self.post("/analysis/completion", {})
        for step in scenario.steps:
            await self.post(
                "/steps", {"step": step.step.value, "completed_on": step.completed_on.isoformat()}
            )
            self.says(f"step {step.step.value} of 4 completed", f"14.{step.step.value}")
        self.says(
            f"{len(scenario.indicators)} indicators, {len(scenario.findings)} findings; shares recomputed",
            "8",
        )

    async def _carry_over_answered_sources(self) -> None:
        """Indicators cite the sources that the holders' answers became, under the ids they got."""
        listed = (await self.analyst.ask(f"{self.path}/sources")).json()
        received = [str(source["id"]) for source in listed if source["information_request"]]
        wanted = [r.answer.source for r in self.scenario.information_requests if r.answer.source]
        renamed = dict(zip(wanted, received, strict=True))
        self.scenario = citing(self.scenario, renamed)

    # ——— rules 15, 16 ———
    async def _reports(self) -> None:
        returned = self.scenario.report.returned
        await self.submits(1)
        if returned:
            reason: Json = {"reason": returned.reason.kk}
            await self.post("/report/versions/1/return", reason, self.head)
            self.says("version 1 returned for rework with a reason", "15")
            await self._reworks()
            await self.submits(2)
        version = 2 if returned else 1
        await self.approves(version)
        self.says(f"version {version} approved; the decision of rule 16 stands", "15, 16")

    async def _reworks(self) -> None:
        """The draft is written anew on top of the revision that was read."""
        read = await self.analyst.ask(f"{self.path}/draft")
        await self.analyst.put(f"{self.path}/draft", read.json(), read.headers["ETag"])

    # ——— rules 17, 20 ———
    async def _dispatches(self) -> None:
        """Where the authorized body passes on, its letter waits: rule 17 means whoever is it on that day."""
        mended, passing = self.scenario.mended_letter, bool(self.scenario.successions)
        if mended:
            self.theatre.mailbox.faults.refuse(mended.refused_address, mended.smtp_reply)
        addressees = self.scenario.dispatch.addressees
        waiting = tuple(a for a in addressees if passing and a.ground is Ground.CONSOLIDATION)
        await self._sends(tuple(a for a in addressees if a not in waiting))
        if mended:
            await self._mends_a_letter()
        if passing:
            await self.until(self.nothing_is_due, "a letter did not leave")
            await bodies_pass_on(self)
            await self._sends(waiting)
        await self.until(self.has_left, "the dispatch is not complete")
        self.says("everything that is due has left", self._rule)

    async def _sends(self, addressees: tuple[SampleAddressee, ...]) -> None:
        bodies = [self.standing(addressee.organisation) for addressee in addressees]
        sent = [_addressee(addressee, body) for addressee, body in zip(addressees, bodies, strict=True)]
        await self.post("/dispatches", {"addressees": sent})
        self._sent_to |= {a.organisation: self.address(a.organisation) for a in addressees}
        self.says(f"sent to {', '.join(bodies)} by e-mail", self._rule)

    async def _mends_a_letter(self) -> None:
        """An address refuses for good: it comes back as work, is mended in the registry, and sent again."""
        mended = self.scenario.mended_letter
        assert mended is not None

        async def came_back() -> bool:
            return bool(await self.letters("undeliverable")) and not await self.letters("due")

        await self.until(came_back, "the refused letter did not come back as work")
        self.says(f"a letter came back, and the coordinator was told: {mended.smtp_reply[:40]}", "")
        admin = self.theatre.call(ADMIN)
        change: Json = {"email": mended.mended_address, "reason": mended.reason}
        await admin.post(f"/api/v1/registry/organisations/{mended.recipient}/versions", change)
        for letter in await self.letters("undeliverable"):
            await self.post(f"/letters/{letter}/resending", {})
        self.says("the address is mended in the registry and the letter sent again", "")

    async def _is_answered(self) -> None:
        for addressee in self.scenario.dispatch.addressees:
            await self._answers(addressee, self._sent_to[addressee.organisation])

    async def _answers(self, addressee: SampleAddressee, address: str) -> None:
        body, reply = self.named(addressee.organisation), addressee.reply
        if reply is None:
            await self.visits.acknowledge(address, self.number)
            self.says(f"{body} confirms receipt", "17")
            return
        link = await self.visits.answer_report(address, self.number, reply)
        self.says(f"{body} answers item by item: {reply.said}", "17")
        if addressee.amended is not None:
            await self.visits.amend_reply(link, addressee.amended)
            said = addressee.amended.said
            self.says(f"{body} amends its reply by the same link, both are kept: {said}", "")

    @property
    def _rule(self) -> str:
        return "20" if self.scenario.conductors[0] == AUTHORIZED_BODY else "17"

    # ——— rules 18, 19, 21 ———
    async def _is_published(self) -> None:
        publication = self.scenario.publication
        if publication is None:
            return
        editor = self.theatre.call(WEB_EDITOR)
        today = datetime.now(COUNTRY).date()
        body: Json = {"published_on": today.isoformat(), "address": publication.address}
        await self.post("/publications", body, editor)
        self.says("the public rendition is placed on the authorized body's web resource", "19")

    async def _is_considered(self) -> None:
        for item in self.scenario.considerations:
            await self.post("/council-items", {"council": item.council})
            secretary = self.country.person(self.country.council(item.council).secretary)
            await self.visits.record_consideration(secretary.email, self.number, item)
            self.says(f"a council considered it: minutes № {item.minutes_number}", "21")
        review = self.scenario.review
        if review is not None:
            await self.post("/review", {"note": review.note.kk}, self.theatre.call(review.account))
            self.says("the authorized body has considered and analysed the report", "18")

    async def _closes(self) -> None:
        await self.post("/closing", {})
        self.says("closed: nothing that is due is open", "")

    # ——— beyond the Rules ———
    async def _is_followed_up(self) -> None:
        for done in self.scenario.implementations:
            address = self.address(done.addressee)
            await self.visits.report_implementation(address, self.number, done)
            self.says(f"{done.addressee} reports item {done.item}: {done.claim.value}", "")
            judged: Json = {"verdict": done.verdict.value, "reason": done.reason.kk}
            await self.post(f"/items/{done.item}/judgement", judged)
            self.says(f"the monitor judges item {done.item}: {done.verdict.value}", "")


def _addressee(addressee: SampleAddressee, body: Id) -> Json:
    return {
        "organisation": body,
        "ground": addressee.ground.value,
        "reason": addressee.reason.kk or None,
        "preset": addressee.preset.value,
    }
