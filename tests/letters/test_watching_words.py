"""What whoever coordinates reads: each thing that others did, by whom; since when nobody did anything."""

from datetime import date

from locales.catalogue import has_text, plural, text
from locales.dates import say_date, say_day
from models.monitoring.news import NEWS_TYPES
from models.vocabulary.letters import LetterKind
from models.vocabulary.procedure import Language
from tests.letters.conftest import Sent
from tests.letters.post_office import part

RETURNED = {
    Language.KK: "есептің 2-нұсқасы пысықтауға қайтарылды",
    Language.RU: "версия отчёта № 2 возвращена на доработку",
    Language.EN: "version No. 2 of the report was returned",
}


def test_every_kind_of_news_has_its_sentence_in_each_language() -> None:
    missing = [
        (language, type_)
        for language in Language
        for type_ in NEWS_TYPES
        if not has_text(language, f"letter.news.{type_}")
    ]
    assert missing == []


def test_news_says_what_was_done_and_by_whom(sent: Sent) -> None:
    language, messages = sent
    news = part(messages[LetterKind.NEWS_GATHERED], "text/plain")
    assert RETURNED[language] in news
    assert say_day(language, date(2026, 12, 4)) in news
    assert "None" not in news


def test_a_reminder_of_a_rest_says_since_when_and_that_it_is_no_breach(sent: Sent) -> None:
    language, messages = sent
    rested = part(messages[LetterKind.MONITORING_RESTED], "text/plain")
    assert say_date(language, date(2026, 9, 1)) in rested


def test_whoever_approves_is_told_that_a_person_s_data_will_be_public(sent: Sent) -> None:
    """The second version has a place, the first has none: nothing is said of it then."""
    language, messages = sent
    label = text(language, "letter.fact.disclosures")
    assert f"{label}: {plural(language, 'letter.disclosures', 1)}" in part(
        messages[LetterKind.APPROVAL_REQUEST], "text/plain"
    )
    assert label not in part(messages[LetterKind.PUBLICATION_REQUEST], "text/plain")
