"""A certificate of delivery with something in each of its parts, as it is handed to the typesetter."""

from activities.printing.delivery import DeliverySheet, entry
from activities.printing.facts import fact
from locales.catalogue import text
from models.vocabulary.procedure import Language

SAID = "№ 2 қалалық емхана"


def delivery_sheet(language: Language) -> DeliverySheet:
    """Of a letter that was taken at once."""

    def label(name: str) -> str:
        return text(language, f"page.workplace.delivery.{name}")

    return DeliverySheet(
        language=language,
        labels={name: label(name) for name in ("attempts", "no_attempts", "heard", "journal")},
        dated=(2026, 9, 4),
        heading=label("title"),
        foot="№ 2026-SARY-0001 · L12-0",
        facts=(fact(language, label("recipient"), SAID), fact(language, label("head"), "b" * 64, code=True)),
        attempts=(entry(SAID, (fact(language, label("answer"), "250 2.0.0 Ok: queued as 4F1A2B3C"),)),),
        heard=(entry(SAID),),
        journal=(entry(SAID, (fact(language, label("entry_hash"), "c" * 64, code=True),)),),
        notes=(label("means"), label("hashes")),
    )
