"""Payloads under a key: opened by it, by no other, damaged by none unnoticed."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from temporalio.api.common.v1 import Payload
from temporalio.converter import DataConverter

from activities.encryption.data_converter import codec_of, data_converter_of
from activities.encryption.payload_codec import ENCODING, EncryptingCodec, UnreadablePayload, is_encrypted
from models.commands import ApproveReport
from models.settings.payload_keys import PayloadEncryption
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import Role
from tests.confidential.keys import NEW, OLD, STOLEN_NAME, settings_with

COMMAND = ApproveReport(id="c-7", actor=Actor(role=Role.HEAD, account="a-sary-head"), version=41)


def codec(keys: str) -> EncryptingCodec:
    return codec_of(settings_with(keys))


def converter(keys: str) -> DataConverter:
    return data_converter_of(settings_with(keys))


def plain_payload(text: str = "words of the procedure") -> Payload:
    return Payload(metadata={"encoding": b"json/plain"}, data=f'"{text}"'.encode())


async def sealed(keys: str = OLD) -> Payload:
    (payload,) = await codec(keys).encode([plain_payload()])
    return payload


async def test_a_command_comes_back_as_it_was() -> None:
    payloads = await converter(OLD).encode([COMMAND])
    assert await converter(OLD).decode(payloads, [ApproveReport]) == [COMMAND]


async def test_what_leaves_shows_the_key_and_nothing_else() -> None:
    (payload,) = await converter(OLD).encode([COMMAND])
    assert is_encrypted(payload)
    assert dict(payload.metadata) == {
        "encoding": ENCODING,
        "encryption-key-id": b"2026a",
        "encryption-cipher": b"AES-256-GCM",
    }
    raw = payload.SerializeToString()
    assert not any(word in raw for word in (b"c-7", b"a-sary-head", b"version", b"json/plain"))


async def test_the_same_value_looks_different_each_time() -> None:
    payloads = await codec(OLD).encode([plain_payload()] * 50)
    assert len({payload.data for payload in payloads}) == 50


@given(st.dictionaries(st.text(max_size=20), st.binary(max_size=50), max_size=3), st.binary(max_size=500))
async def test_every_payload_comes_back(metadata: dict[str, bytes], data: bytes) -> None:
    payload = Payload(metadata=metadata, data=data)
    assert await codec(OLD).decode(await codec(OLD).encode([payload])) == [payload]


async def test_after_a_rotation_the_new_key_writes_and_the_old_one_still_reads() -> None:
    before = await sealed(OLD)
    rotated = codec(f"{NEW},{OLD}")
    (after,) = await rotated.encode([plain_payload()])
    assert after.metadata["encryption-key-id"] == b"2027a"
    assert await rotated.decode([before, after]) == [plain_payload()] * 2


async def test_a_key_may_be_known_to_all_before_it_writes() -> None:
    """The first step of a rotation: whoever reads learns the new key before anybody writes with it."""
    learned = codec(f"{OLD},{NEW}")
    (written,) = await learned.encode([plain_payload()])
    assert written.metadata["encryption-key-id"] == b"2026a"
    assert await learned.decode([await sealed(NEW)]) == [plain_payload()]


async def test_a_missing_key_is_named_and_the_payload_is_not() -> None:
    payload = await sealed(OLD)
    with pytest.raises(UnreadablePayload, match=r"'2026a'.*PAYLOAD_KEYS") as refused:
        await codec(NEW).decode([payload])
    tells_nothing(refused.value, payload)


async def test_another_key_of_the_same_name_opens_nothing() -> None:
    payload = await sealed(OLD)
    with pytest.raises(UnreadablePayload, match="does not open it") as refused:
        await codec(STOLEN_NAME).decode([payload])
    tells_nothing(refused.value, payload)


def tells_nothing(error: BaseException, payload: Payload) -> None:
    """No word, no byte of the payload, and no chain to an error that has them."""
    assert "words of the procedure" not in f"{error!r} {error}"
    assert payload.data.hex()[:8] not in str(error)
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__


def shortened(payload: Payload) -> None:
    payload.data = payload.data[:9]


def emptied(payload: Payload) -> None:
    payload.data = b""


def one_bit_changed(payload: Payload) -> None:
    payload.data = payload.data[:-1] + bytes([payload.data[-1] ^ 1])


def renamed(payload: Payload) -> None:
    """The id of the key is authenticated: it cannot be exchanged for another known one."""
    payload.metadata["encryption-key-id"] = b"2027a"


def nameless(payload: Payload) -> None:
    del payload.metadata["encryption-key-id"]


def strangely_named(payload: Payload) -> None:
    payload.metadata["encryption-key-id"] = b"\xff" * 500


@pytest.mark.parametrize("damage", [shortened, emptied, one_bit_changed, renamed, nameless, strangely_named])
async def test_damage_is_noticed(damage: Callable[[Payload], None]) -> None:
    payload = await sealed(OLD)
    damage(payload)
    with pytest.raises(UnreadablePayload) as refused:
        await codec(f"{OLD},{NEW}").decode([payload])
    assert len(str(refused.value)) < 600


async def test_what_was_written_before_encryption_stays_readable() -> None:
    assert await codec(OLD).decode([plain_payload(), await sealed(OLD)]) == [plain_payload()] * 2


async def test_switched_off_it_writes_in_the_clear_and_reads_what_it_sealed() -> None:
    off = codec_of(settings_with(OLD, PayloadEncryption.OFF))
    assert await off.encode([plain_payload()]) == [plain_payload()]
    assert await off.decode([await sealed(OLD)]) == [plain_payload()]
    without_keys = codec_of(settings_with("", PayloadEncryption.OFF))
    with pytest.raises(UnreadablePayload, match="PAYLOAD_KEYS"):
        await without_keys.decode([await sealed(OLD)])


def test_it_never_pretends_to_encrypt() -> None:
    with pytest.raises(ValueError, match="a key is needed"):
        EncryptingCodec((), encrypts=True)
