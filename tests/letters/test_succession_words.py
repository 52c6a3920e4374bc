"""Whoever came after a body reads what is its own now, by which act, from which day, in whose place."""

from datetime import date

from locales.catalogue import text
from locales.dates import say_date, say_day
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.letters.causes import order
from tests.letters.conftest import Bench, Sent
from tests.letters.ground import DUE, REASON
from tests.letters.post_office import part

IN_PLACE = {
    Language.KK: "Қала әкімдігі (Қалалық мұрағат орнына)",
    Language.RU: "Акимат города (вместо: Городской архив)",
    Language.EN: "City akimat (in place of City archive)",
}


def test_a_successor_reads_what_passed_to_it_by_which_act_and_from_which_day(sent: Sent) -> None:
    language, messages = sent
    told = part(messages[LetterKind.SUCCESSION_TOLD], "text/plain")
    assert IN_PLACE[language] in told
    assert REASON in told, "the act, in the words in which it is on record"
    assert say_date(language, date(2026, 11, 16)) in told
    report = text(
        language, "letter.passed_on.addressed", version=1, date=say_day(language, date(2026, 11, 2))
    )
    item = text(language, "letter.item.recommendation", position=1)
    due = text(language, "letter.passed_on.addressed.due", due=say_day(language, DUE))
    assert "; ".join((report, item, due)) in told
    assert "/r/" in told, "a link to answer by"


def test_letters_to_a_body_in_its_own_matters_name_nobody_beside_it(sent: Sent) -> None:
    language, messages = sent
    for kind in (LetterKind.REPORT_FOR_CONSIDERATION, LetterKind.ANSWER_CONFIRMATION):
        assert IN_PLACE[language].partition("(")[2] not in part(messages[kind], "text/plain")


async def test_what_confirms_a_reply_names_the_body_in_whose_place_it_was_given(bench: Bench) -> None:
    told = order(LetterKind.ANSWER_CONFIRMATION)
    in_its_place = told.letter.model_copy(update={"subject": "other"})
    await bench.send(told.model_copy(update={"letter": in_its_place}))
    (confirmed,) = bench.post_office.received
    assert IN_PLACE[Language.KK] in part(confirmed, "text/plain")
