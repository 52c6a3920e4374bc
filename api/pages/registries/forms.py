"""The administrator's forms. A form in the list has its pages: nothing else names it."""

from typing import Final

from api.pages.registries.accounts import AccountForm, NewAccountForm
from api.pages.registries.bodies import AbolitionForm, NewBodyForm, SuccessionForm, VersionForm
from api.pages.registries.calendar_days import CalendarDaysForm
from api.pages.registries.edition_form import EditionForm
from api.pages.registries.file_schedules import FileScheduleForm, NewFileScheduleForm
from api.pages.registries.people import (
    CouncilForm,
    NewCouncilForm,
    NewPersonForm,
    NewSphereForm,
    PersonForm,
    SphereForm,
)
from api.pages.registries.personal_data.incident_forms import IncidentForm, NewIncidentForm
from api.pages.registries.registry_form import RegistryForm
from api.pages.registries.webhooks import NewWebhookForm, WebhookForm

FORMS: Final[tuple[RegistryForm, ...]] = (
    NewBodyForm(),
    VersionForm(),
    AbolitionForm(),
    SuccessionForm(),
    NewPersonForm(),
    PersonForm(),
    NewCouncilForm(),
    CouncilForm(),
    NewSphereForm(),
    SphereForm(),
    NewAccountForm(),
    AccountForm(),
    NewWebhookForm(),
    WebhookForm(),
    NewFileScheduleForm(),
    FileScheduleForm(),
    CalendarDaysForm(),
    EditionForm(),
    NewIncidentForm(),
    IncidentForm(),
)
