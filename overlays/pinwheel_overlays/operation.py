"""What the spec says about one call: the only knowledge that the overlays have of an endpoint."""

from typing import Literal, NamedTuple

__all__ = ["Auth", "Operation"]

Auth = Literal["secret", "bearer", "none"]


class Operation(NamedTuple):
    """One operation of the API, as the generated code states it.

    Pass everything after ``path`` by keyword.
    """

    id: str
    """The operationId, which is also the call: ``accounts.paystubs.list``."""

    method: str
    """HTTP method in upper case."""

    path: str
    """Path template with the ``/v1`` prefix: ``/v1/accounts/{account_id}/paystubs``."""

    idempotent: bool
    """Whether a call whose fate is unknown may be repeated (``x-idempotent``)."""

    paginated: bool = False
    """Whether the answer names a cursor for the next page (``x-paginated``)."""

    auth: Auth = "secret"
    """Which credential the call carries: the API secret, the admin token, or none."""

    trim: tuple[str, ...] = ()
    """Path parameters and body fields that are sent without outer whitespace, 1 to 255 characters (``x-trim``)."""

    one_of: tuple[tuple[str, ...], ...] = ()
    """Groups of body fields of which at least one must be sent (``x-one-of-required``)."""

    limits: tuple[tuple[str, int, int], ...] = ()
    """Query parameters that are whole numbers with bounds: name, least, most."""

    lengths: tuple[tuple[str, int], ...] = ()
    """Query parameters that are texts of a least length: name, characters."""

    kinds: tuple[tuple[str, str], ...] = ()
    """Query parameters that are no plain text: name and kind, which is ``bool``, ``int``, ``date``, ``date-time`` or
    the enum as ``module:Class``, with ``[]`` behind it for several."""
