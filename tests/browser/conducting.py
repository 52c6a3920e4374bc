"""From the start to the draft: what coordinators, heads, members and holders do at browsers."""

from collections.abc import Awaitable, Callable
from typing import Final

from models.report.content import Qualitative, Quantitative
from models.vocabulary.procedure import Agreement, Id
from tests.browser.cast import Cast, day, in_languages, spoken
from tests.browser.person import Person, Typed

MEASURED: Final = ("unit", "value", "numerator", "denominator", "previous", "previous_period")
CLERK: Final = {"respondent": "Үлгі Жауапты", "post": "бас маман"}


class Conducting(Cast):
    """A scenario until its report is written."""

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
