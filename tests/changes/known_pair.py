"""What differs between 2023-11-22 and 2025-07-08, derived by hand from what is publicly known of the two.

Sources: the vendor's OpenAPI documents of the two versions, read side by side; its upgrade guide ("only" the creation
of Link tokens changed: `solution` is required, `features` takes the place of `required_jobs`); its change policy.
"""

from typing import NamedTuple


class Row(NamedTuple):
    """One difference: where, by which rule, and its level by policy and by the strict contract."""

    operation: str
    place: str
    path: str
    rule: str
    level: str
    strict: str


LINK_TOKENS, WEBHOOKS = "link_tokens.create", "webhooks"

DIFFERENCES = [
    # A Link token: one new required field, one field gone, and of each group of two at least one has to be sent.
    Row(LINK_TOKENS, "request", "solution", "new-required-request-property", "breaking", "breaking"),
    Row(LINK_TOKENS, "request", "required_jobs", "request-property-removed", "breaking", "warning"),
    Row(LINK_TOKENS, "request", "", "request-body-all-of-added", "breaking", "breaking"),  # features or account_id
    Row(LINK_TOKENS, "request", "", "request-body-all-of-removed", "info", "warning"),  # required_jobs or account_id
    Row(LINK_TOKENS, "request", "features", "new-optional-request-property", "info", "info"),
    Row(LINK_TOKENS, "request", "cards", "new-optional-request-property", "info", "info"),
    # Webhooks of banking platforms name a customer.
    Row(f"{WEBHOOKS}.create", "request", "customer_id", "new-optional-request-property", "info", "info"),
    Row(f"{WEBHOOKS}.update", "request", "customer_id", "new-optional-request-property", "info", "info"),
    # Two calls that only the newer document has.
    Row("employers.lookup", "call", "", "endpoint-added", "info", "info"),
    Row("end_users.bill_navigator.update_status", "call", "", "endpoint-added", "info", "info"),
]

# Only the newer document lists these. By the policy they are compatible and come without a version, so the specs of
# this project give them to every version, requests from 2023-11-22 on, and no difference may show: (object, field).
IN_EVERY_VERSION = [
    ("LinkTokenCreate", "use_case"),
    ("LinkTokenCreate", "reseller_customer_id"),
    ("Account", "customer_id"),
    ("Account", "tags"),
    ("Account", "reseller_customer_id"),
    ("EndUserDocument", "id"),
    ("TargetAccount", "last_four_account_number"),
    ("Platform", "merchant_category"),
    ("Webhook", "customer_id"),
    ("JobParams", "bill_id"),
    ("JobParams", "next_payment_amount_cents"),
]
