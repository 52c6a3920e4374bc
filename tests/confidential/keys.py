"""Keys of these tests: 32 bytes of one value each, so that a look at them tells which is which."""

from base64 import b64encode
from typing import Final

from pydantic import SecretStr

from models.settings.environment import Settings
from models.settings.payload_keys import PayloadEncryption

OLD: Final = f"2026a:{b64encode(bytes([1]) * 32).decode()}"
NEW: Final = f"2027a:{b64encode(bytes([2]) * 32).decode()}"
STOLEN_NAME: Final = f"2026a:{b64encode(bytes([3]) * 32).decode()}"
"""Another key under the old one's id."""


def settings_with(
    keys: str, encryption: PayloadEncryption = PayloadEncryption.ON, **more: object
) -> Settings:
    """Settings with these keys."""
    given = {"payload_keys": SecretStr(keys), "payload_encryption": encryption}
    return Settings.model_validate(given | more)
