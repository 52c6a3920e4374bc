"""The forms for answers to letters: which of them a letter leads to, its purpose's row says."""

from collections.abc import Mapping
from typing import Final

from api.pages.links.amendment import AmendmentForm
from api.pages.links.consideration import ConsiderationForm
from api.pages.links.excerpt import ExcerptForm
from api.pages.links.form_names import FormName
from api.pages.links.handing_on import HandOnForm
from api.pages.links.implementation import ImplementationForm
from api.pages.links.information import InformationForm
from api.pages.links.invitation import InvitationForm
from api.pages.links.joint_conduct import JointConductForm
from api.pages.links.letter_form import AnyLetterForm
from api.pages.links.long_reply.form import LongReplyForm, is_long
from api.pages.links.matter import Matter
from api.pages.links.more_time import MoreTimeForm
from api.pages.links.receipt import ReceiptForm
from api.pages.links.reply import ReplyForm
from api.pages.links.term_extension import TermExtensionForm
from api.pages.links.withdrawal import WithdrawalForm
from api.pages.site.stopping import Elsewhere, StopKind, Stopped
from models.agenda.terms import is_of_the_code
from models.commands.command import Command
from models.letters.purposes import LINKS

FORMS: Final[Mapping[type[Command], AnyLetterForm]] = {
    form.command: form
    for form in (
        JointConductForm(),
        InvitationForm(),
        WithdrawalForm(),
        InformationForm(),
        ReplyForm(),
        AmendmentForm(),
        ReceiptForm(),
        MoreTimeForm(),
        TermExtensionForm(),
        ImplementationForm(),
        ConsiderationForm(),
        ExcerptForm(),
        HandOnForm(),
    )
}
"""The form by which each command is given."""
_LONG_REPLY: Final = LongReplyForm()


def form_behind(matter: Matter, name: FormName) -> AnyLetterForm:
    """A form of a letter, by its name. Raises Stopped where it has none, Elsewhere where nothing is asked."""
    forms = (FORMS[command] for command in LINKS[matter.purpose].forms)
    form = next((each for each in forms if each.name == name), None)
    if form is None or (name is FormName.HANDING_ON and matter.on_paper):
        raise Stopped(StopKind.INVALID)
    if name is FormName.MORE_TIME and matter.deadline is None:
        raise Elsewhere(matter.address())  # no date was set: there is nothing to move
    if name is FormName.EXTENSION and not (matter.deadline and is_of_the_code(matter.deadline)):
        raise Elsewhere(matter.address())  # no term of the Code is running: the sender's date is the sender's
    if isinstance(form, ReplyForm) and name is FormName.ANSWER and is_long(matter):
        return _LONG_REPLY
    return form
