"""Decisions: objects that are true if a call may be made, and false if it may not.

They are not dicts on purpose. Many encoders write a falsy dict as `{}`, and a plain dict that denies is true: either way
a denial is misread. JSON encoders refuse these objects; give them `to_dict()`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from . import _tenantry

if TYPE_CHECKING:
    from .types import (
        AllowDict,
        AuthScope,
        Code,
        DenyDict,
        ErrorBody,
        Kind,
        Owner,
        Problem,
        Rejection,
        StartedToolCallDict,
    )


class _Answer:
    """What the core has answered, and where errors are documented. The native module fills the slots itself."""

    __slots__ = ("_documentation_base_url", "_wire")

    _documentation_base_url: str | None
    _wire: Any

    def __init__(self, wire: Any, documentation_base_url: str | None = None) -> None:
        self._wire = wire
        self._documentation_base_url = documentation_base_url

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self._wire.items() if name != "effect")
        return f"{type(self).__name__}({shown})"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, _Answer) and bool(self._wire == other._wire)

    def __hash__(self) -> int:
        return hash(json.dumps(self._wire, sort_keys=True))

    def __reduce__(self) -> tuple[type[_Answer], tuple[Any, str | None]]:
        return type(self), (self._wire, self._documentation_base_url)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        """For Pydantic and FastAPI: taken as it is, or made of what `to_dict` gives, which it is written as."""
        from pydantic_core import core_schema

        from . import types

        wire = handler.generate_schema(
            types.DenyDict if issubclass(cls, Deny) else getattr(types, f"{cls.__name__}Dict")
        )
        made = core_schema.no_info_after_validator_function(cls, wire)
        written = core_schema.plain_serializer_function_ser_schema(lambda answer: answer.to_dict(), return_schema=wire)
        python = core_schema.union_schema([core_schema.is_instance_schema(cls), made])
        return core_schema.json_or_python_schema(made, python, serialization=written)


class Allow(_Answer):
    """The call may be made, with this credential."""

    __slots__ = ()

    _wire: AllowDict

    allowed: Literal[True] = True
    effect: Literal["allow"] = "allow"
    code: None = None

    def __bool__(self) -> Literal[True]:
        return True

    @property
    def scope(self) -> AuthScope:
        """At which scope the credential was found."""
        return self._wire["scope"]

    @property
    def owner(self) -> Owner | None:
        """Whose credential it is; none where the connector needs no credential."""
        owner = self._wire["owner"]
        return None if owner is None else owner.copy()

    @property
    def connector(self) -> str:
        """The connector whose tool is called."""
        return self._wire["connector"]

    @property
    def tool(self) -> str:
        """The full name of the tool."""
        return self._wire["tool"]

    def to_dict(self) -> AllowDict:
        """The decision as the wire has it."""
        return {**self._wire, "owner": self.owner}


class StartedToolCall(Allow):
    """The call may be made, and its start is recorded."""

    __slots__ = ()

    _wire: StartedToolCallDict

    @property
    def tool_call_id(self) -> str:
        """What `finish_tool_call` asks for."""
        return self._wire["tool_call_id"]

    def to_dict(self) -> StartedToolCallDict:
        """The answer as the wire has it."""
        return {**self._wire, "owner": self.owner}


class Deny(_Answer):
    """The call may not be made: why, and what to do."""

    __slots__ = ()

    _wire: DenyDict | Rejection

    allowed: Literal[False] = False
    effect: Literal["deny"] = "deny"

    def __bool__(self) -> Literal[False]:
        return False

    @property
    def _rejection(self) -> _tenantry.Rejection:
        rejection = {name: value for name, value in self._wire.items() if name != "effect"}
        return _tenantry.Rejection(rejection, self._documentation_base_url)

    @property
    def code(self) -> Code:
        """The stable code: why not."""
        return self._wire["code"]

    @property
    def status(self) -> int:
        """The HTTP status of the code."""
        return self._wire["status"]

    @property
    def message(self) -> str:
        """What is wrong, for a log or a developer."""
        return self._wire["message"]

    @property
    def what_to_do(self) -> str:
        """How the platform's developers can correct it."""
        return self._wire["what_to_do"]

    @property
    def user_message(self) -> str | None:
        """A sentence to show to an end user, in English; `None` for codes on which an end user cannot act."""
        return self._wire.get("user_message")

    @property
    def kind(self) -> Kind:
        """What sort of denial it is."""
        return self._rejection.to_dict()["kind"]

    @property
    def retryable(self) -> bool:
        """Whether the same call may be allowed later."""
        return self._rejection.to_dict()["retryable"]

    def to_dict(self) -> DenyDict:
        """The decision as the wire has it."""
        denial: DenyDict = {
            "effect": "deny",
            "code": self.code,
            "status": self.status,
            "message": self.message,
            "what_to_do": self.what_to_do,
        }
        if self.user_message is not None:
            denial["user_message"] = self.user_message
        return denial

    def to_error_body(self) -> ErrorBody:
        """`{"error": {"type", "code", "message", "user_message"?, "documentation_url"}}`, for the body of an HTTP response."""
        return self._rejection.to_error_body()

    def to_problem(self) -> Problem:
        """RFC 9457 problem details, for a body of media type `application/problem+json`."""
        return self._rejection.to_problem()


class BatchRejection(Deny):
    """A malformed call in a batch. It was not decided; as a decision it counts as a denial."""

    __slots__ = ()

    @property
    def rejection(self) -> Rejection:
        """What is wrong with the call, as `authorize` would have raised it."""
        return self._rejection.to_dict()
