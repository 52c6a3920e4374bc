"""Numbers as people write them, in whichever language: `1 250,5`, `1,250.5`, `1.250,5`, `1'250`."""

import re
from decimal import Decimal
from typing import Final

_MINUS: Final = re.compile("^[\u2010-\u2015\u2212]")
_WHOLE: Final = r"[0-9]+|[0-9]{1,3}(?:[ '][0-9]{3})+"
_PLAIN: Final = re.compile(rf"({_WHOLE})(?:[.,]([0-9]+))?")
_GROUPED: Final = re.compile(r"([0-9]{1,3}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]+))?")


def readings(written: str) -> tuple[Decimal, ...]:
    """What a number can mean: nothing, one thing, or two where `1,250` may be a thousand or one.

    Of two the whole number comes first. Decimals stay as many as were written.
    """
    plain = _MINUS.sub("-", " ".join(written.split()).replace("\u2019", "'"))
    sign, digits = ("-", plain[1:].lstrip()) if plain.startswith("-") else ("", plain)
    found: list[Decimal] = []
    if grouped := _GROUPED.fullmatch(digits):
        whole, mark, part = grouped.groups()
        if not whole.startswith("0"):
            found.append(_decimal(sign, whole.replace(mark, ""), part))
    if parted := _PLAIN.fullmatch(digits):
        found.append(_decimal(sign, re.sub("[ ']", "", parted[1]), parted[2]))
    return tuple(found)


def _decimal(sign: str, whole: str, part: str | None) -> Decimal:
    return Decimal(f"{sign}{whole}.{part}" if part else f"{sign}{whole}")
