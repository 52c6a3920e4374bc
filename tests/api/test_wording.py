"""Sentences about refusals: values in the reader's words, dates as he writes them, gaps as a dash."""

from http import HTTPStatus

import pytest

from api.http.problems import problem_of, sentence
from api.problems.problem import Failed
from api.problems.wording import AMOUNTS, DAYS, INSTANTS, MISSING, SIZE, TEXTS, VOCABULARIES
from locales.catalogue import placeholders
from models.vocabulary.procedure import Language
from models.vocabulary.refusal import Refusal
from tests.models.monitoring.rules.citations import raised_refusals

KK, RU, EN = Language.KK, Language.RU, Language.EN
# Ids, numbers and what people typed: shown as they are.
PLAIN = frozenset(
    {
        *("bodies", "bound", "edition", "limit", "line", "minutes", "spheres", "version"),
        *("council", "deadline", "finding", "indicator", "item", "letter", "member", "organisation"),
        *("person", "request", "source", "subject", "allowed", "cell", "column", "places"),
        *("days", "ladder", "least", "most", "order", "rung"),  # as an edition is written
        *("document", "host", "hosts", "number"),  # as they were typed or stand on file
    }
)


def said(language: Language, code: str, /, **params: str) -> str:
    return sentence(language, Refusal(code=code, params=params))


@pytest.mark.parametrize(("language", "word"), [(KK, "жинақтау"), (RU, "сбор"), (EN, "collecting")], ids=str)
def test_a_vocabulary_s_value_is_its_term_in_the_reader_s_language(language: Language, word: str) -> None:
    told = said(language, "activity_missing", activity="collect")
    assert word in told
    assert "collect»" not in told


@pytest.mark.parametrize(
    ("code", "params", "words"),
    [
        pytest.param("not_in_conduct", {"stage": "drafting"}, "report being drafted", id="stage"),
        pytest.param("invitation_answered", {"consent": "no_answer"}, "no answer", id="consent"),
        pytest.param("community_missing", {"community": "public"}, "of the public", id="community"),
        pytest.param("task_unanswered", {"task": "exposed_spheres"}, "the spheres most exposed", id="task"),
        pytest.param("part_ii_role_missing", {"role": "cause"}, "“cause”", id="role"),
        pytest.param("part_ii_kind_missing", {"kind": "qualitative"}, "qualitative indicator", id="kind"),
        pytest.param("addressee_kind_not_listed", {"kind": "maslikhat"}, "maslikhat", id="body"),
        pytest.param("text_missing_in_language", {"language": "kk"}, "Kazakh", id="language"),
        pytest.param("letter_not_resendable", {"status": "due"}, "to be sent", id="status"),
        pytest.param("step_missing", {"step": "2"}, "studying and analysing", id="step"),
        pytest.param("step_out_of_order", {"step": "3", "expected": "2"}, "studying and", id="expected"),
    ],
)
def test_each_vocabulary_is_worded(code: str, params: dict[str, str], words: str) -> None:
    assert words in said(EN, code, **params)


@pytest.mark.parametrize(
    ("language", "day"), [(KK, "21.09.2026"), (RU, "21.09.2026"), (EN, "21 Sept 2026")], ids=str
)
def test_a_day_is_written_as_people_write_it(language: Language, day: str) -> None:
    told = said(language, "reply_date_passed", due="2026-09-21")
    assert day in told
    assert "2026-09-21" not in told


@pytest.mark.parametrize(("language", "size"), [(KK, "20 МБ"), (RU, "20 МБ"), (EN, "20 MB")], ids=str)
def test_a_size_is_said_as_people_say_it(language: Language, size: str) -> None:
    assert size in said(language, "too_large", bytes=str(20 * 1024 * 1024))


def test_an_instant_is_said_in_local_time() -> None:
    told = said(EN, "meeting_in_past", meeting="2026-09-21 04:30:00+00:00")
    assert "21 September 2026" in told
    assert "09:30" in told


@pytest.mark.parametrize("language", Language)
def test_what_was_not_given_is_a_dash(language: Language) -> None:
    assert MISSING in said(language, "activity_missing")
    assert MISSING in said(language, "reply_date_passed", due="")


@pytest.mark.parametrize(
    ("code", "params"),
    [
        ("activity_missing", {"activity": "juggle"}),
        ("date_in_future", {"date": "soon"}),
        ("meeting_in_past", {"meeting": "never"}),
        ("member_unknown", {"member": "public"}),
    ],
)
def test_what_has_no_word_is_shown_as_it_is(code: str, params: dict[str, str]) -> None:
    (value,) = params.values()
    assert value in said(EN, code, **params)


def test_a_code_without_a_sentence_is_told_by_its_name() -> None:
    assert "unheard_of" in said(EN, "unheard_of")


def test_the_machine_s_params_stay_raw() -> None:
    refusals = (
        Refusal(code="not_in_conduct", rule="8", params={"stage": "drafting"}),
        Refusal(code="date_in_future", rule="8", params={"date": "2026-09-21"}),
    )
    problem = problem_of(Failed(HTTPStatus.UNPROCESSABLE_ENTITY, "not_in_conduct", refusals=refusals), EN)
    assert [reason.params for reason in problem.problems] == [{"stage": "drafting"}, {"date": "2026-09-21"}]
    assert "drafted" in problem.problems[0].detail


def test_it_is_known_of_every_parameter_of_a_sentence_how_it_is_said() -> None:
    codes = sorted({raised.code for raised in raised_refusals()})
    named = {name for code in codes for name in placeholders(EN, f"refused.{code}")}
    known = PLAIN | AMOUNTS | DAYS | INSTANTS | {SIZE, TEXTS} | set(VOCABULARIES)
    assert sorted(named - known) == [], "word these in api/problems/wording.py, or list them here as plain"
