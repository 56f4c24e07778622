"""Errors that Link shows its user; codes are camelCase, other than those of the API."""


class LinkError(Exception):
    """A login that did not come about, told as Link's onError callback tells it."""

    def __init__(self, kind: str, code: str, message: str, *, pending_retry: bool = False) -> None:
        """Name Link's type and code, and what to tell the user."""
        super().__init__(f"{kind}/{code}: {message}")
        self.type = kind
        self.code = code
        self.message = message
        self.pending_retry = pending_retry


def invalid_token(code: str, message: str) -> LinkError:
    """The Link token opens nothing."""
    return LinkError("invalidLinkToken", code, message)


def invalid_input(code: str, message: str) -> LinkError:
    """The user gave something wrong and can try again."""
    return LinkError("invalidUserInput", code, message)


def system_error(message: str) -> LinkError:
    """It failed for no fault of the user."""
    return LinkError("systemError", "systemError", message)


def sandbox_error(code: str, message: str) -> LinkError:
    """It was asked for something that only a sandbox is asked for."""
    return LinkError("sandboxError", code, message)
