"""What the register can be narrowed by: everything that a report on file names, each once, by its name."""

from collections.abc import Iterable

from api.register.on_file import OnFile
from api.register.views import NamedValue
from api.register.wording import RegisterWords
from models.register.filed import line_of
from models.vocabulary.base import Model
from models.vocabulary.procedure import Language
from models.words.order import by_name


class Choice(Model):
    """One value of a filter."""

    value: str
    name: str


class RegisterChoices(Model):
    """The values of the filters, in the order in which they are offered."""

    sphere: tuple[Choice, ...]
    region: tuple[Choice, ...]
    object: tuple[Choice, ...]
    year: tuple[Choice, ...]
    conductor: tuple[Choice, ...]

    def of(self, name: str) -> tuple[Choice, ...]:
        found: tuple[Choice, ...] = getattr(self, name)
        return found


def choices_in(on_file: OnFile, language: Language) -> RegisterChoices:
    """All values that narrow to something."""
    words = RegisterWords(language, on_file)
    lines = [line_of(each, on_file.places) for each in on_file.filed]
    regions = {region: words.region(region) for line in lines for region in line.regions}
    years = sorted({str(line.year) for line in lines}, reverse=True)
    return RegisterChoices(
        sphere=_named((words.sphere(each) for line in lines for each in line.spheres), language),
        region=_in_order(regions, language),
        object=_named((words.organisation(each) for line in lines for each in line.objects), language),
        year=tuple(Choice(value=each, name=each) for each in years),
        conductor=_named((words.organisation(each) for line in lines for each in line.conductors), language),
    )


def _named(found: Iterable[NamedValue], language: Language) -> tuple[Choice, ...]:
    return _in_order({each.id: each.name for each in found}, language)


def _in_order(names: dict[str, str], language: Language) -> tuple[Choice, ...]:
    return tuple(Choice(value=known, name=name) for known, name in by_name(names, language))
