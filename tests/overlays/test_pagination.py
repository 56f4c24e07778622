"""Lists: items, pages, limits, guards, and going on from a checkpoint."""

from datetime import date
from typing import Any

import pytest
from pinwheel_overlays.errors import BadRequestError, CheckpointError, InvalidInputError, PaginationError
from pinwheel_overlays.hooks import PageEvent

from .harness import Bench, answer, ids, page, refusal, widget

THREE = (("abc", "c1"), ("def", "c2"), ("gh", None))


def three() -> list[Any]:
    return [page(*each) for each in THREE]


def pages_of(bench: Bench, listing: Any) -> list[Any]:
    return bench.items(listing.pages())


def test_nothing_is_sent_before_the_first_item_is_asked_for(bench: Bench) -> None:
    client = bench.client()
    listing = client.widgets.list()
    assert repr(listing).endswith("of widgets.list>")
    assert listing.checkpoint
    assert bench.script.requests == []


def test_items_of_all_pages_in_order(bench: Bench) -> None:
    client = bench.client(*three())
    assert ids(bench.items(client.widgets.list(limit=3, made_after=date(2026, 1, 1)))) == list("abcdefgh")
    assert bench.script.urls == [
        "/v1/widgets?made_after=2026-01-01&limit=3",
        "/v1/widgets?made_after=2026-01-01&limit=3&cursor=c1",
        "/v1/widgets?made_after=2026-01-01&limit=3&cursor=c2",
    ]


def test_pages_are_fetched_as_you_go(bench: Bench) -> None:
    client = bench.client(*three())
    bench.items(client.widgets.list(), upto=3)
    assert len(bench.script.requests) == 1
    client = bench.client(*three())
    bench.items(client.widgets.list(), upto=4)
    assert len(bench.script.requests) == 2


def test_a_cursor_of_the_caller_is_where_it_begins(bench: Bench) -> None:
    client = bench.client(page("x", "c9"), page("y"))
    bench.items(client.widgets.list(cursor="c8"))
    assert bench.script.urls == ["/v1/widgets?cursor=c8", "/v1/widgets?cursor=c9"]


def test_each_iteration_begins_anew(bench: Bench) -> None:
    client = bench.client(*three(), *three())
    listing = client.widgets.list()
    assert bench.items(listing) == bench.items(listing)


def test_pages(bench: Bench) -> None:
    client = bench.client(*three())
    found = pages_of(bench, client.widgets.list())
    assert [ids(each.data) for each in found] == [list("abc"), list("def"), list("gh")]
    assert [each.meta.next_cursor for each in found] == ["c1", "c2", None]
    assert all(each.status == 200 and each.request_id for each in found)


def test_a_list_without_cursors_is_one_page(bench: Bench) -> None:
    client = bench.client(page("ab", "ignored"))
    assert ids(bench.items(client.widgets.search("q", limit=5))) == ["a", "b"]
    assert bench.script.urls == ["/v1/search?q=q&limit=5"]


@pytest.mark.parametrize("cursor", [None, ""])
def test_an_empty_cursor_ends_the_list(bench: Bench, cursor: str | None) -> None:
    client = bench.client(page("ab", cursor))
    assert ids(bench.items(client.widgets.list())) == ["a", "b"]


def test_an_empty_list(bench: Bench) -> None:
    assert bench.items(bench.client(page("")).widgets.list()) == []
    assert [each.data for each in pages_of(bench, bench.client(page("")).widgets.list())] == [[]]


def test_an_empty_page_in_between_ends_nothing(bench: Bench) -> None:
    client = bench.client(page("a", "1"), page("", "2"), page("", "3"), page("b"))
    assert ids(bench.items(client.widgets.list())) == ["a", "b"]


@pytest.mark.parametrize(("number", "requests"), [(0, 0), (1, 1), (3, 1), (4, 2), (8, 3), (99, 3)])
def test_max_items(bench: Bench, number: int, requests: int) -> None:
    client = bench.client(*three())
    assert ids(bench.items(client.widgets.list().max_items(number))) == list("abcdefgh")[:number]
    assert len(bench.script.requests) == requests
    client = bench.client(*three())
    found = pages_of(bench, client.widgets.list().max_items(number))
    assert [item.id for each in found for item in each.data] == list("abcdefgh")[:number]
    assert len(bench.script.requests) == requests


@pytest.mark.parametrize("number", [-1, 1.5, True, "3", None])
def test_max_items_is_a_count(bench: Bench, number: Any) -> None:
    with pytest.raises(InvalidInputError, match="max_items"):
        bench.client().widgets.list().max_items(number)


