"""The OpenAPI page: shapes from the JSON Schema that the package ships, so that they are the core's own."""

import json
import re
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from tenantry import error_catalog

_SCHEMA = files("tenantry").joinpath("tenantry.schema.json").read_text("utf-8")
SHAPES: dict[str, Any] = json.loads(_SCHEMA.replace('"#/$defs/', '"#/components/schemas/'))["$defs"]


def shape(name: str) -> Any:
    return {"$ref": f"#/components/schemas/{name}"}


EXAMPLES: dict[str, dict[str, Any]] = {
    "CreateRegisteredUser": {
        "a user of a company": {
            "origin_user_id": "user_a3f9b2",
            "origin_user_name": "Alice Chen",
            "origin_user_email": "alice@acme.example",
            "shared_credential_group": {"origin_company_id": "acme", "origin_company_name": "Acme"},
            "custom_groupings": {"region": "emea"},
        },
        "the least": {"origin_user_id": "user_7"},
    },
    "RegisteredUserPatch": {"rename": {"origin_user_name": "Alice Zhang"}, "reactivate": {"is_active": True}},
    "StartLink": {"at the scope of a tool pack": {"connector": "slack", "tool_pack_id": "support"}},
    "CompleteLink": {"valid until revoked": {"external_account_id": "U024BE7LH"}},
    "StartToolCall": {
        "post a message": {
            "registered_user_id": "0199d2c4-5a00-7c3e-9b1a-2f6e8d4c0a11",
            "tool_pack_id": "support",
            "tool": "slack__post_message",
        }
    },
    "FinishToolCall": {
        "completed": {"registered_user_id": "0199d2c4-5a00-7c3e-9b1a-2f6e8d4c0a11", "result": "completed"}
    },
}


def takes(name: str, *, elsewhere: str = "") -> Any:
    """A request body: a command without its name, and without what the path tells."""
    whole, known = SHAPES[name], {"command", elsewhere}
    body = {
        **{key: value for key, value in whole.items() if not key.startswith("x-")},
        "properties": {key: value for key, value in whole["properties"].items() if key not in known},
        "required": [key for key in whole.get("required", []) if key not in known],
    }
    examples = {title: {"value": value} for title, value in EXAMPLES[name].items()}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": body, "examples": examples}}}}


def answers(*statuses: int, denial: bool = False, **bodies: Any) -> Any:
    """Responses: `_200=shape(…)`, and for statuses of refusals both renderings, with the codes that may stand in them."""
    described: dict[int, Any] = {
        int(status.removeprefix("_")): {"content": {"application/json": {"schema": body}}}
        for status, body in bodies.items()
    }
    for status in statuses:
        codes = ", ".join(f"`{row['code']}`" for row in error_catalog() if row["status"] == status)
        plain = {"anyOf": [shape("ErrorBody"), shape("Deny")]} if denial else shape("ErrorBody")
        described[status] = {
            "description": f"Refused, with one of {codes}.",
            "content": {
                "application/json": {"schema": plain},
                "application/problem+json": {"schema": shape("Problem")},
            },
        }
    return described


def document(app: FastAPI) -> Any:
    """FastAPI's own page, with the shapes that it refers to, and without the checks that are the core's to make."""
    page = FastAPI.openapi(app)
    page.setdefault("components", {})["schemas"] = schemas = {}
    for path in page["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
    wanted = _referred(page["paths"])
    while wanted:
        name = wanted.pop()
        schemas[name] = SHAPES[name]
        wanted |= _referred(SHAPES[name]) - schemas.keys()
    return page


def _referred(value: Any) -> set[str]:
    return set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(value)))
