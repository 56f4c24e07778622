"""Two threads, or a thread and a fork, that meet the same models for the first time, one in the middle of the other."""

import subprocess
import sys
from pathlib import Path

import pytest

TWO_THREADS = """
import faulthandler, os, signal, sys, threading

faulthandler.enable()
midway, done = threading.Event(), threading.Event()
classes = 0

def stop_at_the_third_class(frame, event, _):
    global classes
    if event == "call" and frame.f_code.co_name == "get_class_annotations":
        classes += 1
        if classes == 3:
            midway.set()
            done.wait(0.3)  # whoever has to wait for this thread is never done

def first():
    sys.setprofile(stop_at_the_third_class)
    job()

def second():
    midway.wait()
    job()
    done.set()

def both():
    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert midway.is_set() and done.is_set()

def forked():
    thread = threading.Thread(target=first)
    thread.start()
    midway.wait()
    child = os.fork()
    if not child:
        signal.alarm(5)
        job()
        os._exit(0)
    thread.join()
    assert os.waitpid(child, 0)[1] == 0, "the child died"
"""

ANSWERS = """
from pinwheel_overlays import decode_again
from pinwheel_overlays.decode import decode_answer
from pinwheel_api.v2025_07_08 import Paystub
body = (
    b'{"data": {"id": "p", "created_at": "2025-01-01T00:00:00Z", "pay_date": "2025-01-01", "currency": "USD",'
    b' "earnings": [{"name": "Regular", "category": "salary", "amount": 1}]}}'
)
def job():
    decode_answer(body, Paystub)
"""

BODIES = """
from pinwheel_overlays.decoders import convert
from pinwheel_api.v2025_07_08 import LinkTokenCreate
body = {"org_name": "Shop", "solution": "Deposit Switch", "features": ["direct_deposit_switch"], "end_user_id": "u",
        "allocation": {"targets": [{"account_name": "Checking", "account_type": "checking"}]}}
def job():
    convert(body, LinkTokenCreate)
"""

EVENTS = """
from pinwheel_api.webhooks import _CATALOGUE
from pinwheel_overlays.webhooks.parse import read_event
def job():
    events = _CATALOGUE.of("2023-11-22")
    for name in events.classes:
        read_event(f'{{"event": "{name}", "event_id": "e", "payload": {{"account_id": "a"}}}}'.encode(), events)
"""


@pytest.mark.parametrize("job", [ANSWERS, BODIES, EVENTS], ids=["answers", "bodies", "events"])
@pytest.mark.parametrize("way", ["both", "forked"])
def test_threads_may_meet_a_model_at_once(job: str, way: str) -> None:
    program = f"{TWO_THREADS}{job}\n{way}()"
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert ended.returncode == 0, ended.stderr
