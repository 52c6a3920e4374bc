"""Every printed document judged by veraPDF, the validator of both standards: `make judge`.

It is a Java program, which `make test` does without: needs java 11 or newer, and mvn to bring it once.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from activities.printing.delivery import render_delivery
from activities.printing.register import render_register
from activities.printing.reply import render_reply
from models.report.rendition import Rendition
from models.vocabulary.procedure import Language
from tests.documents.contents import COMPREHENSIVE, EMPTY, UNTRANSLATED
from tests.documents.deliveries import delivery_sheet
from tests.documents.reading import printed
from tests.documents.registers import register_sheet
from tests.documents.replies import reply_sheet

FLAVOURS: Final = ("2b", "ua1")
POM: Final = Path(__file__).parent / "verapdf" / "pom.xml"
JARS: Final = Path(".state/verapdf")
SECONDS: Final = 600


class Missing(Exception):
    """What has to be there first."""


def documents() -> Iterator[tuple[str, bytes]]:
    """Whatever is printed: the form by language and rendition, empty, the register, a delivery, a reply."""
    for language in Language:
        for rendition in Rendition:
            yield (
                f"form-{rendition.value}-{language.value}",
                printed(COMPREHENSIVE, language, rendition.value),
            )
        yield f"empty-{language.value}", printed(EMPTY, language)
        yield f"untranslated-{language.value}", printed(UNTRANSLATED, language)
        yield f"register-{language.value}", render_register(register_sheet(language))
        yield f"delivery-{language.value}", render_delivery(delivery_sheet(language))
        yield f"reply-{language.value}", render_reply(reply_sheet(language))


def brought() -> str:
    """The class path of the validator, brought once. Raises `Missing`."""
    if shutil.which("java") is None:
        raise Missing("java is missing: install a Java runtime, version 11 or newer")
    if not any(JARS.glob("*.jar")):
        if shutil.which("mvn") is None:
            raise Missing("mvn is missing: install Maven, which brings veraPDF once")
        JARS.mkdir(parents=True, exist_ok=True)
        goal = ("dependency:copy-dependencies", f"-DoutputDirectory={JARS.resolve()}")
        done = subprocess.run(["mvn", "-q", "-B", "-f", str(POM), *goal], timeout=SECONDS, check=False)
        if done.returncode:
            raise Missing("veraPDF could not be brought: see what mvn said above")
    return f"{JARS.resolve()}/*"


def judge(folder: Path) -> bool:
    """Whether every file of a folder fulfils both standards; prints the verdict on each."""
    classes, fulfilled = brought(), True
    for flavour in FLAVOURS:
        run = ["java", "-cp", classes, "org.verapdf.apps.GreenfieldCliWrapper", "--flavour", flavour]
        told = subprocess.run(
            [*run, "--format", "text", "-v", str(folder)],
            timeout=SECONDS,
            check=False,
            capture_output=True,
            text=True,
        )
        verdicts = [line for line in told.stdout.splitlines() if line.startswith(("PASS", "FAIL"))]
        print(told.stdout.replace(f"{folder}/", ""), end="")
        fulfilled &= len(verdicts) == len(list(folder.iterdir())) and told.returncode == 0
    return fulfilled


def main() -> int:
    """1 where a document does not fulfil a standard, 2 where the validator is not there."""
    with tempfile.TemporaryDirectory() as folder:
        for name, file in documents():
            (Path(folder) / f"{name}.pdf").write_bytes(file)
        try:
            return 0 if judge(Path(folder)) else 1
        except Missing as missing:
            print(missing, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main())
