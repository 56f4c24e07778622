"""Which databases there are, and what is wrong with an address in words for people."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

KNOWN = "a file name, sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME"


class StorageError(Exception):
    """The database cannot be used. The text says why, and holds no password."""


def address(url: str) -> URL:
    """The address of a database, with the driver that goes with it."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StorageError(f"this is no address of a database; give {KNOWN}") from None
    # Hosts like to write postgres://, which SQLAlchemy does not know.
    if parsed.drivername in {"postgres", "postgresql"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StorageError(f"there is no way to keep the state in {parsed.drivername}; give {KNOWN}")
    return parsed


def problem(url: URL, error: Exception) -> StorageError:
    """What an error of the driver means."""
    if isinstance(error, ImportError):
        return StorageError(f"{error}; pip install 'pinwheel-api[postgres]' brings what PostgreSQL needs")
    cause: object = getattr(error, "orig", None) or error
    words = next(iter(str(cause).strip().splitlines()), type(cause).__name__)
    if url.password:
        words = words.replace(str(url.password), "***")
    if url.get_backend_name() == "sqlite":
        return StorageError(f"{words}: is there a folder for it, and is it an SQLite file?")
    return StorageError(words)
