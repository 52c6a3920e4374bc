"""A scenario of the samples, played whole by its people at their browsers, in the order of the Rules."""

from typing import Final

from local.sample_scenario import SampleAddressee, SampleMendedLetter, SampleReply
from models.vocabulary.procedure import Ground
from tests.browser.cast import ADMIN, AUDITOR, EDITOR, OFFICER, day, today
from tests.browser.conducting import CLERK, Conducting
from tests.browser.person import Person

INCOMING: Final = "1-15/482"


TO_RECEIPT: Final = "button[value=to-receipt]"


class Play(Conducting):
    """A scenario on its way, from the start to what comes after its closing."""

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
        receipt = f"{TO_RECEIPT}, a[href*='/form/receipt']"
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
