"""Which faults a drill has, of a plan: as many of each kind as were asked for, in an order of the seed's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from random import Random

from local.demo.caller import Caller
from local.drill.copying import Copying
from local.drill.faults.calendars import ClosedDay, Declared
from local.drill.faults.disks import FullDisk
from local.drill.faults.fault import Fault, Kind
from local.drill.faults.kills import Kill
from local.drill.faults.restores import Forgetting, Restore, SetBack
from local.drill.faults.stops import Stop
from local.drill.faults.wires import Wire
from local.drill.ground import Ground
from local.drill.plan import Plan
from local.drill.small_disks import DATABASE
from local.lines import Line
from local.process import StackError
from local.stack import ALL_PARTS, Part, Stack
from models.vocabulary.stores import Store

Make = Callable[[], Fault]


@dataclass
class Choice:
    """What faults are made of, and what they note of themselves."""

    ground: Ground
    copying: Copying
    plan: Plan
    admin: Caller
    forgetting: Forgetting
    set_back: list[SetBack] = field(default_factory=list)
    declared: list[Declared] = field(default_factory=list)

    def faults(self, chance: Random) -> list[Fault]:
        """All of them. Raises StackError for one that this ground does not know."""
        chosen = [
            make()
            for kind, many in self.plan.faults.items()
            if many
            for make in islice(_in_rounds(self._each_of(kind), chance), many)
        ]
        chance.shuffle(chosen)
        return chosen

    def _each_of(self, kind: Kind) -> Sequence[Make]:
        match kind:
            case Kind.KILL:
                return [partial(Kill, self.ground, part, self.plan.lasts(kind)) for part in ALL_PARTS]
            case Kind.STOP:
                return [partial(Stop, self.ground, part, self.plan.lasts(kind)) for part in ALL_PARTS]
            case Kind.CUT | Kind.SILENCE | Kind.SLOW:
                return self._wires(kind)
            case Kind.RESTORE:
                between, note = self.plan.lasts(kind), self.set_back.append
                return [
                    partial(Restore, self.copying, store, note, self.forgetting, between) for store in Store
                ]
            case Kind.CALENDAR:
                return [partial(ClosedDay, self.admin, self.declared.append)]
            case Kind.FULL_DISK:
                home, lasts = self._stack(kind).home, self.plan.lasts(kind)
                return [
                    partial(FullDisk, home / DATABASE, "PostgreSQL's", frozenset({Part.POSTGRES}), lasts),
                    partial(FullDisk, home, "everything else's", frozenset({Part.TEMPORAL}), lasts),
                ]

    def _wires(self, kind: Kind) -> Sequence[Make]:
        lines = self._stack(kind).lines
        assert lines is not None, "a drill's stack is relayed"
        return [partial(Wire, lines, line, kind, self.plan.lasts(kind)) for line in Line]

    def _stack(self, kind: Kind) -> Stack:
        if not isinstance(self.ground, Stack):
            raise StackError(f"{kind} are drilled on the stack of one machine: make drill")
        return self.ground


def _in_rounds(makers: Sequence[Make], chance: Random) -> Iterator[Make]:
    """Each once in every round, in an order of its own."""
    while True:
        yield from chance.sample(makers, len(makers))