def test_first(bench: Bench) -> None:
    assert bench.do(bench.client(*three()).widgets.list().first()).id == "a"
    assert len(bench.script.requests) == 1
    assert bench.do(bench.client(page("", "1"), page("b", "2")).widgets.list().first()).id == "b"
    assert bench.do(bench.client(page("")).widgets.list().first()) is None


# Guards


@pytest.mark.parametrize("cursors", [["c1", "c1"], ["c1", "c2", "c1"], ["c1", "c2", "c3", "c2"]])
def test_a_cursor_that_comes_twice_stops_the_list_after_the_good_items(bench: Bench, cursors: list[str]) -> None:
    client = bench.client(*(page([f"i{number}"], cursor) for number, cursor in enumerate(cursors)))
    found: list[Any] = []
    with pytest.raises(PaginationError, match="a cursor came twice") as caught:
        collect(bench, client.widgets.list(), found)
    assert ids(found) == [f"i{number}" for number in range(len(cursors))]
    assert caught.value.operation == "widgets.list"
    assert caught.value.request_id


def collect(bench: Bench, listing: Any, into: list[Any]) -> None:
    if not bench.asynchronous:
        for item in listing:
            into.append(item)  # noqa: PERF402 - what came before an error counts
        return

    async def read() -> None:
        async for item in listing:
            into.append(item)  # noqa: PERF401 - as above

    bench.do(read())


def test_the_cursor_that_was_passed_in_counts_as_seen(bench: Bench) -> None:
    client = bench.client(page("a", "c1"))
    with pytest.raises(PaginationError):
        bench.items(client.widgets.list(cursor="c1"))


def test_a_page_that_comes_twice_under_new_cursors_is_not_handed_out_again(bench: Bench) -> None:
    client = bench.client(page("ab", "c1"), page("cd", "c2"), page("ab", "c3"))
    found: list[Any] = []
    with pytest.raises(PaginationError, match="a page came twice"):
        collect(bench, client.widgets.list(), found)
    assert ids(found) == list("abcd")


def test_an_endless_run_of_empty_pages_is_stopped(bench: Bench) -> None:
    client = bench.client(*(page("", f"c{number}") for number in range(50)))
    with pytest.raises(PaginationError, match="10 empty pages"):
        bench.items(client.widgets.list())
    assert len(bench.script.requests) == 10


def test_a_cursor_that_is_no_string_is_not_followed(bench: Bench) -> None:
    client = bench.client(answer([widget()], meta={"next_cursor": True}))
    with pytest.raises(PaginationError, match="no string"):
        bench.items(client.widgets.list())


def test_items_without_ids_are_no_sign_of_a_circle(bench: Bench) -> None:
    pages = [answer([widget(id=None)], meta={"next_cursor": cursor}) for cursor in ("c1", "c2", None)]
    assert len(bench.items(bench.client(*pages).widgets.list())) == 3


# Checkpoints


