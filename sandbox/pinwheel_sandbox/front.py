"""The sandbox as a whole: the API's core, the faults and the log around it, and the deliveries beside it."""

import time

from pinwheel_sandbox.controls import calls
from pinwheel_sandbox.controls.desk import Desk
from pinwheel_sandbox.controls.faults import Broken, Fault
from pinwheel_sandbox.core import Core
from pinwheel_sandbox.faces.face import DATES, OLDEST
from pinwheel_sandbox.handlers.control import PREFIX
from pinwheel_sandbox.messages import Answer, Request
from pinwheel_sandbox.world import World


class Front:
    """Answers every request, whichever face it comes through. Any thread may ask at any time."""

    def __init__(self, world: World) -> None:
        """Put everything together over one world."""
        self.world = world
        self.desk = Desk(world)
        self._core = Core(world)
        self._closing = world.clock.watch(self._moved)

    def handle(self, request: Request) -> Answer:
        """Answer one request, then send what it set off."""
        if request.path == "/openapi.json" and request.method == "GET":
            return calls.document(request)
        if request.path.startswith(PREFIX):
            answer = calls.answer(self.desk, request) or self._core.handle(request)
        else:
            answer = self._answer(request)
        self.desk.deliver_soon()
        return answer

    def aside(self, request: Request) -> Answer:
        """Answer the dashboard: faults are not for it, and it does not fill the log that it shows."""
        if request.path.startswith(PREFIX):
            return self.handle(request)
        answer = self._core.handle(request)
        self.desk.deliver_soon()
        return answer

    def close(self) -> None:
        """Deliver nothing any more."""
        self._closing()
        self.desk.close()

    def _answer(self, request: Request) -> Answer:
        began = time.monotonic()
        fault = self.desk.faults.draw(request)
        try:
            answer = self._faulty(request, fault) if fault else self._core.handle(request)
        except Broken as broken:
            self.desk.log.note(request, broken.answer, time.monotonic() - began, fault)
            raise
        self.desk.log.note(request, answer, time.monotonic() - began, fault)
        return answer

    def _faulty(self, request: Request, fault: Fault) -> Answer:
        fault.before()
        version = request.headers.get("pinwheel-version", OLDEST)
        answer = fault.instead(self.world.chance.uuid(), version if version in DATES else OLDEST)
        return fault.changed(answer or self._core.handle(request))

    def _moved(self) -> None:
        self.desk.deliver_soon()
