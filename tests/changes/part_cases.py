"""Parameters, bodies and properties that differ, and the rule for it, there and back."""

from .pairs import DEPRECATED, LATER, PLAIN_ANSWER, SOON, TEXT, Pair, call, comes, headers, needed, query, sent, stages
from .tiny import NEW, OLD, around, content, request_body, response_body, with_operation

PARAMETERS = [
    Pair(
        "an optional one comes",
        with_operation(),
        query(OLD),
        "new-optional-request-parameter",
        "request-parameter-removed",
    ),
    Pair(
        "a required one comes",
        with_operation(),
        query(OLD, required=True),
        "new-required-request-parameter",
        "request-parameter-removed",
    ),
    Pair(
        "one in the path comes",
        with_operation(),
        with_operation(parameters=[{"name": "id", "in": "path", "required": True, "schema": TEXT}]),
        "new-request-path-parameter",
        "request-parameter-removed",
    ),
    Pair(
        "one is required",
        query(OLD),
        query(OLD, required=True),
        "request-parameter-became-required",
        "request-parameter-became-optional",
    ),
    Pair("one goes as announced", query(OLD, deprecated=True), call(NEW), "request-parameter-removed-with-deprecation"),
    Pair(
        "one goes before its day",
        query(OLD, deprecated=True, **{"x-sunset": LATER}),
        call(NEW),
        "request-parameter-removed-before-sunset",
    ),
    stages("one is deprecated", query, {}, DEPRECATED, "request-parameter-deprecated", "request-parameter-reactivated"),
    stages("one has a day", query, {}, {**DEPRECATED, "x-sunset": LATER}, "request-parameter-deprecated"),
    stages("one goes soon", query, {}, {**DEPRECATED, "x-sunset": SOON}, "request-parameter-sunset-date-too-small"),
    stages("one goes on no day", query, {}, {**DEPRECATED, "x-sunset": "soon"}, "request-parameter-sunset-parse"),
    stages(
        "one goes earlier",
        query,
        {**DEPRECATED, "x-sunset": LATER},
        {**DEPRECATED, "x-sunset": SOON},
        "request-parameter-sunset-date-changed-too-small",
    ),
    stages(
        "the day is taken back",
        query,
        {**DEPRECATED, "x-sunset": LATER},
        DEPRECATED,
        "request-parameter-sunset-deleted",
    ),
]

BODIES = [
    Pair(
        "a body comes",
        with_operation(),
        with_operation(requestBody={"content": content(TEXT)}),
        "request-body-added-optional",
        "request-body-removed",
    ),
    Pair(
        "a body is asked for",
        with_operation(),
        request_body(TEXT),
        "request-body-added-required",
        "request-body-removed",
    ),
    Pair(
        "a body has to be sent",
        with_operation(requestBody={"content": content(TEXT)}),
        request_body(TEXT),
        "request-body-became-required",
        "request-body-became-optional",
    ),
    Pair(
        "a form is taken",
        request_body(TEXT),
        with_operation(requestBody={"required": True, "content": {**content(TEXT), "text/plain": {"schema": TEXT}}}),
        "request-body-media-type-added",
        "request-body-media-type-removed",
    ),
    Pair(
        "a form is given",
        response_body(TEXT),
        with_operation(
            responses={"200": {"description": "", "content": {**content(TEXT), "text/plain": {"schema": TEXT}}}}
        ),
        "response-media-type-added",
        "response-media-type-removed",
    ),
    Pair(
        "a body is described",
        with_operation(requestBody={"required": True, "content": {"application/json": {}}}),
        request_body(TEXT),
        "request-body-media-type-schema-added",
        "request-body-media-type-schema-removed",
    ),
    Pair(
        "an answer is described",
        with_operation(responses={"200": {"description": "", "content": {"application/json": {}}}}),
        response_body(TEXT),
        "response-body-media-type-schema-added",
        "response-body-media-type-schema-removed",
    ),
    Pair(
        "a body becomes a choice",
        request_body(around(TEXT)),
        request_body({"oneOf": [around(TEXT), {"type": "array"}]}),
        "request-body-wrapped-in-one-of",
        "request-body-one-of-removed",
    ),
    Pair(
        "an answer becomes a choice",
        response_body(around(TEXT)),
        response_body({"oneOf": [around(TEXT), {"type": "array"}]}),
        "response-body-wrapped-in-one-of",
        "response-body-one-of-removed",
    ),
    Pair(
        "a value of a whole answer comes",
        response_body({**TEXT, "enum": ["a"]}),
        response_body({**TEXT, "enum": ["a", "b"]}),
        "response-property-enum-value-added",
        "response-mediatype-enum-value-removed",
    ),
    Pair(
        "an answer comes",
        with_operation(),
        with_operation(responses={**PLAIN_ANSWER, "202": {"description": ""}}),
        "response-success-status-added",
        "response-success-status-removed",
    ),
    Pair(
        "an error comes",
        with_operation(),
        with_operation(responses={**PLAIN_ANSWER, "409": {"description": ""}}),
        "response-non-success-status-added",
        "response-non-success-status-removed",
    ),
    Pair("a header comes", with_operation(), headers(), "response-header-added", "optional-response-header-removed"),
    Pair(
        "a sure header comes",
        with_operation(),
        headers(required=True),
        "response-header-added",
        "required-response-header-removed",
    ),
    Pair(
        "a header is sure",
        headers(),
        headers(required=True),
        "x-response-header-became-required",
        "response-header-became-optional",
    ),
]

