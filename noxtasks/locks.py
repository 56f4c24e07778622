"""One hashed lock file an environment, valid for each Python and platform that the project supports."""

import re

import nox

from noxtasks.environment import LOCKS

OLDEST_PYTHON = "3.11"

PRODUCT = ["pyproject.toml"]
PRODUCT_WITH_SANDBOX = [*PRODUCT, "--extra=sandbox", "--extra=cli"]
# The stores of webhook receivers, and the framework whose adapter needs it.
PRODUCT_WITH_SERVERS = [*PRODUCT_WITH_SANDBOX, "--extra=redis", "--extra=postgres", "--extra=django"]

# What goes into each lock file: the requirements of the product, a dependency group of pyproject.toml, or both.
SOURCES = {
    "lock": ["--group=lock"],
    "build": ["--group=build"],
    "lint": ["--group=lint"],
    "generator": ["--group=generator"],
    "runtime": PRODUCT,
    "bench": [*PRODUCT, "--group=bench"],
    "demo": [*PRODUCT_WITH_SANDBOX, "--group=demo"],
    "test": [*PRODUCT_WITH_SERVERS, "--group=test"],
    # The same with the oldest release of each library that pyproject.toml lets in.
    "test-oldest": [*PRODUCT_WITH_SERVERS, "--group=test-oldest", "--resolution=lowest-direct"],
    "schemathesis": [*PRODUCT_WITH_SANDBOX, "--extra=postgres", "--group=schemathesis"],
    "browser": [*PRODUCT_WITH_SANDBOX, "--group=browser"],
    "types": [*PRODUCT_WITH_SERVERS, "--group=types"],
}

OPTIONS = [
    "--universal",
    f"--python-version={OLDEST_PYTHON}",
    "--generate-hashes",
    # No address may get into a lock file: where packages come from is a setting of the machine that installs them.
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-package=pinwheel-api",
    "--no-annotate",
    "--custom-compile-command=nox -s lock",
    "--quiet",
]


def compile_locks(session: nox.Session, arguments: list[str]) -> None:
    """Write the named lock files, or all. Versions stay while they fit, unless `--upgrade` is among the arguments."""
    options = [argument for argument in arguments if argument.startswith("-")]
    names = [argument for argument in arguments if argument not in options] or list(SOURCES)
    if unknown := set(names) - set(SOURCES):
        session.error(f"no such lock: {', '.join(sorted(unknown))}; there are {', '.join(SOURCES)}")
    for name in names:
        target = LOCKS / f"{name}.txt"
        session.run(
            "uv", "pip", "compile", *SOURCES[name], *OPTIONS, *options, "--output-file", str(target), silent=True
        )
        if found := re.search(r"^(?!#).*(?:://|--index|--find-links).*", target.read_text(), re.MULTILINE):
            session.error(f"{target} names where packages come from: {found[0]}")
