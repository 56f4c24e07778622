"""Code is moved to another version line by line: nothing but its imports and dates changes, and no line moves."""

import ast

import pytest
from pinwheel_cli.upgrade.edits import Edit, Spot, apply
from pinwheel_cli.upgrade.pinning import names_of, pin

OLD, NEW = "2021-07-28", "2025-07-08"
MOVED = "v2025_07_08 as v2021_07_28"


def moved(text: str) -> str:
    result = pin(text, ast.parse(text), OLD, NEW)
    ast.parse(result)
    assert len(result.splitlines()) == len(text.splitlines())
    return result


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from pinwheel_api.v2021_07_28 import Pinwheel", "from pinwheel_api.v2025_07_08 import Pinwheel"),
        ("from pinwheel_api.v2021_07_28.events import X", "from pinwheel_api.v2025_07_08.events import X"),
        ("import pinwheel_api.v2021_07_28 as pw", "import pinwheel_api.v2025_07_08 as pw"),
        ("import os, pinwheel_api.v2021_07_28", "import os, pinwheel_api.v2025_07_08"),
        ("from pinwheel_api import v2021_07_28", "from pinwheel_api import v2025_07_08 as v2021_07_28"),
        ("from pinwheel_api import v2021_07_28 as old", "from pinwheel_api import v2025_07_08 as old"),
        # An import that pins no version is taken for the older one.
        ("from pinwheel_api import Pinwheel", "from pinwheel_api.v2025_07_08 import Pinwheel"),
        ("from pinwheel_api import *", "from pinwheel_api.v2025_07_08 import *"),
        # What belongs to no version stays where it is.
        ("from pinwheel_api import Money", "from pinwheel_api import Money"),
        (
            "from pinwheel_api import Money as M, Pinwheel",
            "from pinwheel_api.v2025_07_08 import Pinwheel, Pinwheel; from pinwheel_api import Money as M",
        ),
        (
            "from pinwheel_api import Pinwheel, v2021_07_28",
            f"from pinwheel_api.v2025_07_08 import Pinwheel, Pinwheel; from pinwheel_api import {MOVED}",
        ),
        # Another version that the code pins is its own business.
        ("from pinwheel_api.v2023_11_22 import Pinwheel", "from pinwheel_api.v2023_11_22 import Pinwheel"),
        ("from elsewhere import v2021_07_28", "from elsewhere import v2021_07_28"),
        ("client = client_class('2021-07-28')()", "client = client_class('2025-07-08')()"),
        ("client = sandbox.client(version='2021-07-28')", "client = sandbox.client(version='2025-07-08')"),
        ("parse(body, headers, [], version='2021-07-28')", "parse(body, headers, [], version='2025-07-08')"),
        ("parse('2021-07-28', headers, [])", "parse('2021-07-28', headers, [])"),
        ("client.webhooks.create(version='2021-07-28')", "client.webhooks.create(version='2021-07-28')"),
        ("day = date.fromisoformat('2021-07-28')", "day = date.fromisoformat('2021-07-28')"),
    ],
)
def test_one_line(before: str, after: str) -> None:
    assert moved(before) == after


def test_names_behind_a_module_follow() -> None:
    before = "import pinwheel_api\nimport pinwheel_api as p\npinwheel_api.Pinwheel(); p.v2021_07_28.Paystub; p.Money\n"
    assert moved(before).splitlines()[2] == ("pinwheel_api.v2025_07_08.Pinwheel(); p.v2025_07_08.Paystub; p.Money")


def test_names_over_several_lines_keep_their_lines() -> None:
    before = "from pinwheel_api import (\n    Money,\n    Paystub,\n    Pinwheel,\n)\nx = 1\n"
    assert moved(before) == (
        "from pinwheel_api.v2025_07_08 import (\n    Paystub,\n    Paystub,\n    Pinwheel,\n)"
        "; from pinwheel_api import Money\nx = 1\n"
    )


def test_text_that_is_not_ascii_moves_nothing() -> None:
    before = "s = 'süß'; import pinwheel_api.v2021_07_28 as p; t = 'é'\n"
    assert moved(before) == "s = 'süß'; import pinwheel_api.v2025_07_08 as p; t = 'é'\n"


def test_a_version_exports_its_clients_and_models_but_not_what_is_shared() -> None:
    names = names_of(OLD)
    assert {"Pinwheel", "AsyncPinwheel", "Site", "events"} <= names
    assert not {"Money", "APIError"} & names


def test_edits_at_one_spot_are_made_in_their_order() -> None:
    spot = Spot(1, 1)
    assert apply("ab", [Edit(spot, spot, "1"), Edit(spot, spot, "2")]) == "a12b"
    with pytest.raises(ValueError, match="stays on its line"):
        apply("a\nb", [Edit(Spot(1, 0), Spot(2, 0), "")])
