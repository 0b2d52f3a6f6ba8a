"""The JSON Schema of an offer's page, with which an editor completes and checks `offer.toml` while it is written.

It knows shapes and words. Whether a name is declared anywhere, and whether the journey is sound, the loader and
`offer check` say: no schema could.
"""

from collections.abc import Callable
from datetime import time
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import CoreRef, GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from workflow.calendar.span import Span
from workflow.offer import fields
from workflow.offer.definition import Offer
from workflow.offer.page_table import PageTable
from workflow.offer.reference import shapes
from workflow.offer.reference.meanings import meanings, told_of

_TITLE = "The page of an offer"


def page_schema() -> dict[str, Any]:
    """In the draft 2020-12, ready to be written as JSON."""
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema_of(Offer), "title": _TITLE}


def schema_of(file: type[BaseModel]) -> dict[str, Any]:
    """Of one of the files of an offer's folder."""
    return file.model_json_schema(schema_generator=_PageSchema)


def _one_or_several(whole: JsonSchemaValue) -> JsonSchemaValue:
    return {"anyOf": [whole["items"], whole]}


#: What stands on the page where something is read into another type than it is written in.
_WRITTEN: dict[object, Callable[[JsonSchemaValue], JsonSchemaValue]] = {
    fields.parse_people: lambda _: shapes.people(),
    fields.parse_promises: _one_or_several,
    fields.parse_standings: _one_or_several,
    fields.parse_stages: lambda whole: {"anyOf": [*_one_or_several(whole)["anyOf"], {"const": "*"}]},
}
_SHAPES: dict[object, tuple[str, Callable[[], JsonSchemaValue]]] = {
    fields.parse_span: ("Span", shapes.span),
    fields.parse_rule: ("Guard", shapes.guard),
    fields.parse_effect: ("Effect", shapes.effect),
}


class _PageSchema(GenerateJsonSchema):
    """As pydantic makes it, but as TOML is written: without null, and without what stands in files of its own."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        function = schema["function"]["function"]
        if function in _SHAPES:
            return self._said_once(*_SHAPES[function])
        inner = self.generate_inner(schema["schema"])
        return _WRITTEN[function](inner) if function in _WRITTEN else inner

    def _said_once(self, name: str, shape: Callable[[], JsonSchemaValue]) -> JsonSchemaValue:
        """A reference to the shape, which stands among the definitions."""
        where, reference = self.get_cache_defs_ref_schema(CoreRef(f"{name}:{__name__}"))
        self.definitions.setdefault(where, shape())
        return reference

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        number, _ = super().decimal_schema(schema)["anyOf"]
        return {"anyOf": [{"type": "string", "pattern": shapes.DECIMAL}, number]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def is_instance_schema(self, _schema: core_schema.IsInstanceSchema) -> JsonSchemaValue:
        """Only what stands in files of its own is read by class."""
        return {}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        default = schema.get("default")
        if default is None or isinstance(default, PageTable):
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def encode_default(self, dft: Any) -> Any:
        if isinstance(dft, time):
            return dft.isoformat(timespec="minutes")
        return str(dft) if isinstance(dft, Span) else super().encode_default(dft)

    def field_title_should_be_set(self, _schema: Any) -> bool:
        """A key's name says as much as a title made from it."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        table = schema["cls"]
        made = {**super().model_schema(schema), "description": told_of(table)}
        for name, meaning in meanings(table).items():
            key = table.model_fields[name].alias or name
            made["properties"][key] = {**made["properties"][key], "description": meaning}
        if table is Offer:
            for name in shapes.ELSEWHERE:
                del made["properties"][name]
            made["required"] = [one for one in made["required"] if one not in shapes.ELSEWHERE]
        return made | shapes.ALSO.get(table, {})
