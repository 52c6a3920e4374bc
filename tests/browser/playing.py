"""A scenario of the samples, played whole by its people at their browsers, in the order of the Rules."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Final

from playwright.async_api import Browser

from local.demo.letterbox import Letterbox
from local.sample_scenario import SampleAddressee, SampleMendedLetter, SampleReply, Scenario
from local.samples import ScenarioName, load_country, load_scenario
from models.calendar.country import COUNTRY
from models.report.content import Qualitative, Quantitative, Wording
from models.vocabulary.procedure import Agreement, Ground, Id
from tests.browser.person import Person, Typed, somebody
from tests.e2e.town import Town
from tests.waiting import eventually

INCOMING: Final = "1-15/482"
CLERK: Final = {"respondent": "Үлгі Жауапты", "post": "бас маман"}
MEASURED: Final = ("unit", "value", "numerator", "denominator", "previous", "previous_period")
OFFICER, EDITOR, ADMIN, AUDITOR = "uo-analyst", "uo-web-editor", "uo-admin", "uo-auditor"


class Play:
    """The scenario on its way, and who takes part in it."""

    def __init__(self, town: Town, browser: Browser, name: ScenarioName) -> None:
        self._town, self._browser = town, browser
        self.scenario: Scenario = load_scenario(name)
        self.country = load_country()
        self.number = ""
        self.checked = ""
        """What the auditor was told by the check."""
        self._letters = Letterbox(town.mail)
        self._people: dict[str, Person] = {}

    # ——— people ———
    async def account(self, label: str) -> Person:
        """Somebody of the staff, signed in at a browser of their own."""
        if label not in self._people:
            self._people[label] = await somebody(self._browser, self._town.stack.api_url)
            await self._people[label].signs_in(self._town.tokens[label])
        return self._people[label]

    async def analyst(self) -> Person:
        return await self.account(self.country.account(self.scenario.accounts.analyst).label)

    async def head(self) -> Person:
        return await self.account(self.country.account(self.scenario.accounts.head).label)

    async def reader(self) -> Person:
        """Whoever holds a letter."""
        if "" not in self._people:
            self._people[""] = await somebody(self._browser, self._town.stack.api_url)
        return self._people[""]

    async def ends(self) -> None:
        for person in self._people.values():
            await person.page.context.close()

    # ——— places ———
    def at(self, *below: str) -> str:
        return "/".join((f"/staff/monitorings/{self.number}", *below))

    async def goes(self, who: Person, *ways: str) -> None:
        """From the monitoring's page, by one link after another."""
        await who.opens(self.at())
        for way in ways:
            await who.follows(self.at(way))

    async def does(self, who: Person, *ways: str, typed: Typed | None = None) -> None:
        """Go there, fill the form in, check, send."""
        await self.goes(who, *ways)
        await who.sends(typed)

    async def letter(self, address: str, offers: str) -> Person:
        """The reader of a letter, at the page behind its link, which has an element (a CSS selector)."""
        reader = await self.reader()

        async def has(link: str) -> bool:
            answer = await reader.page.goto(link)
            return answer is not None and answer.ok and await reader.page.locator(offers).count() > 0

        await self._letters.next_that(address, self.number, has)
        return reader

    def address(self, organisation: Id) -> str:
        """Where letters reach a body today, after a slip was mended."""
        mended = self.scenario.mended_letter
        if mended is not None and mended.recipient == organisation:
            return mended.mended_address
        return self.country.version(organisation, today()).email

    async def until(self, who: Person, meaning: str, holds: Callable[[], Awaitable[bool]]) -> None:
        async def seen() -> bool:
            await who.opens(self.at())
            return await holds()

        await eventually(seen, f"{self.number}: {meaning}")

    # ——— rules 2, 5, 9-11 ———
    async def starts(self) -> None:
        scenario, who = self.scenario, await self.analyst()
        await who.opens("/staff")
        await who.follows("/staff/monitorings/new")
        objects = {f"object-{row}": body for row, body in enumerate(scenario.objects, 1)}
        typed: Typed = {
            "kind": scenario.kind.value,
            **in_languages("title", scenario.title),
            "sphere": scenario.spheres,
            **objects,
            "studied_from": day(scenario.studied_from),
            "studied_until": day(scenario.studied_until),
        }
        await who.sends(typed)
        self.number = who.page.url.partition("?")[0].rpartition("/")[2]

    # ——— rule 12 ———
    async def forms_a_working_group(self, most: int = 6) -> None:
        """The decision names as many as its page has rows for; the others are invited after it."""
        group = self.scenario.working_group
        if group is None:
            return
        rows = [
            {"person": m.person, "community": m.community.value, "organisation": m.organisation or ""}
            for m in group.members
        ]
        decision: dict[str, str] = {
            "post": group.decision.post,
            "decided_on": day(group.decision.decided_on),
            "decision_number": group.decision.decision_number,
        }
        for index, row in enumerate(rows[:most], 1):
            decision |= {f"{field}-{index}": value for field, value in row.items() if value}
        await self.does(await self.head(), "working-group", typed=decision)
        for row in rows[most:]:
            typed = {field: value for field, value in row.items() if value}
            await self.does(await self.analyst(), "members", typed=typed)
        for member in group.members:
            if member.answer is not None:
                reader = await self.letter(self.country.person(member.person).email, "[name=consent]")
                consents = member.answer.consents
                said = {"consent": "consent" if consents else "refuse", "reason": member.answer.note.kk}
                if member.answer.agreement is Agreement.AGREED:
                    said["agreement"] = Agreement.AGREED.value
                await reader.sends(said)

    # ——— rules 7, 8 ———
    async def collects(self, seen: Callable[[Person], Awaitable[None]] | None = None) -> None:
        """`seen` is what happens while a holder looks at what is asked."""
        scenario, who = self.scenario, await self.analyst()
        await self.does(who, "collection", typed={"began_on": day(scenario.began_on)})
        for request in scenario.information_requests:
            asked = {f"question_{code}": said for code, said in spoken(request.question)}
            typed = {"holder": request.holder, "source_kind": str(request.source_kind.value), **asked}
            await self.does(who, "information-requests", typed=typed)
            source = next(each for each in scenario.sources if each.id == request.answer.source)
            reader = await self.letter(self.address(request.holder), "[name=outcome]")
            if seen is not None:
                await seen(reader)
            said = {
                "outcome": request.answer.outcome.value,
                "text": request.answer.answer.kk,
                "access": source.access.value,
                "reference": source.reference,
            }
            await reader.sends(said | CLERK)
        answered = {request.answer.source for request in scenario.information_requests}
        for source in scenario.sources:
            if source.id in answered:
                continue
            typed = {
                "kind": str(source.kind.value),
                **in_languages("title", source.title),
                "owner": source.owner,
                "reference": source.reference,
                "obtained_on": day(source.obtained_on),
                "access": source.access.value,
                "lawfulness_note": source.lawfulness_note or "",
            }
            await self.does(who, "sources", "sources/new", typed=typed)

    async def analyses(self) -> None:
        scenario, who = self.scenario, await self.analyst()
        for indicator in scenario.indicators:
            said = indicator.text if isinstance(indicator, Qualitative) else indicator.name
            typed = {"kind": indicator.kind, "role": indicator.role.value, **in_languages("text", said)}
            if isinstance(indicator, Quantitative):
                measured = {field: getattr(indicator, field) for field in MEASURED}
                typed |= {field: str(value) for field, value in measured.items() if value}
            await self.goes(who, "indicators", "indicators/new")
            await self.cites(who, indicator.sources)
            await who.sends(typed)
        for finding in scenario.findings:
            await self.goes(who, "findings", "findings/new")
            await self.cites(who, finding.sources)
            facets = tuple(each.value for each in finding.facets)
            await who.sends({**in_languages("text", finding.text), "facet": facets})
        for done in scenario.activities:
            noted = {"activity": done.activity.value, "done_on": day(done.done_on), "note": done.note.kk}
            await self.does(who, "activities", typed=noted)
        await self.does(who, "collection/completion")
        await self.does(who, "analysis/completion")

    async def cites(self, who: Person, sources: tuple[Id, ...]) -> None:
        """By their titles; what was answered stands first, in the order in which it was asked."""
        answers = [request.answer.source for request in self.scenario.information_requests]
        choices = who.page.locator("#source .choice")
        for source in self.scenario.sources:
            if source.id in answers:
                line = choices.nth(answers.index(source.id))
            else:
                line = choices.filter(has_text=source.title.kk)
            if source.id in sources:
                await line.locator("input").check()

    async def writes_the_draft(self) -> None:
        draft, who = self.scenario.draft, await self.analyst()
        assert draft.started_on is not None
        assert draft.ended_on is not None
        conduct = {
            "started_on": day(draft.started_on),
            "ended_on": day(draft.ended_on),
            "authentic_language": draft.authentic_language.value,
        }
        await self.does(who, "draft", "draft/conduct", typed=conduct)
        if draft.tasks:
            said = [in_languages(each.task.value, each.text) for each in draft.tasks]
            tasks = {name: value for each in said for name, value in each.items()}
            await self.does(who, "draft", "draft/tasks", typed=tasks)
        texts = {"conclusions": draft.conclusions, "assessment": draft.decision.assessment}
        for part, text in texts.items():
            await self.does(who, "draft", f"draft/{part}", typed=in_languages("text", text))
        for item in draft.decision.items:
            await self.goes(who, "draft", "draft/items/new")
            basis = next(each for each in self.scenario.findings if each.id == item.basis)
            option = who.page.locator("#basis option", has_text=basis.text.kk[:40]).first
            typed = {
                "kind": item.kind.value,
                "addressee": item.addressee,
                **in_languages("text", item.text),
                "basis": await option.get_attribute("value") or "",
                "due_on": day(item.due_on) if item.due_on else "",
            }
            await who.sends(typed)

    # ——— rules 15, 16 ———
    async def reports(self) -> None:
        who, head = await self.analyst(), await self.head()
        await self.submits(who, 1)
        returned = self.scenario.report.returned
        if returned is not None:
            await self.does(head, "versions/1/return", typed={"reason": returned.reason.kk})
            await self.submits(who, 2)
        version = 2 if returned is not None else 1
        await self.does(head, f"versions/{version}/approval")

    async def submits(self, who: Person, version: int) -> None:
        await self.does(who, "report/submission")

        files = who.page.locator("section[aria-labelledby=versions] ul.files")

        async def printed() -> bool:
            return await files.count() >= version

        await self.until(who, f"version {version} is printed", printed)

    # ——— rules 17, 20 ———
    async def dispatches(self, who: Person, addressees: tuple[SampleAddressee, ...]) -> None:
        """Whom the page suggests is ticked, others are typed with their ground."""
        await self.goes(who, "dispatches")
        typed: dict[str, str | tuple[str, ...]] = {"preset": addressees[0].preset.value}
        others = 0
        for addressee in addressees:
            if await who.page.locator(f'[name=to][value="{addressee.organisation}"]').count():
                continue
            others += 1
            typed |= {
                f"other-{others}": addressee.organisation,
                f"ground-{others}": addressee.ground.value,
                f"reason-{others}": addressee.reason.kk,
            }
        wanted = {each.organisation for each in addressees}
        for box in await who.page.locator("[name=to]").all():
            await box.set_checked(await box.get_attribute("value") in wanted)
        await who.sends(typed)

    async def is_dispatched(self) -> None:
        """Those of whom the same term is asked go at once."""
        who, mended = await self.analyst(), self.scenario.mended_letter
        if mended is not None:
            self._town.stack.mailbox.faults.refuse(mended.refused_address, mended.smtp_reply)
        sent: dict[str, list[SampleAddressee]] = {}
        for addressee in self.scenario.dispatch.addressees:
            sent.setdefault(addressee.preset.value, []).append(addressee)
        for same in sent.values():
            await self.dispatches(who, tuple(same))
        if mended is not None:
            await self._is_mended(who, mended)

    async def _is_mended(self, who: Person, mended: SampleMendedLetter) -> None:
        """A letter came back: the administrator mends the address, the coordinator sends it again."""
        again = who.page.locator('.letter-line:has(.status.undeliverable) a[href*="/resending?"]')

        async def came_back() -> bool:
            await who.follows(self.at("letters"))
            return await again.count() > 0

        await self.until(who, "the refused letter came back as work", came_back)
        admin = await self.account(ADMIN)
        body = f"/staff/registries/bodies/{mended.recipient}"
        for way in ("/staff/registries", "/staff/registries/bodies"):
            await admin.follows(way)
        await admin.page.fill("[name=q]", mended.recipient)
        await admin.clicks(admin.page.locator("form[role=search] button"))
        await admin.follows(body)
        await admin.follows(f"{body}/version")
        await admin.sends({"email": mended.mended_address, "reason": mended.reason})
        await who.clicks(again.first)
        await who.sends()

    async def is_answered(self) -> None:
        for addressee in self.scenario.dispatch.addressees:
            reader = await self.registers(addressee)
            if addressee.reply is not None and reader is not None:
                await self.replies(reader, addressee.reply)

    async def registers(self, addressee: SampleAddressee) -> Person | None:
        """The clerk of an addressee records under which number the report came in."""
        if addressee.ground is Ground.CONSOLIDATION:
            return None
        receipt = 'a[href*="/form/receipt"]'
        reader = await self.letter(self.address(addressee.organisation), receipt)
        link = reader.page.url
        await reader.clicks(reader.page.locator(receipt).first)
        await reader.sends({"incoming_number": INCOMING, "received_on": day(today())})
        await reader.page.goto(link)
        return reader

    async def replies(self, reader: Person, reply: SampleReply) -> None:
        typed = {"text": reply.text.kk, "respondent": reply.respondent, "post": reply.post}
        for item, said in zip(reply.answers, await self._items(reader), strict=True):
            typed[f"response-{said}"] = item.response.value
            typed[f"reason-{said}"] = item.reason.kk
            planned = max(item.planned_on, today()) if item.planned_on else None
            typed[f"planned-{said}"] = day(planned) if planned else ""
        await reader.sends(typed)

    async def _items(self, reader: Person) -> list[str]:
        """The items of a letter, in the order of its page."""
        names = await reader.page.locator("[name^=response-]").evaluate_all("all => all.map(e => e.name)")
        return list(dict.fromkeys(str(name).removeprefix("response-") for name in names))

    # ——— rules 18, 19, 21 ———
    async def is_published(self) -> None:
        publication = self.scenario.publication
        if publication is not None:
            await self.does(await self.account(EDITOR), "publication", typed={"address": publication.address})

    async def is_considered(self) -> None:
        for item in self.scenario.considerations:
            await self.does(await self.analyst(), "councils/submission", typed={"council": item.council})
            secretary = self.country.person(self.country.council(item.council).secretary)
            reader = await self.letter(secretary.email, "[name=minutes_number]")
            said = {
                "considered_on": day(today()),
                "minutes_number": item.minutes_number,
                "outcome": item.outcome.value,
                "note": item.note.kk,
            }
            await reader.sends(said | CLERK)
        if self.scenario.review is not None:
            officer = await self.account(OFFICER)
            await self.does(officer, "review", typed={"note": self.scenario.review.note.kk})

    async def is_overseen(self) -> None:
        """The auditor reads the timeline, and has it checked against the running workflow."""
        auditor = await self.account(AUDITOR)
        await auditor.opens(self.at())
        history = f"/monitorings/{self.number}/history"
        await auditor.follows(history)
        await auditor.follows(f"{history}/check")
        self.checked = await auditor.words()

    async def closes(self) -> None:
        await self.does(await self.analyst(), "closing")

    # ——— beyond the Rules ———
    async def is_followed_up(self) -> None:
        for done in self.scenario.implementations:
            reader = await self.letter(self.address(done.addressee), "[name^=claim-]")
            name = await reader.page.locator("[name^=claim-]").last.get_attribute("name")
            item = (name or "").removeprefix("claim-")
            said = {f"claim-{item}": done.claim.value, f"words-{item}": done.words.kk}
            await reader.sends(said | CLERK)
            judged = {"verdict": done.verdict.value, "reason": done.reason.kk}
            await self.does(await self.analyst(), "items", f"items/{item}/judgement", typed=judged)


def in_languages(name: str, said: Wording) -> dict[str, str]:
    """A text in the languages it has, a field for each."""
    return {f"{name}-{code}": words for code, words in spoken(said)}


def spoken(said: Wording) -> list[tuple[str, str]]:
    return [(code, words) for code, words in said.model_dump().items() if words]


def day(said: date) -> str:
    """As people type it."""
    return said.strftime("%d.%m.%Y")


def today() -> date:
    return datetime.now(COUNTRY).date()
