"""Is a create body well formed? All faults are reported."""

import json
from collections.abc import Callable

from case import Case
from worlds import BODY, FAULTY

VALID, WRONG = json.dumps(BODY), json.dumps(FAULTY)


def validation(given: str, faults: Callable[[str], list[str]]) -> Case:
    """`faults` tells the places of all faults of a text."""

    def answers() -> list[list[str]]:
        found = [sorted(faults(VALID)), sorted(faults(WRONG))]
        if found != [[], ["/origin_user_id", "/user_type"]]:
            raise ValueError(f"finds {found}")
        return found

    return Case(lambda: faults(given), answers)


def parsing(given: str) -> Case:
    """What cannot be left out."""
    return Case(lambda: json.loads(given), lambda: validation(given, by_hand).answers())


def by_hand(given: str) -> list[str]:
    """Enough to tell these two bodies apart, so that the floor has the answers of the others."""
    body = json.loads(given)
    wrong = {"/origin_user_id": not isinstance(body["origin_user_id"], str)}
    wrong["/user_type"] = body["user_type"] not in ("HUMAN", "SYSTEM")
    return [place for place, is_wrong in wrong.items() if is_wrong]


def ours() -> Callable[[str], list[str]]:
    from tenantry import validate

    return lambda given: [violation["pointer"] for violation in validate(given)]


def jsonschema() -> Callable[[str], list[str]]:
    import jsonschema_rs

    text = {"type": "string", "minLength": 1, "maxLength": 255}
    groupings = {"type": "object", "additionalProperties": {"type": "string", "maxLength": 256}, "maxProperties": 50}
    company = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"origin_company_id": text, "origin_company_name": text, "custom_groupings": groupings},
    }
    properties = {
        "command": {"const": "create_registered_user"},
        "origin_user_id": text,
        "origin_user_name": text,
        "origin_user_email": {"type": "string", "pattern": r"^[^@\s]+@[^@\s]+\.[^@\s]+$"},
        "shared_credential_group": company,
        "custom_groupings": groupings,
        "user_type": {"enum": ["HUMAN", "SYSTEM"]},
    }
    required = ["command", "origin_user_id"]
    schema = {"type": "object", "required": required, "additionalProperties": False, "properties": properties}
    validator = jsonschema_rs.validator_for(schema)

    def faults(given: str) -> list[str]:
        return ["/" + "/".join(map(str, error.instance_path)) for error in validator.iter_errors(json.loads(given))]

    return faults


def pydantic() -> Callable[[str], list[str]]:
    from typing import Annotated, Literal

    from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

    text = Annotated[str, StringConstraints(min_length=1, max_length=255)]
    groupings = Annotated[dict[str, Annotated[str, StringConstraints(max_length=256)]], Field(max_length=50)]
    email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]

    class Company(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        origin_company_id: text | None = None
        origin_company_name: text | None = None
        custom_groupings: groupings | None = None

    class Body(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        command: Literal["create_registered_user"]
        origin_user_id: text
        origin_user_name: text | None = None
        origin_user_email: email | None = None
        shared_credential_group: Company | None = None
        custom_groupings: groupings | None = None
        user_type: Literal["HUMAN", "SYSTEM"] = "HUMAN"

    def faults(given: str) -> list[str]:
        try:
            Body.model_validate_json(given)
        except ValidationError as error:
            return ["/" + "/".join(map(str, one["loc"])) for one in error.errors()]
        return []

    return faults


def cases(given: str) -> dict[str, Callable[[], Case]]:
    return {
        "json.loads alone": lambda: parsing(given),
        "tenantry validate": lambda: validation(given, ours()),
        "jsonschema-rs": lambda: validation(given, jsonschema()),
        "pydantic": lambda: validation(given, pydantic()),
    }
