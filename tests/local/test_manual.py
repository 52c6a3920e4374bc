"""The operator's manual as it is played on the cluster; neither Go nor a server is needed for it."""

import pytest

from local.cluster.compose import read
from local.cluster.copying import COPIED, DUMPS, PUT_BACK, RECONCILED
from local.cluster.manual import commands, redirections
from local.process import StackError
from models.vocabulary.stores import Store
from tests.local.test_cluster import GIVEN


@pytest.mark.parametrize("store", Store)
def test_whatever_is_copied_is_put_back_from_the_same_file(store: Store) -> None:
    copied = [line for line in commands(COPIED) if line.endswith(DUMPS[store])]
    put_back = commands(PUT_BACK, *DUMPS[store])
    for dump in DUMPS[store]:
        database = dump.removesuffix(".dump")
        [made] = [line for line in copied if f"-Fc {database} " in line]
        [used] = [line for line in put_back if f"-d {database} " in line]
        assert made.split()[-1] == used.split()[-1] == f"copies/{dump}"
        assert (
            sum(
                f" {program} " in line and line.endswith(f" {database}")
                for line in put_back
                for program in ("dropdb", "createdb")
            )
            == 2
        )


def test_the_histories_are_copied_before_what_is_in_the_database_alone() -> None:
    dumps = [line.split()[-1] for line in commands(COPIED)]
    assert dumps[-1] == "copies/monitoring.dump"
    assert len(dumps) == sum(map(len, DUMPS.values()))


def test_whoever_works_is_stopped_by_name_and_nobody_else() -> None:
    [stop] = [line for line in commands(PUT_BACK) if " stop " in line]
    names = set(stop.split()[3:])
    services = read(GIVEN).enabled().services
    workers = {
        name
        for name, each in services.items()
        if each.image.startswith("anticorruption") and not each.makes_ready
    }
    assert names == {*workers, "temporal"}


def test_reconciling_shows_before_it_applies() -> None:
    shows, applies = commands(RECONCILED)
    assert applies.startswith(f"{shows} --apply --order ")


def test_what_the_manual_does_not_say_is_not_made_up() -> None:
    with pytest.raises(StackError, match="says no such command under «Putting back»: grafana"):
        commands(PUT_BACK, "grafana.dump")
    with pytest.raises(StackError, match="«Nowhere»"):
        commands("Nowhere")


def test_a_command_s_files_are_not_its_words() -> None:
    assert redirections(["pg_dump", "-Fc", "temporal", ">", "a.dump"]) == (
        ["pg_dump", "-Fc", "temporal"],
        {">": "a.dump"},
    )
    assert redirections(["pg_restore", "<", "a.dump"]) == (["pg_restore"], {"<": "a.dump"})
