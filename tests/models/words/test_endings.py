"""Kazakh words meet by their stems; the table of pairs says which do, and which do not."""

import pytest

from models.words.endings import stems
from models.words.folding import words_in

ONE_WORD = """
әкімдік әкімдігіндегі; мектептердің мектептердегі; мектеп мектебіне; тексеріс тексерісінің; тексеру тексеруге
халық халқының; мүлік мүлкін; қауіп қаупіне; орын орнында; нарық нарқындағы; құқық құқығын; жауап жауабынан
сала саласындағы; басқарма басқармасымен; қызмет қызметінде; есеп есебі; бюджет бюджетінен; жер жерлерді
министрлік министрлігінің; кеңес кеңестерге; іс істерінде; ұсыныс ұсыныстарымыз; ұйым ұйымдарының; ел елдегі
тұлға тұлғалардан; аудан аудандағы; облыс облысының; емхана емханасы; мемлекет мемлекеттің; қала қаладағы
бағдарлама бағдарламасына; көрсеткіш көрсеткіштері; дәрігер дәрігерлермен; аудит аудиттен
мониторинг мониторингі; жемқорлық жемқорлыққа; агенттік агенттігімен; кітап кітабында; шешім шешімдеріне
рұқсат рұқсаттарының; әкімдігінің әкімдіктерден; клуб клубында; кәсіпорын кәсіпорындардың
департаментте департаментіндегі
"""
DIFFERENT_WORDS = """
мектеп мемлекет; қала қалам; бала балық; жер жеміс; сала салық; кеңес кеңсе; есеп есік; әкім әкімшілік
орын орман; ада ана; құқық құжат; баға бақ
"""


def pairs(table: str) -> list[tuple[str, str]]:
    lines = (pair.split() for line in table.strip().splitlines() for pair in line.split(";") if pair.strip())
    return [(words_in(one)[0], words_in(other)[0]) for one, other in lines]


@pytest.mark.parametrize(("one", "other"), pairs(ONE_WORD))
def test_a_word_is_the_same_with_every_ending(one: str, other: str) -> None:
    assert stems(one) & stems(other)


@pytest.mark.parametrize(("one", "other"), pairs(DIFFERENT_WORDS))
def test_words_that_only_begin_alike_stay_two(one: str, other: str) -> None:
    assert not stems(one) & stems(other)
