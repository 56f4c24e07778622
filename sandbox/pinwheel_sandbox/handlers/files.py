"""Files that can be fetched for a quarter of an hour, at an address that is new at each reading."""

from datetime import timedelta

from pinwheel_api import Document

from pinwheel_sandbox.call import Call

_LIFETIME = timedelta(minutes=15)


def file(call: Call, file_id: str, path: str) -> Document:
    """The file as it is shown: `path` is its place under the host of the files, such as `paystubs/<id>.pdf`."""
    url = (
        f"https://files.pinwheel.example/{path}"
        f"?X-Amz-Date={call.now:%Y%m%dT%H%M%SZ}&X-Amz-Expires={_LIFETIME.seconds}"
        f"&X-Amz-Signature={call.world.chance.bytes(32).hex()}"
    )
    return Document(id=file_id, download_url=url, download_url_expiration=call.now + _LIFETIME)
