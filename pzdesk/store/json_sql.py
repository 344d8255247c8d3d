"""What stands at a key of a JSON document, in the words of each database."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class JsonList(FunctionElement[str]):
    """The values at some keys as a JSON list in text, null where a key is missing."""

    inherit_cache = True
    type = sa.Text()

    def __init__(self, document: sa.Column[Any], *keys: str) -> None:
        super().__init__(document, *(sa.literal_column(f"'{key}'") for key in keys))


class JsonIsNotFalse(FunctionElement[bool]):
    """Whether the value at a key is anything but false; it may be missing."""

    inherit_cache = True
    type = sa.Boolean()

    def __init__(self, document: sa.Column[Any], key: str) -> None:
        super().__init__(document, sa.literal_column(f"'{key}'"))

    def self_group(self, against: Any = None) -> Any:
        """As it is: with "= 1" behind it SQLite would not know it again as what an index is made of."""
        return self


def _parts(
    element: FunctionElement[Any], compiler: SQLCompiler, **kw: Any
) -> tuple[str, list[str]]:
    document, *keys = element.clauses
    return compiler.process(document, **kw), [compiler.process(key, **kw)[1:-1] for key in keys]


@compiles(JsonList)
def _list(element: JsonList, compiler: SQLCompiler, **kw: Any) -> str:
    document, keys = _parts(element, compiler, **kw)
    paths = ", ".join(f"""'$."{key}"'""" for key in keys)
    return f"json_extract({document}, {paths})"


@compiles(JsonList, "postgresql")
def _list_of_postgresql(element: JsonList, compiler: SQLCompiler, **kw: Any) -> str:
    # Put together by hand: an index takes no function that PostgreSQL calls stable (jsonb_build_array).
    document, keys = _parts(element, compiler, **kw)
    values = [f"coalesce((({document})::jsonb -> '{key}')::text, 'null')" for key in keys]
    return " || ".join(["('['", " || ', ' || ".join(values), "']')"])


@compiles(JsonIsNotFalse)
def _is_not_false(element: JsonIsNotFalse, compiler: SQLCompiler, **kw: Any) -> str:
    document, (key,) = _parts(element, compiler, **kw)
    return f"json_extract({document}, '$.{key}') IS NOT 0"


@compiles(JsonIsNotFalse, "postgresql")
def _is_not_false_of_postgresql(element: JsonIsNotFalse, compiler: SQLCompiler, **kw: Any) -> str:
    document, (key,) = _parts(element, compiler, **kw)
    return f"((({document})::jsonb ->> '{key}') IS DISTINCT FROM 'false')"
