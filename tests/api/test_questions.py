"""A question may be asked in several languages: whoever is asked reads it in theirs (rules 7, 8)."""

from datetime import date

from sqlmodel import col, select

from activities.registries.lookup import Lookup
from api.content.notes import kept
from models.report.content import Wording
from models.tables.content import NoteRow
from models.vocabulary.procedure import Language
from tests.api.test_terms import ANALYST, starts
from tests.api.world import World

QUESTION = Wording(kk="Қанша күтеді?", ru="Сколько ждут?")


async def test_a_question_is_kept_in_its_languages_and_read_in_the_reader_s(office: World) -> None:
    path = await starts(office)
    body = {"holder": "health-sary", "source_kind": 6, "question_in": QUESTION.model_dump()}
    asked = await office.call(ANALYST, "POST", f"{path}/information-requests", json=body)
    assert asked.status_code == 200, asked.text
    note = kept(QUESTION).sha256
    async with office.sessions() as session:
        rows = await session.exec(select(NoteRow).where(col(NoteRow.sha256) == note))
        assert rows.one().sha256 == note
        read = {
            language: await Lookup(session, language, date(2026, 11, 29)).note(note) for language in Language
        }
    assert read == {
        Language.KK: "Қанша күтеді?",
        Language.RU: "Сколько ждут?",
        Language.EN: "Қанша күтеді? [in Kazakh]",
    }


async def test_without_a_question_nothing_is_asked(office: World) -> None:
    path = await starts(office)
    nothing: tuple[dict[str, object], ...] = ({}, {"question_in": {}}, {"question_in": {"kk": "—"}})
    for given in nothing:
        body = {"holder": "health-sary", "source_kind": 6, **given}
        asked = await office.call(ANALYST, "POST", f"{path}/information-requests", json=body)
        assert asked.status_code == 422, asked.text
        assert [error["pointer"] for error in asked.json()["errors"]] == ["/question"]


async def test_rule_05_a_special_state_body_is_asked_nothing_and_the_answer_says_why(office: World) -> None:
    path = await starts(office)
    body = {"holder": "guard-service", "source_kind": 6, "question": "Қанша күтеді?"}
    asked = await office.call(ANALYST, "POST", f"{path}/information-requests", json=body)
    told = asked.json()
    assert (told["code"], told["rule"]) == ("holder_special_state_body", "5"), asked.text
    assert "guard-service" not in told["detail"], "it is called by its name"
