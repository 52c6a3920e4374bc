"""A letter that was handed on: whole, to the colleague, in its language; and what is told of it."""

from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.letters.causes import order, seq_of_cause
from tests.letters.conftest import Bench, Sent
from tests.letters.ground import COLLEAGUE_NOTE, QUESTION, REASON
from tests.letters.post_office import part

TO = {
    Language.KK: "Үлгі Әріптес, colleague@example.kz (берген: Үлгі Хатшы, Кеңсе меңгерушісі)",
    Language.RU: "Үлгі Әріптес, colleague@example.kz (передал(а): Үлгі Хатшы, Кеңсе меңгерушісі)",
    Language.EN: "Үлгі Әріптес, colleague@example.kz (handed on by Үлгі Хатшы, Кеңсе меңгерушісі)",
}


def test_whoever_had_it_hears_to_whom_and_by_whom_it_was_handed_on(sent: Sent) -> None:
    language, messages = sent
    told = part(messages[LetterKind.LETTER_HANDED_ON], "text/plain")
    assert TO[language] in told
    assert "/r/" not in told, "a notice asks for nothing"


async def test_the_colleague_gets_the_letter_whole_with_a_link_of_its_own(bench: Bench) -> None:
    """With what its first cause says of it, and by whom it was handed on."""
    for kind in (LetterKind.INFORMATION_REQUEST, LetterKind.DEADLINE_EXTENDED):
        known = order(kind)
        assert known.letter.id == f"L{seq_of_cause(kind)}-0"
        fields = {"id": f"L9{known.letter.id[1:]}", "colleague": COLLEAGUE_NOTE, "copy_of": known.letter.id}
        await bench.send(known.model_copy(update={"letter": known.letter.model_copy(update=fields)}))
        message = bench.post_office.received[-1]
        plain = part(message, "text/plain")
        assert str(message["To"]) == "colleague@example.kz"
        assert message["Content-Language"] == "ru"
        assert f"Үлгі Хатшы, Кеңсе меңгерушісі: {REASON}" in plain, "who handed it on, and what was said"
        assert (QUESTION.partition("\n")[0] in plain) is (kind is LetterKind.INFORMATION_REQUEST)
        assert "Үлгі Әріптес (" in plain, "for which body it reads"
        assert "/r/" in plain
