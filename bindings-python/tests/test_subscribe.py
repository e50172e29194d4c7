"""Callbacks that are called after accepted commands."""

import gc
import os
import sys
import threading

import pytest
from conftest import SYSTEM
from tenantry import Acting, Tenantry, TenantryError


def names(events) -> list[str]:
    return [event["event"] for event in events]


def test_a_callback_hears_of_each_accepted_command_after_it(world: Tenantry, acme: Acting) -> None:
    heard = []
    world.subscribe(lambda events, effects: heard.append((names(events), effects, world.snapshot())))
    user = acme.create_registered_user(origin_user_id="user_1")["registered_user_id"]
    with pytest.raises(TenantryError):
        acme.create_registered_user(origin_user_id="")
    acme.preview({"command": "delete_registered_user", "registered_user_id": user})
    acme.delete_registered_user(registered_user_id=user)
    acme.create_registered_user(origin_user_id="user_demo")
    assert [what for what, _, _ in heard] == [["registered_user_created"], ["registered_user_deleted"], []]
    assert [effect["effect"] for effect in heard[1][1]] == ["redact_user"]
    assert heard[-1][2] == world.snapshot(), "a callback sees the state after the command"


def test_a_subscription_ends(world: Tenantry, acme: Acting) -> None:
    heard: list[int] = []
    ends = [world.subscribe(lambda _events, _effects, number=number: heard.append(number)) for number in range(3)]
    ends[1]()
    ends[1]()
    acme.create_test_user()
    assert heard == [0, 2]


def test_a_callback_may_execute_commands_and_all_hear_of_them_in_order(world: Tenantry, acme: Acting) -> None:
    heard = []

    def answers(events, _effects) -> None:
        heard.append(("first", names(events)))
        if names(events) == ["registered_user_created"]:
            acme.put_connector(connector="zoom", tools=["call"])

    world.subscribe(answers)
    world.subscribe(lambda events, _effects: heard.append(("second", names(events))))
    acme.create_registered_user(origin_user_id="user_1")
    created, put = ["registered_user_created"], ["connector_put"]
    assert heard == [("first", created), ("second", created), ("first", put), ("second", put)]


def test_what_a_callback_raises_undoes_nothing(world: Tenantry, acme: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    raised, heard = [], []

    def fails(_events, _effects) -> None:
        raise ValueError("a projection is broken")

    monkeypatch.setattr(
        sys, "unraisablehook", lambda unraisable: raised.append((unraisable.exc_value, unraisable.object))
    )
    world.subscribe(fails)
    world.subscribe(lambda *_: heard.append(1))
    assert acme.create_registered_user(origin_user_id="user_1")["created"]
    ((error, blamed),) = raised
    assert (str(error), blamed, heard) == ("a projection is broken", fails, [1])
    assert acme.find_registered_user(origin_user_id="user_1")["version"] == 1


def test_an_interrupt_within_a_callback_is_raised_and_the_command_stands(world: Tenantry, acme: Acting) -> None:
    def interrupted(_events, _effects) -> None:
        raise KeyboardInterrupt

    end = world.subscribe(interrupted)
    with pytest.raises(KeyboardInterrupt):
        acme.create_registered_user(origin_user_id="user_1")
    end()
    assert not acme.create_registered_user(origin_user_id="user_1")["created"]


def test_what_the_caller_does_to_the_outcome_is_not_heard(world: Tenantry, acme: Acting) -> None:
    heard = []
    world.subscribe(lambda events, _effects: heard.append(events))
    acme.execute({"command": "create_test_user"})["events"].clear()
    assert len(heard[0]) == 1


def test_threads_hear_in_the_order_of_the_commands_and_one_at_a_time(world: Tenantry) -> None:
    sequences, inside = [], threading.Lock()

    def hear(events, _effects) -> None:
        assert inside.acquire(blocking=False), "two callbacks at the same time"
        sequences.extend(event["sequence"] for event in events)
        inside.release()

    world.subscribe(hear)
    acme = world.acting_as(SYSTEM)
    user = acme.create_test_user()["registered_user_id"]

    def rename(thread: int) -> None:
        for number in range(50):
            name = f"{thread} {number}"
            acme.update_registered_user(registered_user_id=user, patch={"origin_user_name": name})

    threads = [threading.Thread(target=rename, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sequences == list(range(1, 202))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_that_is_forked_within_a_callback_hears_too(world: Tenantry, acme: Acting) -> None:
    heard, child = [], []

    def fork_once(_events, _effects) -> None:
        heard.append(1)
        if not child:
            child.append(os.fork())

    world.subscribe(fork_once)
    acme.create_test_user()
    if child[0] == 0:
        before = len(heard)
        acme.create_test_user()
        os._exit(0 if len(heard) > before else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child[0], 0)[1]) == 0


def test_only_a_callable_is_taken_and_a_subscription_keeps_no_world_alive(world: Tenantry) -> None:
    with pytest.raises(TypeError, match="expected a callable, found `str`"):
        world.subscribe("print")  # type: ignore[arg-type]
    end = Tenantry().subscribe(print)
    gc.collect()
    end()
