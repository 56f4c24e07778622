"""Take times that can be compared: in turns, in CPU time, the best of many."""

import gc
import os
import subprocess
import time
from collections.abc import Callable, Mapping

SAMPLE_SECONDS = 0.02


def best_calls(calls: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """CPU seconds of one call of each, the best of `rounds`.

    The calls take turns in every round, so that a busy moment of the machine hits all of them. The collector stays on,
    as it is where the code runs for real; what was loaded before is kept out of its sight.
    """
    repeats = {name: _repeats(call) for name, call in calls.items()}
    best = dict.fromkeys(calls, float("inf"))
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for name, call in calls.items():
            best[name] = min(best[name], _sample(call, repeats[name]) / repeats[name])
    gc.unfreeze()
    return best


def best_processes(python: str, scripts: Mapping[str, str], *, rounds: int) -> dict[str, float]:
    """CPU seconds, user and system, of a fresh `python` that runs each script, the best of `rounds` in turns."""
    best = dict.fromkeys(scripts, float("inf"))
    for _ in range(rounds):
        for name, script in scripts.items():
            best[name] = min(best[name], _process_seconds(python, script))
    return best


def _repeats(call: Callable[[], object]) -> int:
    call()  # the first call also builds decoders and loads modules
    return max(1, int(SAMPLE_SECONDS / max(_sample(call, 1), 1e-6)))


def _sample(call: Callable[[], object], repeats: int) -> float:
    start = time.process_time()
    for _ in range(repeats):
        call()
    return time.process_time() - start


def _process_seconds(python: str, script: str) -> float:
    process = subprocess.Popen([python, "-I", "-c", script])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, script)
    return usage.ru_utime + usage.ru_stime
