"""The forms by which others are named, asked and written to, in the order of the conduct."""

from typing import Any, Final

from api.pages.desk.desk_form import StaffForm
from api.pages.desk.preparing.dispatching import DispatchForm
from api.pages.desk.preparing.group import (
    CreateWorkingGroupForm,
    InviteMemberForm,
    OrganisationAgreementForm,
    WithdrawMemberForm,
)
from api.pages.desk.preparing.joint import WithdrawCoConductorForm
from api.pages.desk.preparing.remarks import AttachForm, CommentForm
from api.pages.desk.preparing.requests import RequestInformationForm, WithdrawInformationRequestForm
from api.pages.desk.preparing.signing import SignForm

PREPARING: Final[tuple[StaffForm[Any, Any], ...]] = (
    CreateWorkingGroupForm(),
    InviteMemberForm(),
    WithdrawMemberForm(),
    OrganisationAgreementForm(),
    WithdrawCoConductorForm(),
    RequestInformationForm(),
    WithdrawInformationRequestForm(),
    DispatchForm(),
    CommentForm(),
    AttachForm(),
    SignForm(),
)
