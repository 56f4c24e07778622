"""Lazy packages (PEP 562): a name is imported when it is first asked for, and only then costs time and memory."""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # this module is imported with the package: it loads as little as can be
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["lazy_exports", "load"]


def load(target: str, package: str | None = None) -> object:
    """Return the attribute that ``"package.module:Attribute"`` names.

    Raises ImportError or AttributeError as an import statement would.
    """
    module, _, attribute = target.partition(":")
    return getattr(import_module(module, package), attribute)


def lazy_exports(package: str, table: Mapping[str, str]) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Build the module functions ``__getattr__`` and ``__dir__`` for a package.

    ``table`` maps each public name to ``"module"`` (which holds an attribute of that name) or ``"module:Attribute"``;
    a module that starts with a dot is relative to ``package``. ``"module:"`` exports the module itself.

        __getattr__, __dir__ = lazy_exports(__name__, {"Paystub": "._models.paystub"})
    """

    def get_attribute(name: str) -> object:
        target = table.get(name)
        if target is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, separator, attribute = target.partition(":")
        if separator and not attribute:
            value: object = import_module(module, package)
        else:
            value = load(f"{module}:{attribute or name}", package)
        # Stored on the module, so that the next access is an ordinary one.
        setattr(sys.modules[package], name, value)
        return value

    def list_names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *table})

    return get_attribute, list_names
