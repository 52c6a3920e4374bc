"""The forms for the content, in the order in which their addresses are looked at: words before any id."""

from typing import Any, Final

from api.pages.desk.desk_form import StaffForm
from api.pages.desk.editing.decision_items import (
    DecisionItemForm,
    DecisionItemRemovalForm,
    NewDecisionItemForm,
)
from api.pages.desk.editing.draft_parts import (
    AssessmentForm,
    ConclusionsForm,
    ConductForm,
    NoGroundsForm,
    TasksForm,
)
from api.pages.desk.editing.findings import FindingForm, FindingRemovalForm, NewFindingForm
from api.pages.desk.editing.import_withdrawal import WITHDRAWALS
from api.pages.desk.editing.importing import IMPORTS
from api.pages.desk.editing.indicators import IndicatorForm, IndicatorRemovalForm, NewIndicatorForm
from api.pages.desk.editing.sources import NewSourceForm, SourceForm, SourceRemovalForm

EDITORS: Final[tuple[StaffForm[Any, Any], ...]] = (
    *IMPORTS,
    *WITHDRAWALS,
    NewSourceForm(),
    SourceForm(),
    SourceRemovalForm(),
    NewIndicatorForm(),
    IndicatorForm(),
    IndicatorRemovalForm(),
    NewFindingForm(),
    FindingForm(),
    FindingRemovalForm(),
    NewDecisionItemForm(),
    DecisionItemForm(),
    DecisionItemRemovalForm(),
    ConductForm(),
    TasksForm(),
    ConclusionsForm(),
    AssessmentForm(),
    NoGroundsForm(),
)
