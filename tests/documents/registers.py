"""A consolidated register with something in each of its parts, as it is handed to the typesetter."""

import re

from activities.printing.form_words import said
from activities.printing.register_sheet import (
    ChangeEntry,
    CountEntry,
    CountGroup,
    FindingEntry,
    FindingGroup,
    RegisterSheet,
    RepeatEntry,
    ReportEntry,
)
from activities.printing.typeset import FORMS
from models.vocabulary.procedure import Language

NUMBER = "2026-SARY-0001"
COUNTED = (f"{NUMBER} (9)",)


def register_sheet(language: Language) -> RegisterSheet:
    """Its labels are their own names: what they say is another test's matter."""
    template = (FORMS / "register" / "register.typ").read_text(encoding="utf-8")
    style = (FORMS / "register" / "style.typ").read_text(encoding="utf-8")
    labels = sorted(set(re.findall(r"(?:words|labels)\.(\w+)", template + style)))
    text = said("Кезек жарияланбайды.\n\nТізім жабық.", Language.KK, language)
    finding = FindingEntry(text=text, details="Жаңаарал", report=NUMBER)
    count = CountEntry(
        name="Білім",
        findings="9",
        proposals="1",
        recommendations="1",
        indicators="2",
        total="13",
        reports=COUNTED,
    )
    change = ChangeEntry(
        name=text, about="", year="2026", now="9", before="7", change="+2", why_not="", reports=COUNTED
    )
    report = ReportEntry(
        number=NUMBER,
        version="1",
        title=text,
        conductor="Үлгі",
        ended="30.06.2026",
        received="01.07.2026",
        content="a" * 64,
    )
    return RegisterSheet(
        language=language,
        labels={name: name for name in labels},
        dated=(2026, 7, 1),
        period="2026",
        narrowed="",
        made="01.07.2026",
        left_out="",
        empty_parts="",
        reports=(report,),
        counts=(CountGroup(name="spheres", counts=(count,)),),
        findings=(FindingGroup(name="Білім", findings=(finding,)),),
        repeats=(RepeatEntry(heading="2025, 2026", because=("same words",), members=(finding, finding)),),
        count_changes=(change,),
        indicator_changes=(change,),
    )
