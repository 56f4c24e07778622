"""A small API with a client of the same make as the generated ones: what the overlays are tested on."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import msgspec
from pinwheel_overlays.client import AsyncClientBase, ClientBase
from pinwheel_overlays.enums import OpenEnum
from pinwheel_overlays.model import UNSET, Model, Timestamp, UnsetType, Variants, model, resolve_variants
from pinwheel_overlays.operation import Operation
from pinwheel_overlays.pagination import AsyncPages, Pages
from pinwheel_overlays.resource import (
    AsyncListResponding,
    AsyncResource,
    AsyncResponding,
    ListResponding,
    Resource,
    Responding,
)


class Color(OpenEnum):
    RED = "red"
    GREEN = "green"


class Span(msgspec.Struct, frozen=True, kw_only=True):
    from_: Timestamp = msgspec.field(name="from")
    to: Timestamp


@model
class Part(Model):
    name: str
    color: Color | None = None
    parts: "list[Part] | None" = None


@model
class RoundNote(Model):
    shape: str | None = None
    radius: Decimal


@model
class SquareNote(Model):
    side: int
    part: Part | None = None


if TYPE_CHECKING:
    Note = RoundNote | SquareNote | dict[str, Any]
else:
    Note = dict[str, Any]


@model
class Widget(Model):
    __pii__ = frozenset({"ssn"})
    __variants__: ClassVar = {
        "note": Variants("shape", {"round": f"{__name__}:RoundNote", "square": f"{__name__}:SquareNote"}),
    }

    id: str
    size: int
    color: Color
    made_at: Timestamp
    made_on: date | None
    parts: list[Part] | None
    ssn: str | None = None
    weight: float | None = None
    price: Decimal | None = None
    good: bool | None = None
    span: Span | None = None
    tags: dict[str, Any] | None = None
    counts: dict[str, int] | None = None
    mixed: int | str | None = None
    colors: list[Color] | None = None
    shape: str | None = None
    note: Note | None = None

    __attrs_post_init__ = resolve_variants


@model
class PartCreate(Model):
    name: Annotated[str, msgspec.Meta(min_length=1)]
    color: Color | UnsetType = UNSET
    weight: float | UnsetType = UNSET


@model
class WidgetCreate(Model):
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    size: Annotated[int, msgspec.Meta(ge=1)] | UnsetType = UNSET
    colors: list[Color] | UnsetType = UNSET
    finish: Literal["matt", "gloss"] | UnsetType = UNSET
    price: Decimal | UnsetType = UNSET
    made_on: date | UnsetType = UNSET
    made_at: Timestamp | UnsetType = UNSET
    part: PartCreate | UnsetType = UNSET
    owner_id: str | UnsetType | None = UNSET
    nick: str | UnsetType | None = UNSET
    labels: dict[str, str] | UnsetType = UNSET


GET = Operation("widgets.get", "GET", "/v1/widgets/{widget_id}", idempotent=True)
OWNED = Operation("widgets.owned", "GET", "/v1/owners/{owner_id}/widget", idempotent=True, trim=("owner_id",))
LIST = Operation("widgets.list", "GET", "/v1/widgets", idempotent=True, paginated=True, limits=(("limit", 1, 100),))
MADE_BY = Operation("makers.widgets.list", "GET", "/v1/makers/{maker_id}/widgets", idempotent=True, paginated=True)
SEARCH = Operation("widgets.search", "GET", "/v1/search", idempotent=True)
CREATE = Operation(
    "widgets.create", "POST", "/v1/widgets", idempotent=False, trim=("owner_id",), one_of=(("owner_id", "nick"),)
)
TOUCH = Operation("widgets.touch", "POST", "/v1/widgets/{widget_id}/touch", idempotent=True)
DELETE = Operation("widgets.delete", "DELETE", "/v1/widgets/{widget_id}", idempotent=True)
KEYS = Operation("keys.get", "GET", "/v1/admin/keys", idempotent=True, auth="bearer")
LOGIN = Operation("login", "POST", "/v1/admin/token", idempotent=False, auth="none")


class Widgets(Resource):
    __slots__ = ()

    def get(self, widget_id: str) -> Widget:
        """Return a widget."""
        return self._core.call(GET, Widget, path={"widget_id": widget_id})

    def owned(self, owner_id: str) -> Widget:
        return self._core.call(OWNED, Widget, path={"owner_id": owner_id})

    def list(
        self, *, made_after: date | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Pages[Widget]:
        return self._core.list(LIST, Widget, query={"made_after": made_after, "limit": limit, "cursor": cursor})

    def made_by(self, maker_id: str) -> Pages[Widget]:
        return self._core.list(MADE_BY, Widget, path={"maker_id": maker_id})

    def search(self, q: str, *, limit: int | None = None) -> Pages[Widget]:
        return self._core.list(SEARCH, Widget, query={"q": q, "limit": limit})

    def create(self, **fields: Any) -> Widget:
        return self._core.call(CREATE, Widget, body=WidgetCreate, fields=fields)

    def touch(self, widget_id: str) -> Widget:
        return self._core.call(TOUCH, Widget, path={"widget_id": widget_id})

    def delete(self, widget_id: str) -> None:
        return self._core.call(DELETE, None, path={"widget_id": widget_id})

    def keys(self) -> Widget:
        return self._core.call(KEYS, Widget)

    def login(self) -> Widget:
        return self._core.call(LOGIN, Widget)


class WidgetsWithResponse(Resource):
    __slots__ = ()
    get = Responding(Widgets.get)
    list = ListResponding(Widgets.list)
    create = Responding(Widgets.create)
    delete = Responding(Widgets.delete)


class ShopWithResponse(Resource):
    __slots__ = ()

    @property
    def widgets(self) -> WidgetsWithResponse:
        return WidgetsWithResponse(self._core)


class Shop(ClientBase):
    __slots__ = ()
    version = "2025-07-08"

    @property
    def widgets(self) -> Widgets:
        return Widgets(self._core)

    @property
    def with_response(self) -> ShopWithResponse:
        return ShopWithResponse(self._core.responding)


class AsyncWidgets(AsyncResource):
    __slots__ = ()

    async def get(self, widget_id: str) -> Widget:
        """Return a widget."""
        return await self._core.call(GET, Widget, path={"widget_id": widget_id})

    async def owned(self, owner_id: str) -> Widget:
        return await self._core.call(OWNED, Widget, path={"owner_id": owner_id})

    def list(
        self, *, made_after: date | None = None, limit: int | None = None, cursor: str | None = None
    ) -> AsyncPages[Widget]:
        return self._core.list(LIST, Widget, query={"made_after": made_after, "limit": limit, "cursor": cursor})

    def made_by(self, maker_id: str) -> AsyncPages[Widget]:
        return self._core.list(MADE_BY, Widget, path={"maker_id": maker_id})

    def search(self, q: str, *, limit: int | None = None) -> AsyncPages[Widget]:
        return self._core.list(SEARCH, Widget, query={"q": q, "limit": limit})

    async def create(self, **fields: Any) -> Widget:
        return await self._core.call(CREATE, Widget, body=WidgetCreate, fields=fields)

    async def touch(self, widget_id: str) -> Widget:
        return await self._core.call(TOUCH, Widget, path={"widget_id": widget_id})

    async def delete(self, widget_id: str) -> None:
        return await self._core.call(DELETE, None, path={"widget_id": widget_id})

    async def keys(self) -> Widget:
        return await self._core.call(KEYS, Widget)

    async def login(self) -> Widget:
        return await self._core.call(LOGIN, Widget)


class AsyncWidgetsWithResponse(AsyncResource):
    __slots__ = ()
    get = AsyncResponding(AsyncWidgets.get)
    list = AsyncListResponding(AsyncWidgets.list)
    create = AsyncResponding(AsyncWidgets.create)
    delete = AsyncResponding(AsyncWidgets.delete)


class AsyncShopWithResponse(AsyncResource):
    __slots__ = ()

    @property
    def widgets(self) -> AsyncWidgetsWithResponse:
        return AsyncWidgetsWithResponse(self._core)


class AsyncShop(AsyncClientBase):
    __slots__ = ()
    version = "2025-07-08"

    @property
    def widgets(self) -> AsyncWidgets:
        return AsyncWidgets(self._core)

    @property
    def with_response(self) -> AsyncShopWithResponse:
        return AsyncShopWithResponse(self._core.responding)
