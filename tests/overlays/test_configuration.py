import copy
import pickle
from inspect import signature
from typing import Any

import pytest
from pinwheel_overlays.config import Timeout
from pinwheel_overlays.errors import ConfigurationError, InputError, PinwheelError

from .harness import SECRET, AsyncScript, SyncScript
from .shop import AsyncShop, Shop

CLIENTS = [Shop, AsyncShop]


@pytest.fixture(params=CLIENTS)
def client(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_a_missing_secret_is_told_when_the_client_is_made(client: Any) -> None:
    with pytest.raises(ConfigurationError, match="PINWHEEL_API_SECRET") as caught:
        client()
    assert isinstance(caught.value, InputError | ValueError | PinwheelError)


def test_an_empty_variable_is_named(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINWHEEL_API_SECRET", "")
    with pytest.raises(ConfigurationError, match=r"^PINWHEEL_API_SECRET is empty"):
        client()
    with pytest.raises(ConfigurationError, match=r"^api_secret is empty"):
        client("")


def test_false_is_no_secret_on_purpose(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client(api_secret=False)
    monkeypatch.setenv("PINWHEEL_API_SECRET", SECRET)
    assert client(api_secret=False)._core.settings.secret is None


def test_the_arguments_are_where_editors_and_help_look_for_them() -> None:
    told = str(Shop.__init__.__doc__)
    assert all(f"{name}:" in told for name in signature(Shop).parameters)


def test_secret_and_mode_come_from_the_environment(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINWHEEL_API_SECRET", SECRET)
    monkeypatch.setenv("PINWHEEL_MODE", "production")
    assert "https://api.getpinwheel.com" in repr(client())
    assert "https://development.getpinwheel.com" in repr(client(mode="development"))


def test_an_admin_token_alone_is_enough(client: Any) -> None:
    client(admin_token="token")


def test_a_number_is_no_retry_policy(client: Any) -> None:
    with pytest.raises(ConfigurationError, match="max_retries"):
        client(SECRET, retry=3)


@pytest.mark.parametrize("secret", ["", "with space", "line\n", "ünicode", "tab\t", "nul\0"])
def test_a_secret_that_no_header_can_carry_is_refused_without_quoting_it(client: Any, secret: str) -> None:
    for arguments in ({"api_secret": secret}, {"api_secret": SECRET, "admin_token": secret}):
        with pytest.raises(ConfigurationError) as caught:
            client(**arguments)
        assert not secret.strip() or secret not in str(caught.value)


def test_a_secret_of_another_type_is_refused(client: Any) -> None:
    with pytest.raises(ConfigurationError, match="must be a string, not bytes"):
        client(b"secret")


@pytest.mark.parametrize(
    ("mode", "host"),
    [
        (None, "https://sandbox.getpinwheel.com"),
        ("sandbox", "https://sandbox.getpinwheel.com"),
        ("development", "https://development.getpinwheel.com"),
        ("production", "https://api.getpinwheel.com"),
    ],
)
def test_modes_have_their_hosts(client: Any, mode: str | None, host: str) -> None:
    assert host in repr(client(SECRET, mode=mode))


@pytest.mark.parametrize("mode", ["", "prod", "Sandbox"])
def test_an_unknown_mode_is_refused(client: Any, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="'sandbox', 'development', 'production'"):
        client(SECRET, mode=mode)
    if mode:
        monkeypatch.setenv("PINWHEEL_MODE", mode)
        with pytest.raises(ConfigurationError, match="PINWHEEL_MODE"):
            client(SECRET)


@pytest.mark.parametrize("version", ["", "latest", "2025-7-8", "v2025-07-08"])
def test_a_version_that_is_no_date_is_refused(version: str) -> None:
    class Odd(Shop):
        pass

    Odd.version = version
    with pytest.raises(ConfigurationError, match="no Pinwheel-Version"):
        Odd(SECRET)


@pytest.mark.parametrize(
    "base_url",
    [
        "https://example.com",
        "https://example.com/",
        "https://example.com:8443",
        "http://localhost:8000",
        "http://pinwheel.localhost:8000",
        "http://127.0.0.1:8000",
        "http://127.9.9.9",
        "http://[::1]:8000",
    ],
)
def test_base_urls_that_are_fine(client: Any, base_url: str) -> None:
    assert base_url.rstrip("/") in repr(client(SECRET, base_url=base_url))


@pytest.mark.parametrize(
    ("base_url", "why"),
    [
        ("http://example.com", "must be https"),
        ("http://10.0.0.1", "must be https"),
        ("http://localhost.example.com", "must be https"),
        ("http://127.0.0.1.example.com", "must be https"),
        ("http://0.0.0.0", "must be https"),
        ("https://example.com/v1", "scheme and host only"),
        ("https://example.com?x=1", "scheme and host only"),
        ("https://example.com#x", "scheme and host only"),
        ("https://user:pass@example.com", "must be https:// and a host"),
        ("https://", "must be https:// and a host"),
        ("example.com", "must be https:// and a host"),
        ("ftp://example.com", "must be https:// and a host"),
        ("https://example.com:port", "must be https:// and a host"),
        ("https://exa mple.com", "must be https:// and a host"),
        ("https://example.com\n", "must be https:// and a host"),
        ("", "must be https:// and a host"),
        (3, "must be https:// and a host"),
    ],
)
def test_base_urls_that_are_refused(client: Any, base_url: Any, why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        client(SECRET, base_url=base_url)


@pytest.mark.parametrize("timeout", [0, -1, float("inf"), float("nan"), True, "5", Timeout(5, 0)])
def test_a_timeout_that_never_ends_is_refused(client: Any, timeout: Any) -> None:
    with pytest.raises(ConfigurationError, match="timeout"):
        client(SECRET, timeout=timeout)


@pytest.mark.parametrize("number", [-1, 1.5, True, "2"])
def test_a_wrong_number_of_retries_is_refused(client: Any, number: Any) -> None:
    with pytest.raises(ConfigurationError, match="max_retries"):
        client(SECRET, max_retries=number)


def test_hooks_without_a_known_method_are_refused(client: Any) -> None:
    class Misspelt:
        def on_reqest(self, event: object) -> None: ...

    with pytest.raises(ConfigurationError, match="Misspelt has none of the methods on_request"):
        client(SECRET, hooks=Misspelt())


def test_two_ways_to_send_are_one_too_many() -> None:
    with pytest.raises(ConfigurationError, match="not both"):
        Shop(SECRET, transport=SyncScript(), http_client=object())  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="not both"):
        AsyncShop(SECRET, transport=AsyncScript(), http_client=object())  # type: ignore[arg-type]


def test_repr_shows_what_matters_and_no_secret(client: Any) -> None:
    text = repr(client(SECRET, mode="development", admin_token="tok-123"))
    assert text == f"<{client.__name__} 2025-07-08, mode development, https://development.getpinwheel.com>"


def test_a_client_is_neither_pickled_nor_copied(client: Any) -> None:
    for way in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="with_options"):
            way(client(SECRET))
