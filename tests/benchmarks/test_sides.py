"""The sides that are measured beside each other do the same work."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from benchmarks.calling.large import Paper
from benchmarks.calling.lifecycle import Lifecycles
from benchmarks.calling.lifecycle_counts import COMMANDS, LETTERS, REPLIES
from benchmarks.calling.people import People
from benchmarks.calling.post import Post
from benchmarks.measuring.copies import copy_monitorings
from benchmarks.measuring.families import PARTS
from benchmarks.measuring.inbox import fill_inbox
from benchmarks.sides.bare import Engine, Ready
from benchmarks.sides.product import Product
from benchmarks.sides.sides import this_build
from benchmarks.sides.talker import Talker
from local.mailbox.store import LetterStore
from local.process import StackError

BY_LINK = ("report_acknowledged", "report_answered")
MONITORINGS = "SELECT count(*) FROM monitorings"
BY_THEMSELVES = ("monitoring_started", "letter_sent", "report_rendered", "implementation_planned")


@pytest.fixture(scope="module")
async def product(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Product]:
    async with Product(this_build(), tmp_path_factory.mktemp("product")) as running:
        yield running


async def test_a_lifecycle_over_http_consists_of_what_the_floors_do(product: Product) -> None:
    number = await Lifecycles(product).play()
    types = [
        str(kind)
        for (kind,) in await product.rows("SELECT type FROM journal WHERE workflow_id LIKE %s", f"%{number}")
    ]
    came = await product.post.catch_up()
    assert set(product.roots) == set(PARTS)
    assert sum(kind in BY_LINK for kind in types) == REPLIES
    assert sum(kind not in {*BY_LINK, *BY_THEMSELVES} for kind in types) == COMMANDS
    assert came == types.count("letter_sent") >= LETTERS


async def test_copies_of_a_monitoring_are_read_by_the_product_as_its_own(product: Product) -> None:
    people = People(product)
    number = await people.begun()
    before = await product.number(MONITORINGS)
    await copy_monitorings(product, number, 30)
    assert await product.number(MONITORINGS) == before + 30
    copied = await people.analyst.ask("/api/v1/monitorings/2026-COPY-000030")
    assert copied.json()["number"] == "2026-COPY-000030"
    await people.record_activity(number)  # nobody minds them


async def test_an_inbox_is_filled_to_so_many_and_takes_the_next_report(product: Product) -> None:
    paper = Paper(product)
    await paper.is_there()
    await paper.registered(await paper.uploaded())
    await fill_inbox(product, 25)
    await fill_inbox(product, 40)
    await paper.registered(await paper.uploaded())
    assert await paper.received() == 41


async def test_the_bare_engine_writes_a_row_for_each_command_and_reply_and_sends_the_letters(
    tmp_path: Path,
) -> None:
    async with Engine(tmp_path) as engine:
        post = Post(engine.mail.letters)
        before, warm = await engine.rows(), await post.catch_up()
        spent = await engine.does("lifecycles", 3, 3)
        assert await engine.rows() - before == 3 * (COMMANDS + REPLIES)
        assert await post.catch_up() - warm == 3 * LETTERS
        assert set(engine.roots) == set(PARTS)
    assert len(spent.calls) == spent.count == 3
    assert spent.cpu.total > 0


async def test_letters_are_given_to_their_recipients_once_and_by_the_monitoring_they_are_of(
    tmp_path: Path,
) -> None:
    store, post = LetterStore(tmp_path), Post(tmp_path)

    def arrives(to: str, number: str, link: str) -> None:
        body = f"To: {to}\r\nSubject: {number}\r\n\r\nSee {link}\r\n"
        store.add("monitoring@example.kz", [to], body.encode())

    arrives("A@example.kz", "2026-UO-0001", "http://127.0.0.1:1/r/first")
    arrives("a@example.kz", "2026-UO-0002", "http://127.0.0.1:1/r/other")
    arrives("a@example.kz", "2026-UO-0001", "http://127.0.0.1:1/r/second")
    arrives("a@example.kz", "2026-UO-0001", "nothing to follow")
    assert await post.next_with_link("a@example.kz", "2026-UO-0001") == "http://127.0.0.1:1/r/first"
    assert await post.next_with_link("a@example.kz", "2026-UO-0001") == "http://127.0.0.1:1/r/second"
    assert await post.catch_up() == 4
    (tmp_path / "1-9.json").touch()  # a letter that is just being written
    assert await post.catch_up() == 4
    with pytest.raises(TimeoutError):
        await post.next_with_link("a@example.kz", "2026-UO-0001", seconds=0.2)


async def test_a_program_that_ended_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    program = "import sys\nprint('{}', flush=True)\ninput()\nsys.exit('out of paper')"
    talker = Talker([sys.executable, "-c", program], cwd=tmp_path, log=tmp_path / "log")
    await talker.start()
    await talker.hear(Ready, 20)
    with pytest.raises(StackError, match="out of paper"):
        await talker.ask("go", Ready, 20)
    await talker.stop()


async def test_a_program_does_not_outlive_whoever_asks_it(tmp_path: Path) -> None:
    program = "import sys\nprint('{}', flush=True)\nfor line in sys.stdin: pass\nopen('left', 'w').close()"
    talker = Talker([sys.executable, "-c", program], cwd=tmp_path, log=tmp_path / "log")
    await talker.start()
    await talker.hear(Ready, 20)
    await talker.stop()
    assert (tmp_path / "left").exists()
