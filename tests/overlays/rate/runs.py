"""One run: a server that enforces, and processes that call it as fast as the client allows."""

from contextlib import ExitStack
from typing import NamedTuple

from .enforcing_server import EnforcingServer
from .load import Load, Result
from .redis_server import RedisProcess
from .sandbox_server import SandboxServer


class Setup(NamedTuple):
    """Who calls."""

    name: str
    kind: str
    workers: int
    processes: int = 1


ONE_THREAD = Setup("1 thread", "threads", 1)
THREADS = Setup("16 threads", "threads", 16)
TASKS = Setup("200 tasks", "tasks", 200)
PROCESSES = Setup("4 processes of 4 threads", "threads", 4, processes=4)
TASK_PROCESSES = Setup("4 processes of 50 tasks", "tasks", 50, processes=4)
UNLIMITED = Setup("16 threads without a limit", "unlimited", 16)


class Way(NamedTuple):
    """Which server, and up to how many seconds longer a request and an answer take on the way."""

    name: str
    there: float = 0.0
    back: float = 0.0
    sandbox: bool = False


SANDBOX = Way("sandbox, loopback", sandbox=True)
LOOPBACK = Way("small server, loopback")
JITTER = Way("small server, 0 to 30 ms there", 0.030)
BOTH_WAYS = Way("small server, 0 to 30 ms each way", 0.030, 0.030)


def run(setup: Setup, policy: str, way: Way, seconds: float) -> Result:
    """Make the calls, and return what came back. Several processes share an allowance in Redis."""
    with ExitStack() as stack:
        if way.sandbox:
            server: SandboxServer | EnforcingServer = stack.enter_context(SandboxServer(policy))
        else:
            server = stack.enter_context(EnforcingServer(policy, way.there, way.back))
        redis = stack.enter_context(RedisProcess()).url if setup.processes > 1 else ""
        loads = [Load(server.url, setup.kind, setup.workers, seconds, redis) for _ in range(setup.processes)]
        for load in loads:
            load.wait_until_ready()
        for load in loads:
            load.begin()
        results = [load.finish() for load in loads]
        total = Result(
            sorted(answer for result in results for answer in result.answers),
            sum(result.refused for result in results),
        )
        if isinstance(server, EnforcingServer):
            assert server.stats() == (len(total.answers), total.refused), "server and clients saw the same"
    return total