PROPERTIES = [
    Pair(
        "an optional one can be sent",
        request_body({"type": "object"}),
        sent(OLD),
        "new-optional-request-property",
        "request-property-removed",
    ),
    Pair(
        "one has to be sent",
        request_body({"type": "object"}),
        request_body(needed()),
        "new-required-request-property",
        "request-property-removed",
    ),
    Pair(
        "one with a default has to be sent",
        request_body({"type": "object"}),
        request_body(needed(default="a")),
        "new-required-request-property-with-default",
        "request-property-removed",
    ),
    Pair(
        "a known one has to be sent",
        sent(OLD),
        request_body(needed()),
        "request-property-became-required",
        "request-property-became-optional",
    ),
    Pair(
        "a known one with a default has to be sent",
        sent(OLD, default="a"),
        request_body(needed(default="a")),
        "request-property-became-required-with-default",
        "request-property-became-optional",
    ),
    Pair(
        "an optional one comes",
        response_body({"type": "object"}),
        comes(OLD),
        "response-optional-property-added",
        "response-optional-property-removed",
    ),
    Pair(
        "a sure one comes",
        response_body({"type": "object"}),
        response_body(needed()),
        "response-required-property-added",
        "response-required-property-removed",
    ),
    Pair(
        "an optional secret comes",
        response_body({"type": "object"}),
        comes(OLD, writeOnly=True),
        "response-optional-write-only-property-added",
        "response-optional-write-only-property-removed",
    ),
    Pair(
        "a sure secret comes",
        response_body({"type": "object"}),
        response_body(needed(writeOnly=True)),
        "response-required-write-only-property-added",
        "response-required-write-only-property-removed",
    ),
    Pair(
        "one is sure",
        comes(OLD),
        response_body(needed()),
        "response-property-became-required",
        "response-property-became-optional",
    ),
    Pair(
        "a secret is sure",
        comes(OLD, writeOnly=True),
        response_body(needed(writeOnly=True)),
        "response-write-only-property-became-required",
        "response-write-only-property-became-optional",
    ),
    Pair(
        "a value of a secret comes",
        comes(OLD, writeOnly=True, enum=["a"]),
        comes(OLD, writeOnly=True, enum=["a", "b"]),
        "response-write-only-property-enum-value-added",
        "response-property-enum-value-removed",
    ),
    *(
        Pair(
            f"{side} {need} {word}",
            make(need),
            make(need, **{flag: True}),
            f"{side}-{need}-property-became-{word}",
            f"{side}-{need}-property-became-not-{word}",
        )
        for flag, word in (("readOnly", "read-only"), ("writeOnly", "write-only"))
        for side, make in (
            (
                "request",
                lambda need, **parts: request_body(around({**TEXT, **parts}, required=["p"] * (need == "required"))),
            ),
            (
                "response",
                lambda need, **parts: response_body(around({**TEXT, **parts}, required=["p"] * (need == "required"))),
            ),
        )
        for need in ("required", "optional")
    ),
    *(
        pair
        for side, make in (("request", sent), ("response", comes))
        for pair in (
            stages(
                f"{side} deprecated",
                make,
                {},
                DEPRECATED,
                f"{side}-property-deprecated",
                f"{side}-property-reactivated",
            ),
            stages(
                f"{side} has a day",
                make,
                {},
                {**DEPRECATED, "x-sunset": LATER},
                f"{side}-property-deprecated-with-sunset",
            ),
            stages(
                f"{side} goes soon",
                make,
                {},
                {**DEPRECATED, "x-sunset": SOON},
                f"{side}-property-sunset-date-too-small",
            ),
            stages(
                f"{side} goes on no day",
                make,
                {},
                {**DEPRECATED, "x-sunset": "soon"},
                f"{side}-property-deprecated-sunset-invalid",
            ),
            stages(
                f"{side} day taken back",
                make,
                {**DEPRECATED, "x-sunset": LATER},
                DEPRECATED,
                f"x-{side}-property-sunset-deleted",
            ),
        )
    ),
]
