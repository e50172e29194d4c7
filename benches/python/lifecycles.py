"""Users that are deactivated and reactivated, each by its own command."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle

from case import Case
from worlds import USERS


def lifecycle(change: Callable[[int, bool], int]) -> Case:
    """`change` makes a user active or not, and answers its version then."""
    turns = ((number, active) for active in cycle((False, True)) for number in range(USERS))

    def answers() -> list[int]:
        return [change(number, active) for active in (False, True) for number in range(3)]

    return Case(lambda: change(*next(turns)), answers)


@dataclass
class User:
    active: bool = True
    version: int = 1


def by_hand() -> Case:
    users = [User() for _ in range(USERS)]

    def change(number: int, active: bool) -> int:
        user = users[number]
        if user.active != active:
            user.active = active
            user.version += 1
        return user.version

    return lifecycle(change)


def execute() -> Case:
    """Checked against the contract, with events, versions and the user's view."""
    from tenantry import Tenantry

    acme = Tenantry.example().acting_as({"type": "system", "organization_id": "org_demo", "environment": "test"})
    users = [
        acme.execute({"command": "create_registered_user", "origin_user_id": str(number)})["response"]
        for number in range(USERS)
    ]

    def change(number: int, active: bool) -> int:
        command = {
            "command": "update_registered_user",
            "registered_user_id": users[number]["registered_user_id"],
            "patch": {"is_active": active},
        }
        return acme.execute(command)["response"]["registered_user"]["version"]

    return lifecycle(change)


def transitions() -> Case:
    from transitions import Machine

    class Counted:
        version = 1

        def count(self) -> None:
            self.version += 1

    table = [
        {"trigger": "deactivate", "source": "active", "dest": "deactivated", "before": "count"},
        {"trigger": "reactivate", "source": "deactivated", "dest": "active", "before": "count"},
    ]
    users = [Counted() for _ in range(USERS)]
    Machine(users, states=["active", "deactivated"], transitions=table, initial="active", auto_transitions=False)

    def change(number: int, active: bool) -> int:
        user = users[number]
        user.reactivate() if active else user.deactivate()
        return user.version

    return lifecycle(change)


CHANGES = {"plain Python": by_hand, "tenantry execute": execute, "transitions": transitions}
