"""Bodies that merged leave several addressees to one body: whether that has the report already (0017)."""

from models.commands import NewAddressee
from models.monitoring.items import items_for
from models.monitoring.open_work import consolidating
from models.monitoring.state import Addressee, MonitoringState, Version
from models.vocabulary.procedure import Ground, Id


def has_it(state: MonitoringState, organisation: Id, ground: Ground) -> bool:
    """Whether the current version is with a body, or on its way: by itself, by its office, or by another
    addressee that the same body stands for today, where the decision asks nothing of this one."""
    current = state.current
    if current is None:
        return False
    known = sent_already(state, organisation, ground)
    if known is not None:
        return known.version == current.number
    return not items_for(state, organisation) and any(
        addressee.version == current.number for addressee in _of_the_same_body(state, organisation)
    )


def sent_already(state: MonitoringState, organisation: Id, ground: Ground) -> Addressee | None:
    """The same body; for consolidation the same office, whoever held it then."""
    if ground is Ground.CONSOLIDATION:
        return consolidating(state)
    return state.addressees.get(organisation)


def told_twice(state: MonitoringState, addressees: tuple[NewAddressee, ...]) -> bool:
    """Whether one body of today would get two letters, one of which asks nothing of it."""
    sent = [new.body.organisation for new in addressees if new.ground is not Ground.CONSOLIDATION]
    heirs = [state.stands_for(organisation) for organisation in sent]
    return any(
        heirs.count(heir) > 1 and heir is not None and not items_for(state, organisation)
        for organisation, heir in zip(sent, heirs, strict=True)
    )


def gathered(state: MonitoringState, version: Version) -> dict[Id, Id]:
    """A12: the addressees that a corrected version asks nothing of, each with the one of the same body today
    whose letter brings it: one body gets one letter, unless two ask it for different things."""
    asked = {item.addressee for item in version.content.facts.items}
    told: dict[Id, Id] = {}
    for organisation in sorted(_written_to(state), key=lambda known: known not in asked):
        heir = state.stands_for(organisation)
        if heir is not None:
            told.setdefault(heir, organisation)
    return {
        organisation: told[heir]
        for organisation in _written_to(state)
        if organisation not in asked
        and (heir := state.stands_for(organisation)) is not None
        and told[heir] != organisation
    }


def _of_the_same_body(state: MonitoringState, organisation: Id) -> list[Addressee]:
    heir = state.stands_for(organisation)
    return [
        state.addressees[known]
        for known in _written_to(state)
        if heir is not None and known != organisation and state.stands_for(known) == heir
    ]


def _written_to(state: MonitoringState) -> list[Id]:
    """What is sent for consolidation is another matter (rule 17): nothing is asked by it."""
    return [known for known, sent in state.addressees.items() if sent.ground is not Ground.CONSOLIDATION]
