"""The one data converter: pydantic's values, payloads under a key, failures without words in the clear."""

from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverter,
    DefaultFailureConverterWithEncodedAttributes,
)

from activities.encryption.payload_codec import EncryptingCodec
from models.settings.environment import Settings
from models.settings.payload_keys import PayloadEncryption


def codec_of(settings: Settings) -> EncryptingCodec:
    """The codec of these settings. Raises `BadPayloadKeys`.

    Where encryption is off it still decrypts: what was written while it was on must stay readable.
    """
    encrypts = settings.payload_encryption is PayloadEncryption.ON
    return EncryptingCodec(settings.keys_of_payloads(), encrypts=encrypts)


def data_converter_of(settings: Settings) -> DataConverter:
    """What every client, worker and replayer must be given. Raises `BadPayloadKeys`."""
    encrypts = settings.payload_encryption is PayloadEncryption.ON
    return DataConverter(
        payload_converter_class=PydanticPayloadConverter,
        payload_codec=codec_of(settings),
        # An exception's message and stack may quote what it was about.
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes
        if encrypts
        else DefaultFailureConverter,
    )
