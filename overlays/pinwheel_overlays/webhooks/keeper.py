"""Keeps the claims of running handlers: a lease may be short, so that a crash is healed soon, and a handler long."""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

from pinwheel_overlays.forks import renew_after_fork
from pinwheel_overlays.logs import LOGGER

from .stores.base import EventStore, Key

__all__ = ["Keeper"]


class Keeper:
    """A thread that extends the leases of this process's claims three times a lease, while there are any."""

    def __init__(self, store: EventStore, lease: float) -> None:
        self._store = store
        self._lease = lease
        self._start_anew()
        renew_after_fork(self, Keeper._start_anew)

    def _start_anew(self) -> None:
        """Forget, in the child of a fork, the claims and the thread of the parent, and a lock that was just held."""
        self._lock = threading.Lock()
        self._held: dict[str, Key] = {}
        self._thread: threading.Thread | None = None

    @contextmanager
    def holding(self, key: Key, token: str) -> Generator[None]:
        """Keep a claim while the block runs."""
        with self._lock:
            self._held[token] = key
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._keep, name="pinwheel-webhook-leases", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                self._held.pop(token, None)

    def _keep(self) -> None:
        while True:
            time.sleep(self._lease / 3)
            with self._lock:
                held = list(self._held.items())
                if not held:
                    self._thread = None
                    return
            for token, key in held:
                self._extend(key, token)

    def _extend(self, key: Key, token: str) -> None:
        try:
            kept = self._store.extend(key, token, self._lease)
        except Exception as error:  # noqa: BLE001 - of whatever library the store uses; the next round tries again
            LOGGER.warning("webhook: the lease of %s could not be extended: %s", key, type(error).__name__)
            return
        if not kept and token in self._held:
            LOGGER.warning("webhook: the claim of %s was lost; the event may be handled twice", key)
