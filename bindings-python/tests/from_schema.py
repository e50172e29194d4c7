"""Values of a JSON Schema, by the keywords that ours uses; any other keyword is an error."""

from datetime import timezone
from typing import Any

import jsonschema_rs
from hypothesis import strategies as st

TEXT = st.characters(codec="utf-8")
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(TEXT, max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(TEXT, max_size=5), inner, max_size=3),
    max_leaves=5,
)
# What only tells; and `allOf`, for which a whole object is looked at.
ASIDE = {"description", "default", "x-name", "x-answer", "allOf"}


class Schema:
    """The definitions, and the strategies that were made of them."""

    def __init__(self, definitions: dict[str, Any]) -> None:
        self.definitions = definitions
        self.made: dict[str, st.SearchStrategy[Any]] = {}

    def named(self, name: str) -> st.SearchStrategy[Any]:
        """The values of a definition; deferred, since some contain themselves."""
        if name not in self.made:
            self.made[name] = st.deferred(lambda: self.of(self.definitions[name]))
        return self.made[name]

    def of(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        if "allOf" in schema:
            return self.by_keywords(schema).filter(jsonschema_rs.validator_for({"allOf": schema["allOf"]}).is_valid)
        return self.by_keywords(schema)

    def by_keywords(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        match {key: value for key, value in schema.items() if key not in ASIDE}:
            case {"$ref": ref, **rest} if not rest:
                return self.named(ref.removeprefix("#/$defs/"))
            case {"anyOf": several, **rest} if not rest:
                return st.one_of([self.of(one) for one in several])
            case {"enum": words, **rest} if not rest:
                return st.sampled_from(words)
            case {"const": value, **rest} if not rest:
                return st.just(value)
            case {"type": "string", **bounds}:
                return text(**bounds)
            case {"type": "integer", "minimum": least, "maximum": most, **rest} if not rest:
                return st.integers(least, most)
            case {"type": "boolean", **rest} if not rest:
                return st.booleans()
            case {"type": "null", **rest} if not rest:
                return st.none()
            case {"type": "array", "items": items, **bounds} if bounds.keys() <= {"maxItems"}:
                return st.lists(self.of(items), max_size=min(4, bounds.get("maxItems", 4)))
            case {"type": "object", "properties": fields, "additionalProperties": False, **rest} if rest.keys() <= {
                "required"
            }:
                required = {name: self.of(fields[name]) for name in rest.get("required", [])}
                optional = {name: self.of(field) for name, field in fields.items() if name not in required}
                return st.fixed_dictionaries(required, optional=optional)
            case {"type": "object", "additionalProperties": values, **bounds} if bounds.keys() <= {
                "propertyNames",
                "maxProperties",
            }:
                keys = self.of(bounds["propertyNames"]) if "propertyNames" in bounds else st.text(TEXT, max_size=5)
                return st.dictionaries(keys, self.of(values), max_size=4)
            case {**nothing} if not nothing:
                return JSON
        raise NotImplementedError(schema)


def text(
    minLength: int = 0,
    maxLength: int = 300,
    pattern: str | None = None,
    format: str | None = None,
) -> st.SearchStrategy[str]:
    if format == "date-time":
        return st.datetimes(timezones=st.just(timezone.utc)).map(lambda at: at.isoformat().replace("+00:00", "Z"))
    assert format is None, format
    if pattern is None:
        return st.text(TEXT, min_size=minLength, max_size=min(maxLength, minLength + 20))
    # ECMA's `$` is the end of the text; Python's also stands before a last line break.
    written = pattern.removesuffix("$") + (r"\Z" if pattern.endswith("$") else "")
    return st.from_regex(written, alphabet=TEXT).filter(lambda made: minLength <= len(made) <= maxLength)
