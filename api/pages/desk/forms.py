"""The forms for people with an account. A form that stands here has its pages: nothing else names it."""

from typing import Final

from api.pages.desk.cancelling import CancelForm
from api.pages.desk.desk_form import AnyDeskForm
from api.pages.desk.marking import CompleteForm, ConsiderForm
from api.pages.desk.paper import PaperForm

FORMS: Final[tuple[AnyDeskForm, ...]] = (PaperForm(), ConsiderForm(), CompleteForm(), CancelForm())
