"""A Temporal server beside the set that the product was tried with."""

import pytest

from models.settings.temporal_set import SERVER, Beside, beside_the_set

MAJOR, MINOR, PATCH = map(int, SERVER.split("."))


@pytest.mark.parametrize(
    ("release", "stands"),
    [
        (SERVER, Beside.SAME),
        (f"v{SERVER}", Beside.SAME),
        (f"{MAJOR}.{MINOR}.{PATCH + 7}", Beside.SAME),
        (f"{MAJOR}.{MINOR - 1}.99", Beside.OLDER),
        (f"{MAJOR}.{MINOR + 1}.0", Beside.NEWER),
        (f"{MAJOR + 1}.0.0", Beside.NEWER),
        (f"{MAJOR}.9.0", Beside.OLDER),
        ("", Beside.OLDER),
    ],
)
def test_its_minor_release_decides(release: str, stands: Beside) -> None:
    assert beside_the_set(release) is stands
