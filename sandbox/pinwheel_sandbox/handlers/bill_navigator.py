"""Bill Navigator: end the service for an end user, for a while or for good."""

from msgspec import UNSET
from pinwheel_api import BillNavigatorStatusUpdate

from pinwheel_sandbox.call import Call, Reply
from pinwheel_sandbox.handlers.end_users import the_end_user
from pinwheel_sandbox.routing import Route
from pinwheel_sandbox.storage.workspace_tables import BillNavigator

_TERMINATED = "terminated"
# The document lists each action in two forms.
_STATUS = {"deactivate": "deactivated", "terminate": _TERMINATED}


def update_status(call: Call) -> Reply:
    """Note what became of the end user; nobody comes back from being terminated."""
    change = call.body(BillNavigatorStatusUpdate)
    end_user = the_end_user(call)
    status = _STATUS.get(change.action, str(change.action))
    reason = None if change.reason is UNSET else change.reason
    # The end user's row is held, so that two calls cannot both find nothing there.
    call.session.refresh(end_user, with_for_update=True)
    row = call.session.get(BillNavigator, end_user.id)
    if row is None:
        call.session.add(BillNavigator(end_user_id=end_user.id, status=status, updated_at=call.now, reason=reason))
    elif row.status != _TERMINATED:
        row.status, row.updated_at, row.reason = status, call.now, reason
    return Reply()


ROUTES = (
    Route(
        method="PUT",
        template="/v1/end_users/{end_user_id}/bill_navigator/status",
        operation="end_users.bill_navigator.update_status",
        handler=update_status,
        since="2025-07-08",
    ),
)
