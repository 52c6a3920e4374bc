"""By which words bodies and spheres are found; kept with every name that is entered."""

from sqlalchemy.dialects.postgresql import Insert

from activities.database.words import Texts, words_kept
from models.tables.bodies import OrganisationVersionRow
from models.tables.spheres import SphereRow
from models.vocabulary.procedure import OrganisationKind


def body_words(row: OrganisationVersionRow) -> Insert:
    """A body is found by every name that it bore; a natural person by none (A11)."""
    hidden = row.kind == OrganisationKind.NATURAL_PERSON
    names = () if hidden else (row.name_kk, row.name_ru, row.name_en)
    return words_kept(Texts.BODY, row.organisation, names, row.valid_from.isoformat())


def sphere_words(row: SphereRow) -> Insert:
    """A sphere is found by its names of today."""
    return words_kept(Texts.SPHERE, row.id, (row.name_kk, row.name_ru, row.name_en))
