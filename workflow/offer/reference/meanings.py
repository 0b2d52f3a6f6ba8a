"""What each key of a table means: the sentence that stands below it in the code, read when somebody asks."""

import ast
import inspect
from collections.abc import Mapping
from itertools import pairwise
from textwrap import dedent

from pydantic import BaseModel


def meanings(table: type[BaseModel]) -> Mapping[str, str]:
    """By field, those of the classes it is made from included."""
    found: dict[str, str] = {}
    for one in reversed(table.__mro__):
        if issubclass(one, BaseModel) and one.__module__.startswith("workflow."):
            found |= _below_fields(one)
    return found


def _below_fields(table: type[BaseModel]) -> dict[str, str]:
    body = ast.parse(dedent(inspect.getsource(table))).body[0]
    statements = body.body if isinstance(body, ast.ClassDef) else []
    found = {}
    for field, said in pairwise(statements):
        match field, said:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(sentence))):
                found[name] = " ".join(sentence.split())
    return found


def told_of(table: type[BaseModel]) -> str:
    """What the table is for, in the words of its class, each paragraph on one line."""
    return "\n\n".join(" ".join(part.split()) for part in (inspect.getdoc(table) or "").split("\n\n"))
