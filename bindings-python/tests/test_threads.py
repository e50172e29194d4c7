"""One instance, shared by many threads; copies of it."""

import copy
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from conftest import SYSTEM
from tenantry import Acting, Tenantry, TenantryError


def at_once(work: Callable[[int], object], threads: int = 8) -> list[object]:
    barrier = threading.Barrier(threads)

    def begin(number: int) -> object:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(begin, range(threads), timeout=60))


def test_ru_1_of_many_who_create_the_same_user_one_does(acme: Acting) -> None:
    command = {"command": "create_registered_user", "origin_user_id": "same"}

    def create(_: int) -> tuple[int, str]:
        answers = [acme.execute(command)["response"] for _ in range(50)]
        (user,) = {answer["registered_user_id"] for answer in answers}
        return sum(answer["created"] for answer in answers), user

    results = at_once(create)
    assert sum(created for created, _ in results) == 1
    assert len({user for _, user in results}) == 1


def test_i_9_versions_grow_by_one_whoever_changes(acme: Acting, user: str) -> None:
    def rename(number: int) -> None:
        for turn in range(50):
            patch = {"origin_user_name": f"{number}-{turn}"}
            acme.execute({"command": "update_registered_user", "registered_user_id": user, "patch": patch})

    at_once(rename)
    assert acme.query({"query": "get_registered_user", "registered_user_id": user})["version"] == 401


def test_reading_writing_and_long_work_mix_without_a_deadlock(world: Tenantry, acme: Acting, user: str) -> None:
    call = (user, "support", "slack__post_message")
    many = [[part] * 2000 for part in call]

    def work(number: int) -> None:
        for turn in range(20):
            match number % 5:
                case 0:
                    assert set(acme.codes(*many)) == {28}
                case 1:
                    assert not acme.allows(*call)
                case 2:
                    acme.execute({"command": "create_registered_user", "origin_user_id": f"{number}-{turn}"})
                case 3:
                    world.execute({"command": "advance_time"}, {"actor": {"type": "system"}})
                case 4:
                    copy.copy(world).acting_as(SYSTEM).query({"query": "list_registered_users"})

    at_once(work, threads=10)


def test_long_work_lets_other_threads_run(acme: Acting, user: str) -> None:
    many = [[part] * 300_000 for part in (user, "support", "slack__post_message")]
    ticks = 0
    over = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not over.is_set():
            ticks += 1
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    try:
        before = ticks
        acme.codes(*many)
        during = ticks - before
    finally:
        over.set()
        ticker.join()
    assert during > 5


def test_a_copy_goes_its_own_way(world: Tenantry, acme: Acting, user: str) -> None:
    for again in (copy.copy, copy.deepcopy):
        other = again(world).acting_as(SYSTEM)
        get = {"query": "get_registered_user", "registered_user_id": user}
        assert other.query(get) == acme.query(get)
        other.execute({"command": "delete_registered_user", "registered_user_id": user})
        try:
            other.query(get)
        except TenantryError as error:
            assert error.code == "registered_user_not_found"
        assert acme.query(get)["status"] == "active"


def test_a_handle_keeps_its_world_alive_and_sees_it_change(user: str) -> None:
    acme = Tenantry.example().acting_as(SYSTEM)
    other = acme.execute({"command": "create_registered_user", "origin_user_id": "x"})["response"]
    assert acme.code(other["registered_user_id"], "support", "slack__post_message") == "credential_required"
    patch = {"is_active": False}
    acme.execute(
        {"command": "update_registered_user", "registered_user_id": other["registered_user_id"], "patch": patch}
    )
    assert acme.code(other["registered_user_id"], "support", "slack__post_message") == "registered_user_inactive"
