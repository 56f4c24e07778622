"""`pinwheel sandbox`, as someone at a terminal meets it."""

import signal
import socket
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import httpx
import pytest
from pinwheel_api import VERSIONS
from pinwheel_cli.main import app
from pinwheel_overlays.about import __version__
from typer.testing import CliRunner, Result


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, prog_name="pinwheel")


def test_version() -> None:
    done = run("--version")
    assert (done.exit_code, done.stdout) == (0, f"pinwheel {__version__}\n")


def test_help_names_the_command() -> None:
    assert "sandbox" in run().output
    assert "local Pinwheel" in run("sandbox", "--help").stdout


def test_help_needs_no_server() -> None:
    program = "import sys, pinwheel_cli.main; print({'uvicorn', 'sqlalchemy', 'starlette'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], stdout=PIPE, check=True).stdout == b"set()\n"


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_banner_then_a_clean_end(tmp_path: Path, stop: signal.Signals) -> None:
    command = [sys.executable, "-m", "pinwheel_cli", "sandbox", "--port", "0", "--db", "state.db", "--secret", "hush"]
    with subprocess.Popen(command, stdout=PIPE, stderr=PIPE, text=True, cwd=tmp_path) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        banner = ""
        for line in server.stdout:
            banner += line
            if "Ctrl-C" in line:
                break
        url = next(word for word in banner.split() if word.startswith("http://127.0.0.1:"))
        assert httpx.get(f"{url}/v1/accounts", headers={"x-api-secret": "hush"}).status_code == 200
        server.send_signal(stop)
        rest, errors = server.stdout.read(), server.stderr.read()
    assert server.returncode in {0, -stop}
    assert "Traceback" not in rest + errors
    assert errors == ""
    versions = f"{VERSIONS[0].date} to {VERSIONS[-1].date}, all {len(VERSIONS)}"
    for text in ("Pinwheel sandbox", "hush", versions, "user_good / pass_good", "state.db"):
        assert text in banner
    assert (tmp_path / "state.db").exists()


def test_scenario_that_cannot_be_read_is_said_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "people.yaml"
    for prepare, complaint in ((None, "No such file"), ("peple: []", "unknown field `peple`")):
        if prepare:
            path.write_text(prepare)
        done = run("sandbox", "--port", "0", "--scenario", str(path))
        assert (done.exit_code, done.stdout) == (1, "")
        assert complaint in done.stderr
        assert str(path) in done.stderr


def test_port_in_use_is_said_in_a_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("sandbox", "--port", port)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        f"pinwheel: cannot listen on 127.0.0.1:{port}: another program does. "
        "Choose a port with --port; 0 finds a free one.\n"
    )


@pytest.mark.parametrize("database", ["nothing://here", "mysql://host/name", "/nowhere/at/all.db"])
def test_bad_database_is_said_in_a_line(database: str) -> None:
    done = run("sandbox", "--port", "0", "--db", database)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"pinwheel: cannot open the database {database}: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--port", "x"], ["--pace", "-1"], ["--nonsense"]])
def test_bad_options_are_refused(arguments: list[str]) -> None:
    assert run("sandbox", *arguments).exit_code == 2


@pytest.mark.parametrize(
    ("database", "says"),
    [
        ("postgresql://user:secret@127.0.0.1:1/name", "postgresql://user:***@127.0.0.1:1/name: connection failed"),
        ("mysql://host/name", "there is no way to keep the state in mysql; give a file name, sqlite:///FILE, or"),
        ("://", "this is no address of a database; give a file name"),
        ("/nowhere/at/all.db", "unable to open database file: is there a folder for it"),
        (__file__, "file is not a database"),
    ],
)
def test_what_is_wrong_with_a_database_is_told_without_its_password(database: str, says: str) -> None:
    told = run("sandbox", "--port", "0", "--db", database)
    assert told.exit_code == 1
    assert says in told.stderr
    assert told.stderr.count("\n") == 1
    assert "secret" not in told.stderr


def test_a_command_does_not_wait_for_the_others_to_load() -> None:
    program = (
        "import sys; from pinwheel_cli.main import app; app(['sandbox', '--help'], standalone_mode=False); "
        "sys.exit(', '.join(name for name in sys.modules if name.startswith(('pinwheel_cli.ch', 'httpx'))) or None)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
