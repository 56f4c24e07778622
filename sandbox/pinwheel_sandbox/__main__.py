"""`python -m pinwheel_sandbox`: the server alone, for programs that start it. People use `pinwheel sandbox`."""

import argparse

from pinwheel_sandbox.server import run
from pinwheel_sandbox.settings import DEFAULT_PORT, IN_MEMORY, LOOPBACK, READY
from pinwheel_sandbox.storage.opening import StorageError
from pinwheel_sandbox.world import create


def main() -> None:
    """Serve until stopped, and print one line once requests are answered."""
    parser = argparse.ArgumentParser(prog="python -m pinwheel_sandbox", description=__doc__)
    parser.add_argument("--host", default=LOOPBACK)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 finds a free one")
    parser.add_argument("--db", default=IN_MEMORY, help="an SQLAlchemy URL (default: in memory)")
    chosen = parser.parse_args()
    try:
        world = create(database=chosen.db)
    except StorageError as error:
        parser.exit(1, f"cannot open the database: {error}\n")
    try:
        run(world, host=chosen.host, port=chosen.port, ready=lambda url: print(READY + url, flush=True))  # noqa: T201
    except OSError as error:
        parser.exit(1, f"cannot listen on {chosen.host}:{chosen.port}: {error}\n")
    except KeyboardInterrupt:
        return
    finally:
        world.storage.close()


if __name__ == "__main__":
    main()
