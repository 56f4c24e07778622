"""Link tokens: JWTs with the claims that the service puts into them, signed with a key of this sandbox."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from pinwheel_sandbox.link.errors import invalid_token

_HEADER = {"alg": "HS256", "typ": "JWT"}

# What the service writes into a token for options that were not sent.
_DEFAULTS: Mapping[str, object] = {
    "skip_intro_screen": False,
    "skip_exit_survey": False,
    "disable_direct_deposit_splitting": False,
    "enable_card_switch": False,
    "enable_user_input_bank_info": False,
    "enable_self_id": False,
    "enable_bill_navigator": False,
    "language": "en",
    "deposit_forms": "disabled",
    "document_uploads": None,
    "tags": None,
    "end_user": None,
    "employer_id": None,
    "platform_id": None,
    "account_id": None,
    "end_user_id": None,
}


class _Claims(msgspec.Struct):
    data: dict[str, Any]
    iat: int
    exp: int


_CLAIMS = msgspec.json.Decoder(_Claims)


class LinkTokenSigner:
    """Write and read the Link tokens of one sandbox."""

    def __init__(self, key: bytes) -> None:
        """Keep the key; whoever has it can make tokens."""
        self._key = key

    def sign(
        self, token_id: str, options: Mapping[str, Any], *, api_key: str, issued: datetime, expires: datetime
    ) -> str:
        """The token for a set of options; anyone who holds it can read them."""
        jobs: list[str] = options.get("features", [])
        data = {
            **_DEFAULTS,
            **options,
            "required_jobs": jobs,
            "job": jobs[0] if jobs else None,
            "mode": "sandbox",
            "api_key": api_key,
            "token_id": token_id,
            "_uid": hashlib.sha256(token_id.encode()).hexdigest()[:32],
            "workspace_name": "Local sandbox",
            "workspace_type": "sandbox",
        }
        claims = {"data": data, "iat": int(issued.timestamp()), "exp": int(expires.timestamp())}
        signed = f"{_part(_HEADER)}.{_part(claims)}"
        return f"{signed}.{self._signature(signed)}"

    def token_id(self, token: str) -> str:
        """The id inside a token that this sandbox signed; a token from elsewhere, or a changed one, is refused."""
        signed, _, signature = token.rpartition(".")
        if not token.isascii() or not hmac.compare_digest(signature, self._signature(signed)):
            raise invalid_token("invalidLinkTokenSignature", "The Link token was not made by this sandbox.")
        claims = _CLAIMS.decode(_unpart(signed.partition(".")[2]))
        return str(claims.data["token_id"])

    def _signature(self, signed: str) -> str:
        return _base64(hmac.digest(self._key, signed.encode(), "sha256"))


def _part(content: object) -> str:
    return _base64(msgspec.json.encode(content))


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _unpart(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:  # pragma: no cover - the signature vouches for the form
        raise invalid_token("invalidLinkTokenSignature", "The Link token cannot be read.") from None
