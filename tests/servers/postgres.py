"""A real PostgreSQL for tests: a cluster of its own, on a free port, in a folder that goes with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from pathlib import Path
from types import TracebackType
from typing import Self

MISSING = "no PostgreSQL on this machine (initdb, pg_ctl), so what needs one was not tested"
USER = "pinwheel"


def _programs() -> Path | None:
    """The folder with initdb and pg_ctl; Debian keeps it off the PATH."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    usable = [folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()]
    return usable[-1] if usable else None


PROGRAMS = _programs()


class PostgresProcess:
    """A PostgreSQL that only this machine reaches, without passwords, and in no hurry to write to the disk."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="pinwheel-postgres-")
        self._data = Path(self._folder.name, "data")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root; its package brings a user of its own.
            shutil.chown(self._folder.name, "postgres")
        self._run("initdb", "-D", str(self._data), "-U", USER, "--auth=trust", "-E", "UTF8", "--no-sync")
        self.start()

    @property
    def url(self) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"

    def database(self) -> str:
        """The address of a database of its own, that nothing is in yet."""
        import psycopg

        name = f"d{uuid.uuid4().hex}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url.replace("/postgres", f"/{name}")

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        self._run("pg_ctl", "-D", str(self._data), "-l", f"{self._data}/log", "-w", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """End it: connections break."""
        self._run("pg_ctl", "-D", str(self._data), "-m", mode, "-w", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        assert PROGRAMS is not None, MISSING
        user = "postgres" if os.geteuid() == 0 else None
        done = subprocess.run(
            [str(PROGRAMS / program), *arguments],
            cwd=self._folder.name,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            user=user,
            group=user,
            extra_groups=[] if user else None,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.stop()
        finally:
            self._folder.cleanup()
