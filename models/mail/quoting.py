"""Where a reply ends and what it answers begins: at our letters' line, or at a mail program's heading.

What stands below is shown folded and never dropped: people also write between the lines.
"""

import re
from typing import Final

MARKER: Final = "##-"
"""Our letters' first line begins so; the words after it are the catalogue's."""

_HEADINGS: Final = (
    re.compile(r"^[>\s]*##-"),
    # On … wrote: in the three languages, in one line or broken by the program into two.
    re.compile(
        r"^(?!>).{0,200}\b(?:пишет|писала?|написала?|жазды|жазған|wrote)\b[^\n:]{0,80}:\s*$", re.IGNORECASE
    ),
    re.compile(
        r"^-{2,}\s*(?:Original Message|Исходное сообщение|Пересылаемое сообщение|Бастапқы хат)\b.*$", re.I
    ),
    re.compile(r"^_{20,}\s*$"),
)
_FIELDS: Final = (
    re.compile(r"^\*?(?:От|Кімнен|From|Кімнен/От)\*?\s*:\s*\S", re.IGNORECASE),
    re.compile(
        r"^\*?(?:Отправлено|Дата|Жіберілген күні|Жіберілді|Күні|Sent|Date|Кому|Кімге|To)\*?\s*:\s*\S",
        re.IGNORECASE,
    ),
)
_SIGNATURE: Final = re.compile(r"^--\s?$")


def cut(words: str) -> tuple[str, str]:
    """What was written anew, and what stands below it."""
    lines = words.split("\n")
    for index, line in enumerate(lines):
        if _begins_quote(lines, index, line):
            return _whole(lines[:index]), _whole(lines[index:])
    return words.strip(), ""


def quotes_us(words: str) -> bool:
    """Whether the line of our letters stands in it."""
    return any(_HEADINGS[0].match(line) for line in words.split("\n"))


def without_signature(words: str) -> str:
    """The words above the line by which mail programs begin a signature."""
    lines = words.split("\n")
    ends = next((index for index, line in enumerate(lines) if _SIGNATURE.match(line)), len(lines))
    return _whole(lines[:ends])


def _begins_quote(lines: list[str], index: int, line: str) -> bool:
    if any(heading.match(line[:400]) for heading in _HEADINGS):
        return True
    following = lines[index + 1 : index + 4]
    if _FIELDS[0].match(line[:400]) and any(_FIELDS[1].match(each[:400]) for each in following):
        return True
    # From here on all is quoted: an answer between the lines has words after a quoted one.
    return line.startswith(">") and all(not each.strip() or each.startswith(">") for each in lines[index:])


def _whole(lines: list[str]) -> str:
    return "\n".join(lines).strip()