@pytest.mark.parametrize("stop", range(9))
def test_a_later_process_goes_on_with_the_next_item(bench: Bench, stop: int) -> None:
    expected = list("abcdefgh")
    client = bench.client(*three())
    listing = client.widgets.list(limit=3)
    first = ids(bench.items(listing.max_items(stop))) if stop else []
    limited = client.widgets.list(limit=3).max_items(stop)
    client = bench.client(*three())
    limited = client.widgets.list(limit=3).max_items(stop)
    assert ids(bench.items(limited)) == first == expected[:stop]
    checkpoint = limited.checkpoint

    remaining = three()[min(stop // 3, 2) :] if stop < 8 else []
    client = bench.client(*remaining)
    again = client.widgets.list(limit=3).resume(checkpoint)
    assert ids(bench.items(again)) == expected[stop:]
    assert bench.script.steps == []


def test_an_item_counts_as_read_while_it_is_looked_at(bench: Bench) -> None:
    client = bench.client(*three())
    listing = client.widgets.list()
    bench.items(listing, upto=4)
    client = bench.client(*three()[1:])
    assert ids(bench.items(client.widgets.list().resume(listing.checkpoint))) == list("efgh")
    assert bench.script.urls[0] == "/v1/widgets?cursor=c1"


def test_pages_count_as_read_while_they_are_looked_at(bench: Bench) -> None:
    client = bench.client(*three())
    listing = client.widgets.list()
    bench.items(listing.pages(), upto=1)
    client = bench.client(*three()[1:])
    assert ids(bench.items(client.widgets.list().resume(listing.checkpoint))) == list("defgh")


def test_pages_after_a_checkpoint_hold_what_is_due(bench: Bench) -> None:
    listing = bench.client(*three()).widgets.list()
    bench.items(listing, upto=2)
    client = bench.client(*three())
    found = pages_of(bench, client.widgets.list().resume(listing.checkpoint).max_items(5))
    assert [ids(each.data) for each in found] == [["c"], list("def"), ["g"]]


def test_after_an_error_the_checkpoint_is_good(bench: Bench) -> None:
    client = bench.client(page("abc", "c1"), refusal(400))
    listing = client.widgets.list()
    found: list[Any] = []
    with pytest.raises(BadRequestError):
        collect(bench, listing, found)
    assert ids(found) == list("abc")
    client = bench.client(*three()[1:])
    assert ids(bench.items(client.widgets.list().resume(listing.checkpoint))) == list("defgh")


def test_a_finished_list_has_nothing_more(bench: Bench) -> None:
    listing = bench.client(*three()).widgets.list()
    bench.items(listing)
    assert bench.items(bench.client().widgets.list().resume(listing.checkpoint)) == []
    assert bench.script.requests == []


def test_newer_items_that_pushed_the_page_down_are_no_reason_to_repeat_one(bench: Bench) -> None:
    listing = bench.client(page("abcd", "c1")).widgets.list()
    bench.items(listing, upto=2)
    client = bench.client(page("XYabcd", "c1"), page("e"))
    assert ids(bench.items(client.widgets.list().resume(listing.checkpoint))) == list("cde")


def test_an_item_that_is_gone_is_no_reason_to_lose_one(bench: Bench) -> None:
    listing = bench.client(page("abcd", "c1")).widgets.list()
    bench.items(listing, upto=4)
    listing = bench.client(page("abcd", "c1")).widgets.list()
    bench.items(listing, upto=2)
    client = bench.client(page("acd", None))
    assert ids(bench.items(client.widgets.list().resume(listing.checkpoint)))[-1:] == ["d"]


def test_a_checkpoint_of_another_call_is_refused(bench: Bench) -> None:
    listing = bench.client(*three()).widgets.list(limit=3)
    bench.items(listing, upto=2)
    checkpoint = listing.checkpoint
    client = bench.client()
    with pytest.raises(CheckpointError, match=r"of widgets\.list, not of makers"):
        client.widgets.made_by("m").resume(checkpoint)
    for other in (
        client.widgets.list(),
        client.widgets.list(limit=4),
        client.widgets.list(limit=3, made_after=date(2026, 1, 1)),
        client.widgets.list(limit=3, cursor="c"),
    ):
        with pytest.raises(CheckpointError, match="other parameters"):
            other.resume(checkpoint)
    client.widgets.list(limit=3).resume(checkpoint)


def test_a_checkpoint_of_another_id_or_version_is_refused(bench: Bench) -> None:
    client = bench.client(page("ab", "c1"))
    listing = client.widgets.made_by("m1")
    bench.items(listing, upto=1)
    with pytest.raises(CheckpointError):
        client.widgets.made_by("m2").resume(listing.checkpoint)

    class Newer(type(client)):  # type: ignore[misc]
        version = "2026-01-01"

    with pytest.raises(CheckpointError):
        Newer("secret", transport=bench.script).widgets.made_by("m1").resume(listing.checkpoint)


def test_a_checkpoint_holds_no_parameters_and_no_secret(bench: Bench) -> None:
    import base64

    client = bench.client(page("ab", "c1"))
    listing = client.widgets.made_by("user-with-a-name")
    bench.items(listing, upto=1)
    packed = base64.urlsafe_b64decode(listing.checkpoint.removeprefix("pwc1."))
    assert b"user-with-a-name" not in packed
    assert b"sk-" not in packed
    assert len(listing.checkpoint) < 200


def test_pages_are_told_to_hooks(bench: Bench) -> None:
    class Watch:
        def __init__(self) -> None:
            self.seen: list[PageEvent] = []

        def on_page(self, event: PageEvent) -> None:
            self.seen.append(event)

    watch = Watch()
    bench.items(bench.client(*three(), hooks=watch).widgets.list())
    assert [(event.page, event.items, event.operation.id) for event in watch.seen] == [
        (1, 3, "widgets.list"),
        (2, 3, "widgets.list"),
        (3, 2, "widgets.list"),
    ]
