"""How people are reached, as it is entered: an address that is one, a telephone that can be called.

What was entered before stays readable: these are types of what comes in, not of what is kept.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Final

import phonenumbers
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, EmailStr, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from models.monitoring.rules.contacts import UnusableContacts
from models.report.content import Conductor, ReportDraft
from models.vocabulary.addresses import alphabet_of, misleading_letter
from models.vocabulary.texts import ShortText

_HOME: Final = "KZ"
_SEVERAL: Final = re.compile(r"[,;]")
# By the plan: special services and help lines of three figures, call centres of four (14xx: the State's).
_SHORT: Final = re.compile(r"1(?:0[1-9]|1\d|5\d|6\d)|14\d\d|[2-9]\d{3}")
_EXTENSION: Final = re.compile(r"\b(?:ішкі|вн(?:утр)?|доб|ext|x)\b\.?:?", re.IGNORECASE)


def _of_one_alphabet(address: str) -> str:
    letter = misleading_letter(address)
    if letter:
        raise _of_another(letter)
    return address


def _of_another(letter: str) -> PydanticCustomError:
    said, named = "a letter of another alphabet: {letter}", {"letter": letter}
    match alphabet_of(letter):
        case "CYRILLIC":
            return PydanticCustomError("email_cyrillic", said, named)
        case "LATIN":
            return PydanticCustomError("email_latin", said, named)
    return PydanticCustomError("email_letters", said, named)


def _can_be_called(text: str) -> str:
    """One number or several, divided by commas; none is another matter."""
    for number in filter(None, map(str.strip, _SEVERAL.split(text))):
        if not _is_telephone(number):
            raise PydanticCustomError("phone", "a telephone number with its code, e.g. +7 7172 00 00 00")
    return text


def _is_telephone(text: str) -> bool:
    """A whole number (E.164, at home without the country's code too), or a short one of a call centre."""
    plain = _EXTENSION.sub(" ext ", text)
    if any(letter.isalpha() for letter in plain.replace(" ext ", "")):
        return False
    try:
        number = phonenumbers.parse(plain, _HOME)
    except phonenumbers.NumberParseException:
        return False
    short = _SHORT.fullmatch("".join(filter(str.isdecimal, text))) is not None
    return short or phonenumbers.is_possible_number(number)


Email = Annotated[EmailStr, AfterValidator(_of_one_alphabet)]
Phone = Annotated[ShortText, AfterValidator(_can_be_called)]
_EMAIL: Final[TypeAdapter[str]] = TypeAdapter(Email)
_PHONE: Final[TypeAdapter[str]] = TypeAdapter(Phone)


def can_be_written_to(address: str) -> bool:
    """Whether an address is one that mail can be sent to, of one alphabet."""
    try:
        _EMAIL.validate_python(address)
    except ValidationError:
        return False
    return True


def check_contacts(draft: ReportDraft) -> None:
    """Form I.2: contacts that are written can be used; whether all are is asked when the report is submitted.

    Raises RequestValidationError with every field that cannot.
    """
    found = [
        {**error, "loc": ("body", "conductors", place, field)}
        for place, conductor in enumerate(draft.conductors)
        for field, errors in _unusable(conductor)
        for error in errors
    ]
    if found:
        raise RequestValidationError(found)


def unusable_contacts(draft: ReportDraft) -> tuple[UnusableContacts, ...]:
    """Whose contacts would be printed and cannot be used, by the draft or else by the registry.

    Both may have been written before contacts were checked.
    """
    found = [(each.organisation, {field for field, _ in _unusable(each)}) for each in draft.conductors]
    return tuple(
        UnusableContacts(organisation=organisation, email="email" in fields, phone="phone" in fields)
        for organisation, fields in found
        if fields
    )


def _unusable(conductor: Conductor) -> Iterator[tuple[str, list[ErrorDetails]]]:
    """The contacts that are given and cannot be used, each with what is wrong with it."""
    for field, given, checks in (("email", conductor.email, _EMAIL), ("phone", conductor.phone, _PHONE)):
        try:
            if given:
                checks.validate_python(given)
        except ValidationError as error:
            yield field, error.errors(include_input=False, include_url=False)
