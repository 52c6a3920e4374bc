"""The connections between the parts of a stack, each through a relay that can be cut, silenced, slowed."""

from local.lines.lines import Line, Lines
from local.lines.relay import Pace, Relay

__all__ = ["Line", "Lines", "Pace", "Relay"]
