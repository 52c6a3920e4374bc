"""What is refused of new commands only: histories hold some that were accepted before, and replay them."""

from models.commands import AnswerReport, Command
from models.refusal import Refusal, refuse_all
from models.state import MonitoringState


def check_admission(state: MonitoringState, command: Command) -> None:
    """Asked once, when a command comes in. Raises `Refused` (planned_before_dispatch).

    Nothing is planned for a day before it was asked for.
    """
    if not isinstance(command, AnswerReport) or command.addressee not in state.addressees:
        return
    sent = state.addressees[command.addressee].dispatched_on
    early = [a.item for a in command.answers if a.planned_on is not None and a.planned_on < sent]
    refuse_all(
        tuple(
            Refusal(
                code="planned_before_dispatch", rule="16", params={"item": item, "sent": sent.isoformat()}
            )
            for item in early
        )
    )
