"""The evidence of the sample report: sources, indicators and findings (all numbers are invented)."""

from datetime import date
from decimal import Decimal

from models.report.content import Finding, Qualitative, Quantitative, Source, Wording
from models.vocabulary.procedure import Facet, IndicatorRole, SourceAccess, SourceKind

SOURCES = (
    Source(
        id="crimes",
        kind=SourceKind.LEGAL_STATISTICS,
        title=Wording(
            kk="Сыбайлас жемқорлық қылмыстары туралы есеп, 2025 жыл",
            ru="Отчёт о коррупционных преступлениях за 2025 год",
            en="Report on corruption crimes, 2025",
        ),
        owner="Құқықтық статистика органы",
        reference="https://statistics.example.kz/reports/2025/corruption-crimes?region=saryzhailau&format=table",
        obtained_on=date(2026, 2, 4),
        access=SourceAccess.OPEN,
    ),
    Source(
        id="plots",
        kind=SourceKind.OTHER_LAWFUL,
        title=Wording(kk="Жер учаскелерін беру тізілімі", ru="Реестр предоставления земельных участков"),
        owner="Сарыжайлау облысының жер қатынастары басқармасы",
        reference="Хат № 04-17/211",
        obtained_on=date(2026, 2, 20),
        access=SourceAccess.OFFICIAL,
        lawfulness_note="Мәліметтер жазбаша сұрау салу бойынша берілді, заңмен қорғалатын құпия жоқ.",
    ),
    Source(
        id="survey",
        kind=SourceKind.SURVEYS,
        title=Wording(kk="Тұрғындар сұрастыруы, n = 1 200", ru="Опрос жителей, n = 1 200"),
        owner="«Пікір» сұрастыру орталығы",
        reference="https://survey.example.kz/2026/03",
        obtained_on=date(2026, 3, 16),
        access=SourceAccess.OPEN,
    ),
)

INDICATORS = (
    Quantitative(
        id="offences",
        role=IndicatorRole.STATE,
        name=Wording(
            kk="Тіркелген сыбайлас жемқорлық қылмыстары",
            ru="Зарегистрированные коррупционные преступления",
            en="Registered corruption crimes",
        ),
        value=Decimal("34"),
        previous=Decimal("29"),
        previous_period="2024",
        sources=("crimes",),
    ),
    Quantitative(
        id="no_auction",
        role=IndicatorRole.STATE,
        name=Wording(
            kk="Аукционсыз берілген жер учаскелерінің үлесі",
            ru="Доля земельных участков, предоставленных без аукциона",
        ),
        unit="%",
        value=Decimal("40.0"),
        numerator=Decimal("412"),
        denominator=Decimal("1030"),
        sources=("plots",),
    ),
    Quantitative(
        id="single_source",
        role=IndicatorRole.STATE,
        name=Wording(
            kk="Мектептердің бір көзден сатып алуының құны бойынша үлесі",
            ru="Доля закупок школ из одного источника по стоимости",
        ),
        unit="%",
        value=Decimal("61.5"),
        numerator=Decimal("2460500000"),
        denominator=Decimal("4000813008"),
        previous=Decimal("58.2"),
        previous_period="2024",
        sources=("plots", "crimes"),
    ),
    Qualitative(
        id="perception",
        role=IndicatorRole.STATE,
        text=Wording(
            kk="Сұралғандардың әрбір сегізіншісі бейресми талаптарға тап болғанын айтты.",
            ru="Каждый восьмой опрошенный сообщил, что сталкивался с неформальными требованиями.",
        ),
        sources=("survey",),
    ),
    Qualitative(
        id="discretion",
        role=IndicatorRole.CAUSE,
        text=Wording(
            kk="«Басым» жер учаскелерінің тізімі ашық өлшемшарттарсыз жасалады; "
            "техникалық ерекшеліктер бір өнім берушінің құжаттарынан көшіріледі.",
            ru="Списки «приоритетных» участков составляются без открытых критериев; "
            "технические спецификации переписываются из документов одного поставщика.",
        ),
        sources=("plots",),
    ),
    Quantitative(
        id="reasons",
        role=IndicatorRole.EFFECTIVENESS,
        name=Wording(
            kk="Берілу негізі жарияланған учаскелердің үлесі",
            ru="Доля участков с опубликованным основанием предоставления",
        ),
        unit="%",
        value=Decimal("23"),
        sources=("plots",),
    ),
)

FINDINGS = (
    Finding(
        id="queue",
        text=Wording(
            kk="Жер учаскелерін беру кезегі жарияланбайды.",
            ru="Очередь на предоставление земельных участков не публикуется.",
        ),
        facets=(Facet.LAW_APPLICATION, Facet.PUBLIC_PERCEPTION),
        sources=("plots", "survey"),
    ),
    Finding(
        id="catalogue",
        text=Wording(
            kk="Мектептерге арналған сатып алудың электрондық каталогы жоқ.",
            ru="Электронного каталога закупок для школ нет.",
        ),
        facets=(Facet.POLICY_EFFECTIVENESS,),
        sources=("crimes",),
    ),
)
