"""Detached signatures: of which file they are is compared, and nothing more is claimed of them."""

import base64
import hashlib

import pytest

from activities.proofs.signed_digests import LONGEST, BadSignature, compared
from locales.catalogue import text
from models.commands import CancelMonitoring
from models.report.notes import TextNote
from models.vocabulary.procedure import Language
from models.vocabulary.signatures import SignatureCheck
from tests.api.signing import GOST, signature
from tests.api.world import PDF, World

DOCUMENT = b"%PDF-1.7 of this test"


@pytest.mark.parametrize(
    "written",
    [
        signature(DOCUMENT),
        base64.b64encode(signature(DOCUMENT)),
        b"-----BEGIN CMS-----\n" + base64.encodebytes(signature(DOCUMENT)) + b"-----END CMS-----\n",
    ],
    ids=["binary", "base64", "armoured"],
)
def test_a_digest_that_is_computed_here_is_compared(written: bytes) -> None:
    found = compared(written, DOCUMENT)
    assert (found.check, found.algorithms) == (SignatureCheck.DIGEST_MATCHES, "SHA-256, RSA")
    with pytest.raises(BadSignature) as refused:
        compared(written, DOCUMENT + b" ")
    assert refused.value.why == "signature_of_another_file"


def test_a_signature_around_its_document_is_not_taken_for_a_detached_one() -> None:
    with pytest.raises(BadSignature) as refused:
        compared(signature(DOCUMENT, enclosed=True), DOCUMENT)
    assert refused.value.why == "signature_not_detached"


@pytest.mark.parametrize(
    ("written", "algorithms"),
    [
        (signature(DOCUMENT, GOST), "ГОСТ Р 34.11-2015 (512), ГОСТ 34.10-2015 (512)"),
        (
            signature(DOCUMENT, ("1.2.398.3.10.1.3.1", "1.2.398.3.10.1.1.1.2")),
            "ГОСТ 34.311-95, ГОСТ 34.310-2004",
        ),
        (signature(DOCUMENT, ("sha1", GOST[1])), "sha1, ГОСТ 34.10-2015 (512)"),
        (signature(DOCUMENT, bare=True), "SHA-256, RSA"),
    ],
    ids=["2015", "1995", "weak", "bare"],
)
def test_what_is_not_computed_here_is_named_and_never_called_right(written: bytes, algorithms: str) -> None:
    for document in (DOCUMENT, b"another"):
        found = compared(written, document)
        assert (found.check, found.algorithms) == (SignatureCheck.NOT_VERIFIED_HERE, algorithms)
    for language in Language:
        said = text(language, f"term.signature_check.{found.check.value}")
        assert not {"valid", "жарамды", "действительн"} & set(said.split())


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"text",
        b"\x30",
        b"\x30\x80" * 3000,
        bytes.fromhex("30820100") + bytes.fromhex("06092a864886f70d010702") + b"\x00" * 40,
        signature(DOCUMENT)[:-4],
        signature(DOCUMENT) + b"\x00",
        signature(DOCUMENT).replace(b"nobody", b"\xff\xff\xff\xff\xff\xff", 1)[:60],
        b"\x30" + b"\x00" * LONGEST,
        b"MII\xff=",
    ],
    ids=map(str, range(10)),
)
def test_what_is_no_signature_is_refused_in_words(written: bytes) -> None:
    with pytest.raises(BadSignature) as refused:
        compared(written, DOCUMENT)
    assert refused.value.why == "signature_unreadable"


async def test_a_signature_is_kept_beside_the_file_it_signs_with_who_and_when(world: World) -> None:
    case = await world.started()
    files = {"file": ("есеп.pdf", PDF, "application/pdf")}
    signed = (await world.call("sary-analyst", "POST", f"{case.path}/attachments", files=files)).json()

    async def attached(file: bytes, signs: str, key: str) -> tuple[int, str]:
        answer = await world.call(
            "sary-analyst",
            "POST",
            f"{case.path}/signatures",
            files={"file": ("қол.cms", file, "application/octet-stream")},
            data={"signs": signs},
            headers={"Idempotency-Key": key},
        )
        said = answer.json()
        return answer.status_code, str(said.get("code") or said["signature_check"])

    assert await attached(signature(PDF), signed["sha256"], "1") == (201, "digest_matches")
    assert await attached(signature(PDF), signed["sha256"], "1") == (201, "digest_matches")
    assert await attached(signature(PDF, GOST), signed["sha256"], "2") == (201, "not_verified_here")
    assert await attached(signature(PDF), signed["sha256"], "1b") == (409, "signature_attached")
    assert await attached(signature(b"another"), signed["sha256"], "3") == (422, "invalid")
    assert await attached(PDF, signed["sha256"], "4") == (415, "file_content")
    assert await attached(signature(PDF), "0" * 64, "5") == (404, "attachment_unknown")
    listed = (await world.call("sary-head", "GET", f"{case.path}/attachments")).json()
    of = [(each["signs"], each["signature_check"], each["account"]) for each in listed[1:]]
    assert of == [
        (signed["sha256"], "digest_matches", signed["account"]),
        (signed["sha256"], "not_verified_here", signed["account"]),
    ]
    assert hashlib.sha256(signature(PDF)).hexdigest() == listed[1]["sha256"]
    await case.does(CancelMonitoring, reason=await case.keeps(TextNote(text="Қажет емес")))
    assert await attached(signature(PDF), signed["sha256"], "6") == (409, "monitoring_ended")


async def test_a_stranger_attaches_none(world: World) -> None:
    case = await world.started()
    path = f"{case.path}/signatures"
    files = {"file": ("a.cms", signature(PDF))}
    answer = await world.call("koko-analyst", "POST", path, files=files, data={"signs": "0" * 64})
    assert answer.status_code == 404
