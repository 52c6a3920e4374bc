"""The whole corpus: every message was made for it, in the shapes that servers and people send."""

from typing import Final

from tests.models.mail.corpus import automatic, other_servers, people, postfix_exim, strange
from tests.models.mail.corpus.ground import Case

REPORTS: Final[tuple[Case, ...]] = (
    *(*postfix_exim.POSTFIX, *postfix_exim.EXIM),
    *(*other_servers.OPENSMTPD, *other_servers.SENDMAIL, *other_servers.COURIER, *other_servers.EXCHANGE),
    *(*other_servers.STANDARDS, *other_servers.IN_WORDS, *other_servers.BROKEN),
)
CORPUS: Final[tuple[Case, ...]] = (
    *REPORTS,
    *(*automatic.UNMARKED, *automatic.MARKED, *automatic.LOOPS),
    *(*people.ANSWERS, *people.INTERIM, *people.QUESTIONS, *people.DOUBTFUL),
    *strange.STRANGE,
)
