"""What a person wrote to the reply address: an answer, an interim one, a question, or what somebody looks at.

An answer is what structure says it is. Words may only make less of a message, in any language: so what they
are mistaken about costs a look, and no answer is counted that is none.
"""

import re
from email.message import Message
from typing import Final, NamedTuple

from models.mail.automatic import threads
from models.mail.keys import SentLetter
from models.mail.opening import said
from models.mail.quoting import quotes_us, without_signature
from models.mail.sorts import EnclosedFile, Sign, Sort

_FEW: Final = 25
"""Characters: fewer words without a document say “received”, “thanks”, or what only a person can tell."""
_LOOKED_AT: Final = 2_000

_AUTOMATIC: Final = re.compile(
    r"automatic(?:ally)? (?:repl|generated|response)|auto[- ]?(?:reply|response)|out of (?:the )?office|"
    r"on vacation|"
    r"annual leave|автоматическ|автоответ|в отпуске|нахожусь в командировке|отсутствую|"
    r"буду отсутствовать|не отвечайте на это|"
    r"автоматты|автожауап|демалыстамын|еңбек демалысында|іссапардамын|орнымда болмаймын|орнымда жоқпын|"
    r"бұл хатқа жауап бермеңіз",
    re.IGNORECASE,
)
_INTERIM: Final = re.compile(
    r"interim|preliminary|under consideration|being (?:prepared|considered)|more time|extension|"
    r"accepted for work|"
    r"промежуточн|предварительн|на рассмотрении|принят\w* к (?:работе|сведению|исполнению)|готовится|"
    r"продлить|продлени|дополнительн\w+ срок|срок\w* будет|получен\w*[,.]? (?:спасибо|рассматрива)|"
    r"аралық|алдын ала|қаралуда|қарауға алынды|орындауға алынды|дайындалуда|ұзарт|"
    r"қосымша (?:мерзім|уақыт)|алынды",
    re.IGNORECASE,
)
_PICTURES: Final = "image/"
_NO_DOCUMENTS: Final = frozenset(
    {
        *("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"),
        *("text/calendar", "text/vcard", "text/x-vcard", "message/rfc822", "message/global"),
    }
)


class Judged(NamedTuple):
    """What a message is, and by what that was seen."""

    sort: Sort
    signs: tuple[Sign, ...] = ()


def judge_person(
    message: Message,
    letter: SentLetter | None,
    new_words: str,
    all_words: str,
    files: tuple[EnclosedFile, ...],
) -> Judged:
    """What somebody's message about a letter is, and why not more."""
    answers = letter is not None and letter.number.lower() in threads(message).lower()
    if not answers and not quotes_us(all_words):
        return Judged(Sort.UNKNOWN, (Sign.NO_THREAD,))
    own = without_signature(new_words)
    documents = any(map(is_a_document, files))
    looked_at = own[:_LOOKED_AT]
    if _AUTOMATIC.search(said(message, "Subject")) or (_AUTOMATIC.search(looked_at) and not documents):
        return Judged(Sort.UNKNOWN, (Sign.SOUNDS_AUTOMATIC,))
    if not own and not documents:
        return Judged(Sort.UNKNOWN, (Sign.NO_WORDS,))
    if _INTERIM.search(looked_at):
        return Judged(Sort.INTERIM_ANSWER, (Sign.SOUNDS_INTERIM,))
    return Judged(Sort.ANSWER) if documents else _without_a_document(own)


def _without_a_document(own: str) -> Judged:
    if _asks(own):
        return Judged(Sort.QUESTION, (Sign.ASKS,))
    return Judged(Sort.UNKNOWN, (Sign.FEW_WORDS,)) if len(own) < _FEW else Judged(Sort.ANSWER)


def _asks(words: str) -> bool:
    return any(line.rstrip(' )»"').endswith(("?", "?!")) for line in words.split("\n")) or "? " in words


def is_a_document(file: EnclosedFile) -> bool:
    """Whether somebody enclosed it to be read: no signature, no picture of one, no card or meeting."""
    return file.media_type not in _NO_DOCUMENTS and not file.media_type.startswith(_PICTURES)
