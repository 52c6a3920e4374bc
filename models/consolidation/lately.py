"""What changed in the inbox lately, and what can be judged by it and by what was read of the list.

Everything that changed after the line `since` is remembered. So whoever read the list as of that line or a
later one knows, together with it, the inbox as it is now; what was read earlier is read anew.
"""

from typing import Final

from models.report.inbox import InboxRead, KnownReport
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Sha256
from models.vocabulary.refusal import refuse_if

LATELY: Final = 200
"""Reports remembered: more than change while a command or a notice is on its way."""


class Change(Model):
    """A report as it is since a line of the journal."""

    seq: int
    report: KnownReport


class Lately(Model):
    """The reports that changed after `since`, each once, the latest change last."""

    since: int
    changes: tuple[Change, ...] = ()

    def with_change(self, seq: int, report: KnownReport) -> "Lately":
        """Of too many the oldest is forgotten: from then on no more is known than since that one."""
        former = self._remembered(report.id)
        if former is not None and report.file is None:
            report = report.model_copy(update={"file": former.file})
        others = tuple(known for known in self.changes if known.report.id != report.id)
        changes = (*others, Change(seq=seq, report=report))
        forgotten = changes[:-LATELY]
        return Lately(since=forgotten[-1].seq if forgotten else self.since, changes=changes[-LATELY:])

    def judges(self, report: Id, read: InboxRead | None) -> bool:
        """Whether it is known, by this and by what was read, how a report lies in the inbox now."""
        return self._remembered(report) is not None or self._in_time(read)

    def report(self, report: Id, read: InboxRead | None) -> KnownReport | None:
        """A report as it is now; None where there is none. Raises `Refused` (inbox_read_too_early)."""
        refuse_if(not self.judges(report, read), "inbox_read_too_early", "17")
        return self._remembered(report) or (read.report if read else None)

    def of_file(self, file: Sha256, read: InboxRead | None) -> Id | None:
        """The report that came with a file. Raises `Refused` (inbox_read_too_early)."""
        mine = (known.report.id for known in self.changes if known.report.file == file)
        found = next(mine, None)
        refuse_if(found is None and not self._in_time(read), "inbox_read_too_early", "17")
        return found or (read.of_file if read else None)

    def _in_time(self, read: InboxRead | None) -> bool:
        return read is not None and read.as_of >= self.since

    def _remembered(self, report: Id) -> KnownReport | None:
        mine = (known.report for known in self.changes if known.report.id == report)
        return next(mine, None)
