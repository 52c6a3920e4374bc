"""Rules 17, 20: why a body that the decision names does not get the report."""

from datetime import date

from models.commands import OmitAddressee
from models.events import AddresseeOmitted
from models.monitoring.items import items_for, named_and_not_sent
from models.monitoring.open_work import due_to_authorized_body
from models.monitoring.rules.registry import decides
from models.monitoring.state import MonitoringState
from models.vocabulary.refusal import refuse_if


@decides(OmitAddressee)
def omit_addressee(
    state: MonitoringState, command: OmitAddressee, today: date
) -> tuple[AddresseeOmitted, ...]:
    """What was not sent stays open until it was, or until it is said why not: the reason is kept."""
    rule, named = "17" if due_to_authorized_body(state) else "20", command.addressee
    current = state.current
    refuse_if(current is None or not state.after_approval, "report_not_approved", "15")
    assert current is not None
    refuse_if(state.correcting, "correction_under_way", "A12")
    items = items_for(state, named)
    refuse_if(not items, "not_named_in_decision", "16", organisation=named)
    refuse_if(named in state.addressees, "named_body_was_sent_to", rule, organisation=named)
    refuse_if(named not in named_and_not_sent(state), "omitted_already", rule, organisation=named)
    return (AddresseeOmitted(version=current.number, addressee=named, items=items, reason=command.reason),)
