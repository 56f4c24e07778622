"""The project's tasks: `nox -l` lists them, `nox -s demo` is the one to start with.

Each session installs from a hashed lock file of its own and needs Python 3.11 or newer, pip and nox, nothing else.
"""

import os
import sys
from pathlib import Path

import nox

sys.path.insert(0, str(Path(__file__).parent))  # nox loads this file by its path and leaves its folder out

from noxtasks.browser import check_scripts, install_tools
from noxtasks.environment import install, python_of
from noxtasks.locks import compile_locks

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["check", "lint", "types", "tests"]
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = True

GENERATOR_TESTS = "tests/generator"
SURFACE_TESTS = "tests/surface"
# These need the generator, the product and a type checker at once, which only `types` has.
ALL_TOOLS_TESTS = ("tests/upgrade", "tests/new_version")
SCHEMATHESIS_TESTS = "tests/schemathesis"
# The same examples in every run, however slow the machine: plain pytest is for looking for new ones.
ELSEWHERE = (GENERATOR_TESTS, SCHEMATHESIS_TESTS, SURFACE_TESTS, "tests/new_version")
PRODUCT_TESTS = (*(f"--ignore={folder}" for folder in ELSEWHERE), "--hypothesis-profile", "ci")
# The generator compares versions with the product's own engine, which needs nothing but the standard library.
GENERATOR_PATH = {"PYTHONPATH": os.pathsep.join(["generator", "cli"])}

if sys.version_info < (3, 11):  # noqa: UP036 - nox itself runs on older ones
    sys.exit(f"pinwheel-api needs Python 3.11 or newer; this nox runs on {sys.version.split()[0]}")


def _generator(session: nox.Session, *arguments: str) -> None:
    install(session, "generator", project=False)
    session.run("python", "-m", "pinwheel_generator", *arguments, env=GENERATOR_PATH)


@nox.session
def regenerate(session: nox.Session) -> None:
    """Write generated/ from spec/."""
    _generator(session, "regenerate", *session.posargs)


@nox.session
def check(session: nox.Session) -> None:
    """Fail, with the difference, when generated/ is not what spec/ gives."""
    _generator(session, "check", *session.posargs)


@nox.session
def diff(session: nox.Session) -> None:
    """Show what changed: `nox -s diff -- OLD NEW`, two versions or two folders."""
    _generator(session, "diff", *session.posargs)


@nox.session(name="new-version")
def new_version(session: nox.Session) -> None:
    """Add the next version, which differs in nothing yet: `nox -s new-version -- 2027-01-15`."""
    _generator(session, "new-version", *session.posargs)


@nox.session
def compare(session: nox.Session) -> None:
    """Tell where the spec differs from an OpenAPI document of Pinwheel's: `nox -s compare -- FILE_OR_URL`."""
    _generator(session, "compare", *session.posargs)


@nox.session(requires=["check"])
def demo(session: nox.Session) -> None:
    """The whole way, offline: a local Pinwheel, a login, and the payroll data of the account as tables."""
    install(session, "demo")
    session.run("python", "examples/demo.py", *session.posargs)


@nox.session(requires=["tests_generator", "schemathesis"])
def tests(session: nox.Session) -> None:
    """Run all tests; `-- PATH -k NAME` chooses some of them."""
    install(session, "test")
    session.run("pytest", *PRODUCT_TESTS, *(session.posargs or ["-n", "auto"]))


@nox.session
def tests_oldest(session: nox.Session) -> None:
    """Run the tests of the product with the oldest libraries that it promises to work with."""
    install(session, "test-oldest")
    session.run("pytest", *PRODUCT_TESTS, *(session.posargs or ["-n", "auto"]))


@nox.session
def tests_generator(session: nox.Session) -> None:
    """Run the tests of the generator, which has libraries of its own; a part of `tests`."""
    install(session, "generator", project=False)
    chosen = [path for path in session.posargs if path.startswith(GENERATOR_TESTS)]
    if session.posargs and not chosen:
        session.skip("other tests were chosen")
    session.run("pytest", *(session.posargs or [GENERATOR_TESTS, "-n", "auto"]), env=GENERATOR_PATH)


