"""The word for a member of a vocabulary: `term.<enumeration>.<value>` in the catalogues."""

import re
from enum import Enum

from locales.catalogue import text
from models.vocabulary.procedure import Language


def term(language: Language, member: Enum) -> str:
    """What people call it, e.g. `Kind.THEMATIC`: «тақырыптық»."""
    return text(language, term_key(member))


def term_key(member: Enum) -> str:
    """`LetterKind.INVITATION` is `term.letter_kind.invitation`."""
    enumeration = re.sub(r"(?<!^)(?=[A-Z])", "_", type(member).__name__).lower()
    return f"term.{enumeration}.{member.value}"
