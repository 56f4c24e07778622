"""Workers that are killed in the middle of a handler: the delivery stays in the queue, and is handled in the end."""

from __future__ import annotations

import json
from pathlib import Path

from .deliveries import deliver
from .programs import Start

HANDLING = """
import os, signal
from pathlib import Path
from pinwheel_api.webhooks import RedisStore, WebhookReceiver, celery_task, saq_function

receiver = WebhookReceiver(
    [os.environ["PINWHEEL_API_SECRET"]], store=RedisStore(os.environ["REDIS_URL"], prefix="crash:"), lease=1
)


@receiver.on("paystubs.added")
def work(event):
    begun = Path("begun")
    if not begun.exists():
        begun.touch()
        print("begun", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    print(f"handled {event.event_id}", flush=True)
"""

CELERY = """
from celery import Celery
from crashing import receiver, celery_task

app = Celery("crashing", broker=os.environ["REDIS_URL"])
celery_task(receiver, app, first_delay=0.2, longest_delay=1)
"""

SAQ = """
from saq import Queue
from crashing import receiver, saq_function

queue = Queue.from_url(os.environ["REDIS_URL"])
settings = {
    "queue": queue,
    "functions": [saq_function(receiver, queue, timeout=2, first_delay=0.2, longest_delay=1)],
    "timers": {"schedule": 1, "worker_info": 10, "sweep": 3, "abort": 1},
}
"""

PUT = """
import asyncio, json
from pathlib import Path
from {module} import receiver

headers = json.loads(Path("headers").read_text())
receipt = asyncio.run(receiver.areceive(Path("body").read_bytes(), headers))
print(receipt.outcome, flush=True)
"""


def prepare(folder: Path, module: str, source: str) -> str:
    """Write the programs into a folder, and a delivery for them; return the id of its event."""
    delivery = deliver()
    (folder / "crashing.py").write_text(HANDLING)
    (folder / f"{module}.py").write_text(f"import os\n{source}")
    (folder / "put.py").write_text(PUT.format(module=module))
    (folder / "body").write_bytes(delivery.body)
    (folder / "headers").write_text(json.dumps(delivery.headers))
    event_id: str = json.loads(delivery.body)["event_id"]
    return event_id


def test_celery_gives_it_to_another_process_of_the_worker(start: Start, tmp_path: Path) -> None:
    event_id = prepare(tmp_path, "crashing_celery", CELERY)
    start("put.py", "celery").until("queued")
    worker = start("-m", "celery", "-A", "crashing_celery", "worker", "-P", "prefork", "-c", "1", "-l", "INFO")
    worker.until("begun")
    worker.until(f"handled {event_id}")


def test_saq_gives_it_to_another_worker(start: Start, tmp_path: Path) -> None:
    event_id = prepare(tmp_path, "crashing_saq", SAQ)
    killed = start("-m", "saq", "crashing_saq.settings", "--verbose")
    # A worker that starts looks for what others left, and might take a delivery that it just fetched for such.
    killed.until("Worker starting")
    start("put.py", "saq").until("queued")
    killed.until("begun")
    killed.process.wait(20)
    start("-m", "saq", "crashing_saq.settings", "--verbose").until(f"handled {event_id}")
