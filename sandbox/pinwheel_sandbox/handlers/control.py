"""The sandbox's own calls under `/_sandbox/`: for tests and tools, not part of Pinwheel's API."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

import msgspec
from pinwheel_api import DocumentType
from pinwheel_overlays.decoders import convert

from pinwheel_sandbox import operations
from pinwheel_sandbox.bodies import read_object
from pinwheel_sandbox.errors import ApiError, invalid_field, not_found, wrong_method
from pinwheel_sandbox.link.company import log_in_to_company
from pinwheel_sandbox.link.errors import LinkError
from pinwheel_sandbox.link.login import log_in
from pinwheel_sandbox.link.monitoring import catch_up
from pinwheel_sandbox.link.papers import file_document
from pinwheel_sandbox.link.sites import way_back
from pinwheel_sandbox.link.terms import Credentials
from pinwheel_sandbox.messages import Request
from pinwheel_sandbox.scenarios.applying import apply_scenario
from pinwheel_sandbox.scenarios.reading import ScenarioError, read_scenario
from pinwheel_sandbox.world import World

M = TypeVar("M")

PREFIX = "/_sandbox/"


def health(world: World, request: Request) -> object:  # noqa: ARG001 - every control call has this form
    """Say that the sandbox is up, and what time it has."""
    return {"status": "ok", "now": world.clock.now()}


def complete_link(world: World, request: Request) -> object:
    """Go through Link without a browser: `token`, and optionally user name, password, employer and platform."""
    token, given = _credentials(world, request)
    catch_up(world)
    try:
        with world.storage.writing() as session:
            return msgspec.to_builtins(log_in(world, session, token, given))
    except LinkError as error:
        raise ApiError(400, error.type, error.code, error.message) from None


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    end_user_id: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    document_type: str
    fraud_suspected: bool = False


class _SiteDone(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    success: bool = True


class _Yaml(msgspec.Struct, forbid_unknown_fields=True):
    yaml: str


def complete_company_link(world: World, request: Request) -> object:
    """Go through Link for a whole company: `token`, and optionally user name, password and platform."""
    token, given = _credentials(world, request)
    try:
        with world.storage.writing() as session:
            return msgspec.to_builtins(log_in_to_company(world, session, token, given))
    except LinkError as error:
        raise ApiError(400, error.type, error.code, error.message) from None


def add_document(world: World, request: Request) -> object:
    """Hand in a document for an end user: `end_user_id`, `document_type`, and whether it looks like fraud."""
    wanted = _converted(read_object(request, world.settings.body_limit), _Document)
    kind = DocumentType(wanted.document_type)
    if not kind.is_known or not wanted.end_user_id.strip():
        raise invalid_field("document_type" if not kind.is_known else "end_user_id", "This is not known.")
    with world.storage.writing() as session:
        row = file_document(world, session, wanted.end_user_id.strip(), kind, suspected=wanted.fraud_suspected)
        return {"id": row.id}


def finish_site(world: World, request: Request) -> object:
    """The signed way back from a hosted Link page: `id` of the site, and whether it went well."""
    wanted = _converted(read_object(request, world.settings.body_limit), _SiteDone)
    with world.storage.reading() as session:
        return {"redirect_url": way_back(world, session, wanted.id, success=wanted.success)}


def load_scenario(world: World, request: Request) -> object:
    """Add the people, accounts and documents of a scenario, whose text is in `yaml`."""
    wanted = _converted(read_object(request, world.settings.body_limit), _Yaml)
    try:
        scenario = read_scenario(wanted.yaml + "\n", world.catalogue)
        with world.storage.writing() as session:
            return msgspec.to_builtins(apply_scenario(world, session, scenario))
    except ScenarioError as error:
        raise invalid_field("yaml", f"{error}.") from None
    except LinkError as error:
        raise ApiError(400, error.type, error.code, error.message) from None


def list_operations(world: World, request: Request) -> object:  # noqa: ARG001 - as above
    """Which operation there is in which version, and whether it is stateful."""
    from pinwheel_sandbox.core import ROUTES  # noqa: PLC0415 - the core knows the control calls itself

    return operations.entries(ROUTES)


def _credentials(world: World, request: Request) -> tuple[str, Credentials]:
    body = read_object(request, world.settings.body_limit)
    token: object = body.pop("token", None)
    if not isinstance(token, str):
        raise invalid_field("token", "This property is required and is a text.")
    return token, _converted(body, Credentials)


def _converted(body: Mapping[str, Any], kind: type[M]) -> M:
    try:
        return convert(body, kind)
    except msgspec.ValidationError as error:
        raise invalid_field(str(error).rpartition("$.")[2].rstrip("`") or "body", f"{error}.") from None


_CALLS: Mapping[tuple[str, str], Callable[[World, Request], Any]] = {
    ("GET", "health"): health,
    ("GET", "operations"): list_operations,
    ("POST", "link/complete"): complete_link,
    ("POST", "company_connect/complete"): complete_company_link,
    ("POST", "documents"): add_document,
    ("POST", "sites/finish"): finish_site,
    ("POST", "scenarios"): load_scenario,
}


def control(world: World, request: Request) -> object:
    """Carry out a control call."""
    name = request.path.removeprefix(PREFIX)
    call = _CALLS.get((request.method, name))
    if call is None:
        methods = [method for method, known in _CALLS if known == name]
        raise wrong_method(methods) if methods else not_found("The control call")
    return {"data": call(world, request)}
