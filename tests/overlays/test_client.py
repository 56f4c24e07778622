"""A client's life: variations, closing, whole responses."""

import asyncio
import inspect
from typing import Any

import httpx
import pytest
from pinwheel_overlays.config import DEFAULT_TIMEOUT
from pinwheel_overlays.errors import ClientClosedError, ConfigurationError, NotFoundError
from pinwheel_overlays.retry import RetryPolicy

from .harness import REQUEST_ID, SECRET, Bench, answer, ids, page, refusal, widget
from .shop import AsyncShop, AsyncWidgets, Shop, Widget, Widgets


def close(bench: Bench, client: Any) -> None:
    bench.do(client.aclose() if bench.asynchronous else client.close())


def test_with_options_changes_what_is_given_and_keeps_the_rest(bench: Bench) -> None:
    client = bench.client(*[refusal(500)] * 9, answer(widget()), max_retries=3, admin_token="a")
    other = client.with_options(max_retries=0)
    assert type(other) is type(client)
    with pytest.raises(Exception, match="500"):
        bench.do(other.widgets.get("w1"))
    assert len(bench.script.requests) == 1
    with pytest.raises(Exception, match="500"):
        bench.do(client.widgets.get("w1"))
    assert len(bench.script.requests) == 5
    assert other._core.settings.admin_token is client._core.settings.admin_token
    assert other._core.transport is client._core.transport


def test_with_options_takes_a_policy_a_token_strictness_and_hooks(bench: Bench) -> None:
    client = bench.client(answer(widget()), answer(widget(size=None)))
    policy = RetryPolicy(7)
    other = client.with_options(retry=policy, strict=True, admin_token="tok")
    assert other._core.settings.retry is policy
    bench.do(other.widgets.keys())
    assert bench.script.requests[0].headers["authorization"] == "Bearer tok"
    with pytest.raises(Exception, match="differs from the spec"):
        bench.do(other.widgets.get("w1"))
    assert client.with_options(retry=policy, max_retries=1)._core.settings.retry.max_retries == 1


def test_with_options_can_switch_watching_off_and_go_back_to_the_usual_timeout(bench: Bench) -> None:
    told: list[Any] = []
    client = bench.client(*(answer(widget(new=1)) for _ in range(3)), on_drift=told.append)
    bench.do(client.with_options(on_drift=None).widgets.get("w1"))
    assert told == []
    bench.do(client.with_options(timeout=3).with_options(timeout=None).widgets.get("w1"))
    assert len(told) == 1
    assert bench.script.requests[-1].timeout == DEFAULT_TIMEOUT


def test_an_http_client_of_the_caller_has_its_own_usual_timeout() -> None:
    with httpx.Client() as mine:
        client = Shop(SECRET, http_client=mine, timeout=3).with_options(timeout=None)
        assert client._core.settings.timeout is None


def test_a_client_without_a_secret_says_so_at_the_call_that_needs_it(bench: Bench) -> None:
    client = bench.client(answer(widget()), answer(widget()), api_secret=False)
    with pytest.raises(ConfigurationError, match=r"widgets.get needs an API secret.* make one with api_secret="):
        bench.do(client.widgets.get("w1"))
    with pytest.raises(ConfigurationError, match=r"keys.get needs an admin token: client.with_options\(admin_token="):
        bench.do(client.widgets.keys())
    assert bench.script.requests == []
    bench.do(client.widgets.login())
    assert {"x-api-secret", "authorization"}.isdisjoint(bench.script.requests[0].headers)
    bench.do(client.with_options(admin_token="tok").widgets.keys())


def test_a_client_without_a_secret_has_the_usual_rate_limit() -> None:
    Shop(api_secret=False).close()


@pytest.mark.parametrize("options", [{"timeout": 0}, {"max_retries": -1}, {"admin_token": "a b"}, {"hooks": object()}])
def test_with_options_refuses_what_the_constructor_refuses(bench: Bench, options: Any) -> None:
    with pytest.raises(ConfigurationError):
        bench.client().with_options(**options)


