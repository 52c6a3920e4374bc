"""A reply with something in each of its parts, as it is handed to the typesetter."""

from activities.printing.facts import fact
from activities.printing.form_words import typed
from activities.printing.reply import PrintedFile, RepliedPart, ReplySheet
from locales.catalogue import text
from models.vocabulary.procedure import Language

SAID = "№ 2 қалалық емхана"


def reply_sheet(language: Language) -> ReplySheet:
    """On one item, with a file."""

    def label(name: str) -> str:
        return text(language, f"reply.pdf.{name}")

    return ReplySheet(
        language=language,
        labels={name: label(name) for name in ("items", "file", "sha256")},
        dated=(2026, 9, 4),
        heading=label("title"),
        foot="№ 2026-SARY-0001/42",
        facts=(
            fact(language, label("body"), SAID),
            fact(language, label("entry_hash"), "b" * 64, code=True),
        ),
        parts=(
            RepliedPart(
                heading=text(language, "page.reply.item.proposal", position=1),
                text=typed(SAID, language),
                facts=(fact(language, text(language, "page.reply.reason"), SAID),),
                files=(PrintedFile(said=f"{SAID}.pdf (12 KB)", sha256="c" * 64),),
            ),
            RepliedPart(heading=text(language, "page.reply.whole")),
        ),
        notes=(label("means"),),
    )
