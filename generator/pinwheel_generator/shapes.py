"""What the templates draw: models, enums, operations and resources of one version, with all Python text decided.

Built from openapi-python-client's parsed properties; the extensions and descriptions come from the bundle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from . import names


@dataclass(frozen=True, order=True)
class Ref:
    """A class in `_models/`: its module and its name."""

    module: str
    name: str

    @property
    def dated(self) -> bool:
        """Whether a version changed it, so that its module bears that version's date."""
        return self.module[-1].isdigit() and self.module != names.snake(self.name)


@dataclass(frozen=True)
class Type:
    """An annotation, and the classes it names."""

    text: str
    refs: frozenset[Ref] = frozenset()
    nullable: bool = False
    enum: bool = False


@dataclass(frozen=True)
class Money:
    """The exact twin of an `x-unit: minor` property."""

    name: str
    of: str
    currency: str  # an expression: `self.currency`, `"USD"`; empty where the parent object names the currency
    nullable: bool


@dataclass(frozen=True)
class Field:
    name: str  # the JSON key
    attribute: str
    type: Type
    required: bool
    doc: str
    pii: bool
    signature: str = ""  # a request property as an argument of the call
    variants: tuple[tuple[str, Ref], ...] = ()
    tag: str = ""
    constraints: str = ""

    @property
    def renamed(self) -> bool:
        return self.attribute != self.name


@dataclass(frozen=True)
class Model:
    ref: Ref
    doc: str
    source: str
    provenance: str
    fields: tuple[Field, ...]
    is_request: bool
    monies: tuple[Money, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    trim: tuple[str, ...] = ()

    @property
    def pii(self) -> tuple[str, ...]:
        return tuple(sorted(f.attribute for f in self.fields if f.pii))

    @property
    def refs(self) -> list[Ref]:
        return sorted({ref for f in self.fields for ref in f.type.refs})

    @property
    def is_struct(self) -> bool:
        """attrs has no attribute that is called otherwise than its JSON key; msgspec's own Struct does."""
        return any(f.renamed for f in self.fields)


@dataclass(frozen=True)
class Enum:
    ref: Ref
    doc: str
    source: str
    provenance: str
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Argument:
    name: str
    wire: str
    annotation: str
    default: str
    doc: str
    refs: frozenset[Ref] = frozenset()


@dataclass(frozen=True)
class Operation:
    id: str
    verb: str
    method: str
    path: str
    auth: str
    idempotent: bool
    paginated: bool
    is_list: bool
    result: Type | None
    path_arguments: tuple[Argument, ...]
    query: tuple[Argument, ...]
    body: Model | None
    body_arguments: tuple[Argument, ...]
    trim: tuple[str, ...]
    limits: tuple[tuple[str, int, int], ...]
    lengths: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, str], ...]
    summary: str
    doc: str
    provenance: str
    source: str
    data_times: str = ""
    job_kinds: str = ""

    @property
    def constant(self) -> str:
        return f"_{self.verb.upper()}"

    @property
    def refs(self) -> list[Ref]:
        found: set[Ref] = set(self.result.refs) if self.result else set()
        if self.body:
            found |= {self.body.ref, *self.body.refs}
        found.update(*(argument.refs for argument in self.query))
        return sorted(found)

    @property
    def runtime_refs(self) -> list[Ref]:
        """Classes that the call itself needs; the others only stand in annotations."""
        found = set(self.result.refs) if self.result else set[Ref]()
        return sorted(found | ({self.body.ref} if self.body else set[Ref]()))

    @property
    def keyword_arguments(self) -> tuple[Argument, ...]:
        """Keyword-only arguments, required ones first."""
        both = (*self.body_arguments, *self.query)
        return (*(a for a in both if not a.default), *(a for a in both if a.default))


@dataclass(frozen=True)
class ReadyWhen:
    """How a client sees that data is there: what `client.wait_for` asks."""

    account: Operation
    jobs: Operation

    @property
    def several(self) -> bool:
        """Whether the parameter that chooses kinds of jobs takes a list."""
        return dict(self.jobs.kinds)[self.jobs.job_kinds].endswith("[]")


@dataclass
class Resource:
    path: tuple[str, ...]
    name: str
    operations: list[Operation] = field(default_factory=list["Operation"])
    children: dict[str, Resource] = field(default_factory=dict[str, "Resource"])
    module: str = ""

    @property
    def attribute(self) -> str:
        return self.path[-1]

    @property
    def doc(self) -> str:
        inside = [op.verb for op in self.operations] + [f"{child}.*" for child in self.children]
        return f"`client.{'.'.join(self.path)}`: {', '.join(inside)}."

    @property
    def refs(self) -> list[Ref]:
        return sorted({ref for op in self.operations for ref in op.refs})

    def every_operation(self) -> Iterator[Operation]:
        yield from self.operations
        for child in self.children.values():
            yield from child.every_operation()

    @property
    def ready_when(self) -> ReadyWhen | None:
        """None where the version does not mark the two operations."""
        accounts = [operation for operation in self.every_operation() if operation.data_times]
        jobs = [operation for operation in self.every_operation() if operation.job_kinds]
        return ReadyWhen(accounts[0], jobs[0]) if accounts and jobs else None
