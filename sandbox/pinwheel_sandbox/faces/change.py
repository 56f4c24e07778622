"""What a breaking change of the API is to the sandbox."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from pinwheel_sandbox.query import Query

Json = dict[str, Any]


class Change:
    """One breaking change, told to customers in the docstring of its class.

    The business logic speaks the newest version only. For a request of an older version the changes made since then
    are applied oldest first, each turning the request into its newer form; for the answer they are undone newest first.
    """

    version: ClassVar[str]
    """The version that made the change."""

    operations: ClassVar[frozenset[str]]
    """The operations that it is about."""

    needs_one_of: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Groups of body properties of which one has to be sent from this version on; replaces the rule before."""

    older_names: ClassVar[Mapping[str, str]] = {}
    """What the change renamed, by its newer path in the body: errors name what the caller sent."""

    keeps_extinct_values: ClassVar[bool] = False
    """True where an older body may hold enum values that no newer version lists, and they are kept."""

    def newer_query(self, query: Query) -> Query:
        """The query parameters as the changed operation takes them."""
        return query

    def newer_body(self, body: Json) -> Json:
        """The request body as the changed operation takes it."""
        return body

    def older_answer(self, answer: Json) -> Json:
        """The answer as it was before the change: `data`, and `meta` where there is one."""
        return answer


def each(answer: Json, convert: Callable[[Json], Json]) -> Json:
    """The answer with its object, or each object of its list, converted."""
    data: Json | list[Json] = answer["data"]
    return {**answer, "data": [convert(item) for item in data] if isinstance(data, list) else convert(data)}
