"""A client of a version that Pinwheel gave up says so, once."""

import warnings
from typing import ClassVar

import pytest
from pinwheel_api import VERSIONS, RetiredVersionWarning, VersionInfo, async_client_class, client_class
from pinwheel_overlays.client import ClientBase


class Old(ClientBase):
    __slots__ = ()
    version: ClassVar[str] = "2001-01-01"
    version_status: ClassVar[str] = "deprecated"


def test_a_deprecated_version_warns_once_and_at_the_callers_line() -> None:
    with pytest.warns(RetiredVersionWarning, match="2001-01-01 is deprecated") as caught:
        clients = [Old("secret") for _ in range(3)]
    assert len(caught) == 1 < len(clients)
    assert caught[0].filename == __file__


@pytest.mark.parametrize("info", VERSIONS, ids=lambda info: info.date)
def test_clients_have_the_status_that_the_specs_state(info: VersionInfo) -> None:
    date, status = info.date, info.status
    assert client_class(date).version_status == async_client_class(date).version_status == status
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        client_class(date)("secret")
    assert {warning.category for warning in caught} <= ({RetiredVersionWarning} if status == "sunset" else set())
