"""How Link is left."""

from collections.abc import Mapping

from pinwheel_sandbox.link_page import events
from pinwheel_sandbox.link_page.visit import Given, Handler, Visit

# Nothing is lost by closing these, so nobody is asked.
_ENDS = frozenset({"success", "job_error", "fatal"})


def close(visit: Visit, given: Given) -> None:
    """The user pressed the close button or Escape; `programmatic` when the page around it closes Link."""
    if visit.state.finished:
        return
    if given.text("programmatic") or visit.state.screen in _ENDS:
        _leave(visit)
    elif visit.state.screen != "exit_confirmation":
        visit.state.before_exit = visit.state.screen
        problems = visit.state.problems
        visit.go("exit_confirmation")
        visit.state.problems = problems


def stay(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user goes on after all."""
    problems = visit.state.problems
    visit.go(visit.state.before_exit or "search")
    visit.state.problems, visit.state.before_exit = problems, None


def confirm(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user really leaves."""
    _leave(visit)


def done(visit: Visit, given: Given) -> None:  # noqa: ARG001
    """The user has read the last screen."""
    _leave(visit)


def _leave(visit: Visit) -> None:
    visit.state.finished = True
    failed = visit.state.screen in _ENDS - {"success"}
    visit.tell("exit", events.exit_payload(visit.state.sdk, visit.state.failure if failed else None))


HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("exit_confirmation", "stay"): stay,
    ("exit_confirmation", "exit"): confirm,
    ("success", "done"): done,
    ("job_error", "done"): done,
    ("fatal", "done"): done,
}
