"""`python -m client [FOLDER]`: make the client of this release's API, a project and its wheel beside it."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from api.app import create_app
from client.making import ROOT, NotMade, make
from models.settings.environment import Settings

PLACE: Final = ROOT / "dist" / "anticorruption-monitoring-client"


def _described() -> Mapping[str, object]:
    return create_app(Settings()).openapi()


def main(arguments: Sequence[str], described: Callable[[], Mapping[str, object]] = _described) -> int:
    """0, and what was made; 1 where the document has something that no client can be made of."""
    folder = Path(arguments[0]) if arguments else PLACE
    try:
        wheel = make(described(), folder)
    except NotMade as failed:
        print(failed, file=sys.stderr)
        return 1
    print(f"project  {folder}\nwheel    {wheel}\ninstall  pip install {wheel}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