def test_use_after_close_is_clear_and_closing_twice_is_fine(bench: Bench) -> None:
    client = bench.client(page("a", "c1"), answer(widget()))
    listing = client.widgets.list()
    items = bench.items(listing, upto=1)
    assert ids(items) == ["a"]
    close(bench, client)
    close(bench, client)
    assert "closed" in repr(client)
    for call in (
        lambda: bench.do(client.widgets.get("w1")),
        lambda: bench.items(listing),
        lambda: bench.do(client.with_options(timeout=3).widgets.get("w1")),
    ):
        with pytest.raises(ClientClosedError, match="closed"):
            call()
    assert len(bench.script.requests) == 1


def test_a_transport_of_the_caller_is_left_open(bench: Bench) -> None:
    client = bench.client()
    close(bench, client)
    assert bench.script.closed == 0


def test_a_varied_client_ends_with_the_first_and_not_the_other_way_round(bench: Bench) -> None:
    client = bench.client(answer(widget()), answer(widget()))
    other = client.with_options(timeout=3)
    close(bench, other)
    with pytest.raises(ClientClosedError):
        bench.do(other.widgets.get("w1"))
    bench.do(client.widgets.get("w1"))
    other = client.with_options(timeout=3)
    bench.do(other.widgets.get("w1"))
    close(bench, client)
    with pytest.raises(ClientClosedError):
        bench.do(other.widgets.get("w1"))


def test_a_with_block_closes() -> None:
    with Shop(SECRET) as client:
        pass
    with pytest.raises(ClientClosedError):
        client.widgets.get("w1")
    with pytest.raises(ClientClosedError), client:
        pass

    async def run() -> None:
        async with AsyncShop(SECRET) as client:
            pass
        with pytest.raises(ClientClosedError):
            await client.widgets.get("w1")
        with pytest.raises(ClientClosedError):
            async with client:
                pass

    asyncio.run(run())


# Whole responses


def test_with_response_gives_what_surrounds_the_data(bench: Bench) -> None:
    client = bench.client(
        answer(widget(), meta={"refreshed_at": "2025-06-24T09:00:00Z"}, headers={"x-more": "1"}),
    )
    response = bench.do(client.with_response.widgets.get("w1"))
    assert response.data == Widget(
        id="w1", size=3, color="red", made_at=response.data.made_at, made_on=response.data.made_on, parts=[]
    )  # type: ignore[arg-type]
    assert response.meta.refreshed_at.year == 2025
    assert response.status == 200
    assert response.headers["x-more"] == "1"
    assert response.request_id == REQUEST_ID
    assert response.version == "2025-07-08"
    assert b'"w1"' in response.raw
    assert "w1" not in repr(response)


def test_with_response_of_a_list_is_one_page(bench: Bench) -> None:
    client = bench.client(page("ab", "c1"))
    response = bench.do(client.with_response.widgets.list(limit=2))
    assert ids(response.data) == ["a", "b"]
    assert response.meta.next_cursor == "c1"
    assert response.meta.count == 2
    assert bench.script.urls == ["/v1/widgets?limit=2"]


def test_with_response_of_a_call_without_data(bench: Bench) -> None:
    response = bench.do(bench.client(answer(b"", status=204)).with_response.widgets.delete("w1"))
    assert response.data is None
    assert response.status == 204


def test_with_response_sends_bodies_and_raises_as_the_plain_call_does(bench: Bench) -> None:
    client = bench.client(answer(widget()), refusal(404))
    assert bench.do(client.with_response.widgets.create(name="box", nick="n")).data.id == "w1"
    with pytest.raises(NotFoundError):
        bench.do(client.with_response.widgets.get("w1"))


def test_twins_keep_name_signature_and_docstring(bench: Bench) -> None:
    widgets = bench.client().with_response.widgets
    plain = AsyncWidgets if bench.asynchronous else Widgets
    assert widgets.get.__doc__ == plain.get.__doc__
    assert inspect.signature(widgets.get) == inspect.signature(plain(None).get)  # type: ignore[arg-type]
    assert type(widgets).get is plain.get


def test_reprs_of_resources_say_what_they_are(bench: Bench) -> None:
    assert "Widgets of <" in repr(bench.client().widgets)
    assert SECRET not in repr(bench.client().widgets)
