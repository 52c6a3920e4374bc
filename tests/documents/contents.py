"""A comprehensive report on fictional bodies (all numbers are invented), and one with only the least."""

from datetime import date

from models.report.content import (
    Conductor,
    Decision,
    Item,
    Named,
    Qualitative,
    ReportContent,
    ReportDraft,
    TaskAnswer,
    Wording,
)
from models.vocabulary.procedure import IndicatorRole, ItemKind, Kind, Language, Task
from tests.documents.evidence import FINDINGS, INDICATORS, SOURCES

NUMBER = "2026-AB-0001"

DECISION = Decision(
    assessment=Wording(
        kk="Қабылданған шаралар ішінара тиімді: қылмыстар саны өсті, ал шешімдердің негіздері "
        "сирек жарияланады.",
        ru="Принятые меры эффективны частично: число преступлений выросло, а основания решений "
        "редко публикуются.",
    ),
    items=(
        Item(
            id="p1",
            kind=ItemKind.PROPOSAL,
            addressee="land",
            text=Wording(
                kk="Жер учаскелерін беру кезегін негіздерімен бірге ашық жариялау.",
                ru="Открыто публиковать очередь на предоставление участков с основаниями.",
            ),
            basis="queue",
            due_on=date(2026, 12, 31),
        ),
        Item(
            id="r1",
            kind=ItemKind.RECOMMENDATION,
            addressee="education",
            text=Wording(
                kk="Білім басқармасының қызметінде сыбайлас жемқорлық тәуекелдеріне сыртқы талдау "
                "жүргізу ұсынылсын.",
                ru="Рекомендовать проведение внешнего анализа коррупционных рисков в управлении образования.",
            ),
            basis="catalogue",
        ),
        Item(
            id="p2",
            kind=ItemKind.PROPOSAL,
            addressee="education",
            text=Wording(
                kk="Мектептер үшін бірыңғай электрондық каталог енгізу.",
                ru="Ввести единый электронный каталог для школ.",
            ),
            basis="catalogue",
        ),
    ),
)

BODIES = (
    Named(
        id="land",
        name=Wording(
            kk="Сарыжайлау облысының жер қатынастары басқармасы",
            ru="Управление земельных отношений Сарыжайлауской области",
        ),
    ),
    Named(
        id="education",
        name=Wording(
            kk="Сарыжайлау облысының білім басқармасы", ru="Управление образования Сарыжайлауской области"
        ),
    ),
)

DRAFT = ReportDraft(
    started_on=date(2026, 2, 2),
    ended_on=date(2026, 4, 30),
    conductors=(
        Conductor(
            organisation="ab",
            name=Wording(
                kk="Сыбайлас жемқорлыққа қарсы іс-қимыл жөніндегі уәкілетті орган",
                ru="Уполномоченный орган по противодействию коррупции",
            ),
            email="monitoring@example.kz",
            phone="+7 7172 00 00 00",
        ),
        Conductor(
            organisation="expert",
            name=Wording(kk="Тәуелсіз сарапшы (жеке тұлға)", ru="Независимый эксперт (физическое лицо)"),
            natural_person=True,
            email="expert@example.kz",
            phone="+7 700 000 00 01",
        ),
    ),
    conclusions=Wording(
        kk="Екі салада да шешімдердің негіздері жарияланбайды.\n\n"
        "Ұсынылған шаралар осы жағдайды өзгертуге бағытталған.",
        ru="В обеих сферах основания решений не публикуются.\n\n"
        "Предложенные меры направлены на изменение этого положения.",
    ),
    tasks=(
        TaskAnswer(
            task=Task.EXPOSED_SPHERES,
            text=Wording(
                kk="Ең осал сала – жер қатынастары.", ru="Наиболее подвержена сфера земельных отношений."
            ),
        ),
        TaskAnswer(
            task=Task.MEASURES_EFFECTIVENESS,
            text=Wording(
                kk="Шаралар негізінен түсіндіру жұмысымен шектеледі.",
                ru="Меры в основном ограничиваются разъяснениями.",
            ),
        ),
        TaskAnswer(
            task=Task.PUBLIC_PERCEPTION,
            text=Wording(
                kk="Сұралғандардың 12,8 %-ы бейресми талаптарға тап болған (±1,9 п. т.).",
                ru="12,8 % опрошенных сталкивались с неформальными требованиями (±1,9 п. п.).",
            ),
        ),
    ),
    decision=DECISION,
    authentic_language=Language.KK,
)

COMPREHENSIVE = ReportContent(
    number=NUMBER,
    kind=Kind.COMPREHENSIVE,
    title=Wording(
        kk="Жер қатынастары және мектептердегі мемлекеттік сатып алу салаларындағы сыбайлас жемқорлыққа "
        "қарсы кешенді мониторинг",
        ru="Комплексный антикоррупционный мониторинг в сферах земельных отношений и государственных "
        "закупок школ",
        en="Comprehensive monitoring of land relations and school procurement",
    ),
    spheres=(
        Named(id="land-relations", name=Wording(kk="Жер қатынастары", ru="Земельные отношения")),
        Named(
            id="school-procurement",
            name=Wording(kk="Мектептердегі мемлекеттік сатып алу", ru="Государственные закупки школ"),
        ),
    ),
    objects=BODIES,
    bodies=BODIES,
    draft=DRAFT,
    sources=SOURCES,
    indicators=INDICATORS,
    findings=FINDINGS,
)

_NOT_GIVEN = Qualitative(
    id="i-kk",
    role=IndicatorRole.STATE,
    text=Wording(kk="Бірінші абзац.\n\nЕкінші абзац: тізім жабық.\n\nҮшінші абзац."),
)
# A text of several paragraphs, given in Kazakh only.
UNTRANSLATED = COMPREHENSIVE.model_copy(update={"indicators": (*COMPREHENSIVE.indicators, _NOT_GIVEN)})

# A draft in its first hour: everything that may be absent is absent.
EMPTY = ReportContent(number="2026-NGO1-0007", kind=Kind.THEMATIC)