@nox.session
def schemathesis(session: nox.Session) -> None:
    """Hold the sandbox against its documents with schemathesis, in short; a part of `tests`."""
    install(session, "schemathesis")
    chosen = [path for path in session.posargs if path.startswith(SCHEMATHESIS_TESTS)]
    if session.posargs and not chosen:
        session.skip("something else was chosen")
    session.run("pytest", *(session.posargs or [SCHEMATHESIS_TESTS, "-n", "auto"]))


@nox.session
def browser(session: nox.Session) -> None:
    """Link and the dashboard in a real browser; pictures of all screens go to .cache/screenshots."""
    install(session, "browser")
    if install_tools(session):
        check_scripts(session)
    session.run("pytest", *(session.posargs or ["tests/browser", "-n", "2"]))


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, format and length of the files written by hand; `-- --fix` mends what it can."""
    install(session, "lint", project=False)
    session.run("ruff", "check", *session.posargs)
    session.run("ruff", "format", *([] if "--fix" in session.posargs else ["--check"]))
    session.run("python", "-m", "noxtasks.file_length")
    session.run("python", "-m", "noxtasks.surface")
    session.run("pytest", SURFACE_TESTS)


@nox.session
def surface(session: nox.Session) -> None:
    """Tell what broke in the Python package: against the last release, or `-- v2023_11_22 v2025_07_08`."""
    install(session, "lint", project=False)
    session.run("python", "-m", "noxtasks.surface", *session.posargs)


@nox.session
def changelog(session: nox.Session) -> None:
    """Put the fragments of changelog.d/ into CHANGELOG.md and store the surface: `nox -s changelog -- 0.2.0`."""
    install(session, "lint", project=False)
    (version,) = session.posargs or session.error("which release? nox -s changelog -- 0.2.0")
    session.run("towncrier", "build", "--yes", "--version", version)
    session.run("python", "-m", "noxtasks.surface", "--release", version)


@nox.session
def types(session: nox.Session) -> None:
    """Check the types, generated code included: pyright strict and mypy strict."""
    install(session, "types")
    session.run("basedpyright")
    session.run("mypy")
    session.run("mypy", "examples", "tests/typing")
    # `pinwheel upgrade --code` works by a type checker, and only this environment has some.
    session.run("pytest", *ALL_TOOLS_TESTS)


@nox.session
def package(session: nox.Session) -> None:
    """Build dist/: the source archive and, from it, the wheel."""
    install(session, "build", project=False)
    session.run("python", "-m", "build", "--no-isolation", "--outdir", "dist")


@nox.session(requires=["package"], reuse_venv=False)
def smoke(session: nox.Session) -> None:
    """Install the wheel with nothing but what it asks for, look into it, and make one call."""
    session.install("--require-hashes", "-r", "locks/runtime.txt")
    wheel = max(Path("dist").glob("*.whl"), key=lambda path: path.stat().st_mtime)
    session.install("--no-deps", str(wheel))
    session.run("pip", "check")
    # -I: neither this folder nor the user's own packages can stand in for the wheel
    session.run("python", "-I", "tests/project/smoke.py", str(wheel))


@nox.session(requires=["smoke"])
def bench(session: nox.Session) -> None:
    """Measure decoding and importing beside other libraries and write docs/benchmarks.md."""
    install(session, "bench")
    # Imports are timed where only the plain install is: httpx loads rich and click, too, where it finds them.
    session.run("python", "-m", "benchmarks", "--plain-python", python_of(session, "smoke"), *session.posargs)


@nox.session(requires=["schemathesis"])
def prove(session: nox.Session) -> None:
    """Run the long proofs and write docs/proofs.md: all of them, or `-- NAME`."""
    install(session, "test")
    program = Path(python_of(session, "schemathesis")).with_name("schemathesis")
    session.run("python", "-m", "proofs", *session.posargs, env={"SCHEMATHESIS": str(program)})


@nox.session
def lock(session: nox.Session) -> None:
    """Rebuild locks/ from pyproject.toml; `-- NAME...` only those, `-- --upgrade` takes newer releases."""
    session.install("--require-hashes", "-r", "locks/lock.txt")
    compile_locks(session, session.posargs)
