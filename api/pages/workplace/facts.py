"""What a monitoring is, as labels with what they say: the facts that the API's read tells."""

from api.pages.desk.coordinating import MonitoringSitting
from api.routes.monitorings import read_monitoring
from api.views.monitorings import MonitoringView, NamedView
from locales.catalogue import text
from locales.dates import say_day, say_period
from locales.terms import term
from models.vocabulary.procedure import Language

Fact = tuple[str, str]


async def facts_said(sitting: MonitoringSitting) -> tuple[Fact, ...]:
    """Of the same reader, as much as the API would tell; what is not there yet has no line."""
    language = sitting.language
    view = await read_monitoring(sitting.access, sitting.session, sitting.today)
    days = (("began", view.began_on), ("approved", view.approved_on), ("closed", view.closed_on))
    said = (
        ("kind", term(language, view.kind)),
        ("conductors", _named(language, view.conductors)),
        ("objects", _named(language, view.objects)),
        ("spheres", _named(language, view.spheres)),
        ("studied", say_period(language, view.studied_from, view.studied_until)),
        *((name, say_day(language, day)) for name, day in days if day),
        ("standing", _standing(language, view)),
    )
    return tuple((text(language, f"page.workplace.fact.{name}"), value) for name, value in said if value)


def _named(language: Language, named: tuple[NamedView, ...]) -> str:
    return "; ".join(each.name.best(language) for each in named)


def _standing(language: Language, view: MonitoringView) -> str:
    standing = view.standing
    held = (
        ("sent_to_interested", standing.sent_to_interested),
        ("sent_to_authorized_body", standing.sent_to_authorized_body),
        ("published", standing.published),
        ("considered", standing.considered_by_authorized_body),
        ("considered_by_council", standing.considered_by_council),
    )
    return ", ".join(text(language, f"page.workplace.standing.{name}") for name, holds in held if holds)
