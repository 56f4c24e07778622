"""From the arguments of a client to its settings; whatever cannot be right is refused here."""

import os
import re
from collections.abc import Callable
from types import EllipsisType
from typing import Literal

from .auth import Secret
from .callbacks import check_plain
from .config import DEFAULT_TIMEOUT, Timeout, resolve_base_url, resolve_mode, resolve_timeout
from .drift import Drift, DriftMonitor
from .errors import ConfigurationError
from .hooks import HookSet
from .retry import RetryPolicy
from .settings import Settings

__all__ = ["make_settings", "vary_settings", "wrap_secret"]

_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def wrap_secret(value: str | Literal[False] | None, environment: str = "") -> Secret | None:
    """Hide a credential, as given or from an environment variable; None if there is none, or False was given.

    Nothing is checked here, so that no error is raised while a frame still holds the plain value.
    """
    if value is None and environment in os.environ:
        return Secret(os.environ[environment], environment)
    return None if value is None or value is False else Secret(value)


def make_settings(
    version: str,
    secret: Secret | None,
    admin_token: Secret | None,
    *,
    needs_credential: bool,
    mode: str | None,
    base_url: str | None,
    timeout: float | Timeout | None,
    keeps_timeout: bool,
    max_retries: int | None,
    retry: RetryPolicy | None,
    strict: bool,
    on_drift: Callable[[Drift], object] | None,
    hooks: object,
) -> Settings:
    """Return the settings of a new client.

    ``needs_credential``: refuse a client without any. ``keeps_timeout``: the caller's HTTP client has a timeout of its
    own. Raises ConfigurationError.
    """
    if not _VERSION.fullmatch(version):
        raise ConfigurationError(
            f"{version!r} is no Pinwheel-Version: take a client from pinwheel_api or pinwheel_api.v<date>"
        )
    if needs_credential and secret is None and admin_token is None:
        raise ConfigurationError("an API secret is missing: pass api_secret= or set PINWHEEL_API_SECRET")
    resolved_mode = resolve_mode(mode)
    usual_timeout = None if keeps_timeout else DEFAULT_TIMEOUT
    return Settings(
        version=version,
        mode=resolved_mode,
        base_url=resolve_base_url(base_url, resolved_mode),
        secret=secret and secret.checked("api_secret"),
        admin_token=admin_token and admin_token.checked("admin_token"),
        timeout=resolve_timeout(timeout) or usual_timeout,
        retry=_policy(retry or RetryPolicy(), max_retries),
        hooks=HookSet(hooks),
        monitor=_monitor(on_drift),
        strict=strict,
        usual_timeout=usual_timeout,
    )


def vary_settings(
    settings: Settings,
    *,
    admin_token: Secret | None,
    timeout: float | Timeout | EllipsisType | None,
    max_retries: int | None,
    retry: RetryPolicy | None,
    strict: bool | None,
    on_drift: Callable[[Drift], object] | EllipsisType | None,
    hooks: object,
) -> Settings:
    """Return settings that differ where an argument is given: not None, or for two of them not an ellipsis.

    Raises ConfigurationError.
    """
    if timeout is not ...:
        settings = settings._replace(timeout=resolve_timeout(timeout) or settings.usual_timeout)
    if on_drift is not ...:
        settings = settings._replace(monitor=_monitor(on_drift))
    return settings._replace(
        admin_token=settings.admin_token if admin_token is None else admin_token.checked("admin_token"),
        retry=_policy(retry or settings.retry, max_retries),
        strict=settings.strict if strict is None else strict,
        hooks=settings.hooks if hooks is None else HookSet(hooks),
    )


def _monitor(on_drift: Callable[[Drift], object] | None) -> DriftMonitor | None:
    if on_drift is None:
        return None
    check_plain("on_drift", on_drift)
    return DriftMonitor(on_drift)


def _policy(policy: RetryPolicy, max_retries: int | None) -> RetryPolicy:
    if not isinstance(policy, RetryPolicy):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConfigurationError("retry must be a RetryPolicy; the number of repetitions is max_retries")
    return policy if max_retries is None else policy.with_max_retries(max_retries)
