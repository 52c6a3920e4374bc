"""A decision as large as they come: many bodies, each with many items that it accepts for a day."""

from datetime import date

from models.commands import AcknowledgeReport, AnswerReport, BeginCorrection, ItemAnswer, NewAddressee
from models.report.facts import ItemFact, ReportFacts
from models.vocabulary.actors import Actor
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import Ground, Id, ItemKind, OrganisationKind, Response, Role
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import FULL, HASH, TO_AB, body, to

PLANNED = date(2026, 12, 1)


def bodies(addressees: int) -> tuple[Body, ...]:
    return tuple(body(f"body-{n}", OrganisationKind.STATE_ORGANISATION) for n in range(addressees))


def decision(addressees: int, items: int) -> ReportFacts:
    """So many bodies, so many items for each of them, proposals and recommendations in turn."""
    kinds = (ItemKind.PROPOSAL, ItemKind.RECOMMENDATION)
    asked = tuple(
        ItemFact(id=f"i{n}-{m}", kind=kinds[(n + m) % 2], addressee=known.organisation, basis="f1")
        for n, known in enumerate(bodies(addressees))
        for m in range(items)
    )
    return FULL.model_copy(update={"items": asked, "addressees": bodies(addressees)})


def dispatched(addressees: int, items: int, serial: int = 1) -> Story:
    """Approved, and sent to all of them; `serial` is the last part of its number."""
    first, *others = (
        NewAddressee(body=known, ground=Ground.OTHER, reason=HASH) for known in bodies(addressees)
    )
    story = Story().starts(objects=(first.body,), number=f"2026-TD-{serial:04d}")
    story.has_approved_report(decision(addressees, items))
    story.dispatches(to(first.body), *others, TO_AB)
    story.post_takes_letters()
    return story


def answers(story: Story, organisation: Id) -> None:
    """A body accepts all that is asked of it, for a day ahead."""
    asked = [item.id for item in story.state.items.values() if item.addressee == organisation]
    accepted = tuple(ItemAnswer(item=item, response=Response.ACCEPTED, planned_on=PLANNED) for item in asked)
    addressee = story.state.addressees[organisation]
    holder = Actor(role=Role.ADDRESSEE, letter=addressee.letter, organisation=organisation)
    story.does(AnswerReport, holder, addressee=organisation, answers=accepted, reply=HASH)


def is_acknowledged(story: Story, organisation: Id) -> None:
    """A body says that it has the report, and nothing else."""
    addressee = story.state.addressees[organisation]
    holder = Actor(role=Role.ADDRESSEE, letter=addressee.letter, organisation=organisation)
    story.does(AcknowledgeReport, holder, addressee=organisation, incoming_number="7")


def is_corrected(story: Story, addressees: int, items: int) -> None:
    """A version that asks so much of so many bodies takes the place of the one before (A12)."""
    story.does(BeginCorrection, reason=HASH)
    story.submits_report(decision(addressees, items)).approves_report()
