"""The kinds of difference, by the names and levels that oasdiff gives them.

`{body|property}` stands for two rules. What oasdiff calls ERR, WARN and INFO is breaking, warning and info here. Rules
for things that an API like Pinwheel's cannot show (stability levels, OAuth scopes, callbacks) are left out.
"""

import re
from types import MappingProxyType
from typing import NamedTuple

from .model import Level

_BREAKING = """
webhook-removed
api-path-removed-without-deprecation api-path-removed-before-sunset
api-removed-without-deprecation api-removed-before-sunset
api-deprecated-sunset-parse api-path-sunset-parse api-sunset-date-too-small
api-sunset-date-changed-too-small sunset-deleted

new-required-request-parameter new-request-path-parameter
request-parameter-removed-before-sunset request-parameter-became-required
request-parameter-became-not-nullable request-parameter-property-became-not-nullable
request-parameter-type-changed request-parameter-list-of-types-narrowed
request-parameter-property-type-specialized request-parameter-property-list-of-types-narrowed
request-parameter-became-enum request-parameter-enum-value-removed request-parameter-property-enum-value-removed
request-parameter-default-value-changed request-parameter-default-value-added request-parameter-default-value-removed
request-parameter-max-decreased request-parameter-exclusive-max-decreased
request-parameter-min-increased request-parameter-exclusive-min-increased
request-parameter-max-length-decreased request-parameter-min-length-increased
request-parameter-max-items-decreased request-parameter-min-items-increased
request-parameter-pattern-added
request-parameter-sunset-parse request-parameter-sunset-date-too-small
request-parameter-sunset-date-changed-too-small request-parameter-sunset-deleted

request-body-added-required request-body-became-required request-body-removed
request-body-media-type-removed request-body-media-type-schema-added
new-required-request-property new-required-request-property-with-default
request-property-became-required request-property-became-required-with-default
request-{body|property}-became-not-nullable
request-{body|property}-type-changed request-{body|property}-list-of-types-narrowed
request-{body|property}-content-media-type-changed request-{body|property}-content-encoding-changed
request-{body|property}-became-enum request-{body|property}-enum-value-removed
request-{body|property}-const-added request-{body|property}-const-changed
request-{body|property}-max-decreased request-{body|property}-exclusive-max-decreased
request-{body|property}-min-increased request-{body|property}-exclusive-min-increased
request-{body|property}-max-length-decreased request-{body|property}-min-length-increased
request-{body|property}-min-items-increased
request-{body|property}-min-contains-increased request-{body|property}-max-contains-decreased
request-property-pattern-added
request-{body|property}-all-of-added request-{body|property}-any-of-removed request-{body|property}-one-of-removed
request-body-wrapped-in-one-of
request-{body|property}-prefix-items-removed request-{body|property}-pattern-property-added
request-{body|property}-if-added request-{body|property}-then-added request-{body|property}-else-added
request-{body|property}-contains-added request-{body|property}-property-names-added
request-{body|property}-unevaluated-items-added request-{body|property}-unevaluated-properties-added
request-{body|property}-content-schema-added
request-{body|property}-dependent-required-added request-{body|property}-dependent-required-changed
request-{body|property}-dependent-schema-added
request-property-deprecated-sunset-invalid request-property-sunset-date-too-small

required-response-header-removed response-header-became-optional response-header-became-nullable
response-header-type-changed response-header-type-generalized
response-media-type-removed response-success-status-removed
response-required-property-removed response-property-became-optional
response-{body|property}-became-nullable
response-{body|property}-type-changed response-{body|property}-type-generalized
response-{body|property}-list-of-types-widened
response-{body|property}-content-media-type-changed response-{body|property}-content-encoding-changed
response-{body|property}-const-removed response-{body|property}-const-changed
response-{body|property}-max-increased response-{body|property}-exclusive-max-increased
response-{body|property}-min-decreased response-{body|property}-exclusive-min-decreased
response-{body|property}-max-length-increased response-{body|property}-max-length-unset
response-{body|property}-min-length-decreased
response-{body|property}-min-items-decreased response-{body|property}-min-items-unset
response-{body|property}-min-contains-decreased response-{body|property}-max-contains-increased
response-{body|property}-one-of-added response-body-wrapped-in-one-of
response-{body|property}-prefix-items-added response-{body|property}-pattern-property-removed
response-{body|property}-if-removed response-{body|property}-then-removed response-{body|property}-else-removed
response-{body|property}-contains-removed response-{body|property}-property-names-removed
response-{body|property}-unevaluated-items-removed response-{body|property}-unevaluated-properties-removed
response-{body|property}-content-schema-removed
response-{body|property}-dependent-required-removed response-{body|property}-dependent-required-changed
response-{body|property}-dependent-schema-removed
response-property-deprecated-sunset-invalid response-property-sunset-date-too-small
"""

_WARNING = """
request-parameter-removed
request-parameter-max-set request-parameter-exclusive-max-set request-parameter-max-length-set
request-parameter-min-set request-parameter-exclusive-min-set request-parameter-min-items-set
request-parameter-pattern-changed request-parameter-property-type-changed
request-property-removed request-property-pattern-changed
request-{body|property}-max-set request-{body|property}-exclusive-max-set request-{body|property}-max-length-set
request-{body|property}-min-set request-{body|property}-exclusive-min-set request-{body|property}-min-items-set
request-{body|property}-all-of-removed
optional-response-header-removed response-body-media-type-schema-removed
response-optional-property-removed response-required-property-became-not-write-only
response-property-enum-value-added
"""

_INFO = """
webhook-added endpoint-added
api-path-removed-with-deprecation api-removed-with-deprecation
api-operation-id-removed api-operation-id-added api-tag-removed api-tag-added
endpoint-deprecated endpoint-deprecated-with-sunset endpoint-reactivated
api-security-added api-security-removed api-security-scope-added api-security-scope-removed
api-global-security-added api-global-security-removed
api-global-security-scope-added api-global-security-scope-removed
api-security-component-added api-security-component-removed api-security-component-type-changed

new-optional-request-parameter request-parameter-removed-with-deprecation
request-parameter-became-optional request-parameter-became-nullable request-parameter-property-became-nullable
request-parameter-type-generalized request-parameter-list-of-types-widened
request-parameter-property-type-generalized request-parameter-property-list-of-types-widened
request-parameter-enum-value-added request-parameter-property-enum-value-added
request-parameter-max-increased request-parameter-exclusive-max-increased
request-parameter-min-decreased request-parameter-exclusive-min-decreased
request-parameter-max-length-increased request-parameter-min-length-decreased
request-parameter-max-items-increased request-parameter-min-items-decreased
request-parameter-pattern-removed request-parameter-pattern-generalized
request-parameter-deprecated request-parameter-reactivated

request-body-added-optional request-body-became-optional
request-body-media-type-added request-body-media-type-schema-removed
new-optional-request-property request-property-became-optional request-{body|property}-became-nullable
request-{body|property}-type-generalized request-{body|property}-list-of-types-widened
request-property-enum-value-added request-{body|property}-const-removed
request-{body|property}-default-value-added request-{body|property}-default-value-removed
request-{body|property}-default-value-changed
request-{body|property}-max-increased request-{body|property}-exclusive-max-increased
request-{body|property}-min-decreased request-{body|property}-exclusive-min-decreased
request-{body|property}-max-length-increased request-{body|property}-min-length-decreased
request-{body|property}-min-contains-decreased request-{body|property}-max-contains-increased
request-property-pattern-removed request-property-pattern-generalized
request-{body|property}-any-of-added request-{body|property}-one-of-added
request-{body|property}-discriminator-added request-{body|property}-discriminator-removed
request-{body|property}-discriminator-property-name-changed
request-{body|property}-discriminator-mapping-added request-{body|property}-discriminator-mapping-deleted
request-{body|property}-prefix-items-added request-{body|property}-pattern-property-removed
request-{body|property}-if-removed request-{body|property}-then-removed request-{body|property}-else-removed
request-{body|property}-contains-removed request-{body|property}-property-names-removed
request-{body|property}-unevaluated-items-removed request-{body|property}-unevaluated-properties-removed
request-{body|property}-content-schema-removed
request-{body|property}-dependent-required-removed request-{body|property}-dependent-schema-removed
request-property-deprecated request-property-deprecated-with-sunset request-property-reactivated
request-optional-property-became-write-only request-optional-property-became-not-write-only
request-optional-property-became-read-only request-optional-property-became-not-read-only
request-required-property-became-write-only request-required-property-became-not-write-only
request-required-property-became-read-only request-required-property-became-not-read-only

response-header-added response-header-became-not-nullable response-header-type-specialized
response-body-media-type-schema-added response-media-type-added
response-success-status-added response-non-success-status-added response-non-success-status-removed
response-required-property-added response-optional-property-added
response-required-write-only-property-added response-required-write-only-property-removed
response-optional-write-only-property-added response-optional-write-only-property-removed
response-property-became-required response-write-only-property-became-required
response-write-only-property-became-optional response-{body|property}-became-not-nullable
response-{body|property}-type-specialized response-{body|property}-list-of-types-narrowed
response-property-enum-value-removed response-mediatype-enum-value-removed
response-write-only-property-enum-value-added
response-{body|property}-const-added
response-{body|property}-default-value-added response-{body|property}-default-value-removed
response-{body|property}-default-value-changed
response-property-pattern-added response-property-pattern-changed response-property-pattern-removed
response-{body|property}-min-contains-increased response-{body|property}-max-contains-decreased
response-{body|property}-all-of-added response-{body|property}-all-of-removed
response-{body|property}-any-of-added response-{body|property}-any-of-removed response-{body|property}-one-of-removed
response-{body|property}-discriminator-added response-{body|property}-discriminator-removed
response-{body|property}-discriminator-property-name-changed
response-{body|property}-discriminator-mapping-added response-{body|property}-discriminator-mapping-deleted
response-{body|property}-prefix-items-removed response-{body|property}-pattern-property-added
response-{body|property}-if-added response-{body|property}-then-added response-{body|property}-else-added
response-{body|property}-contains-added response-{body|property}-property-names-added
response-{body|property}-unevaluated-items-added response-{body|property}-unevaluated-properties-added
response-{body|property}-content-schema-added
response-{body|property}-dependent-required-added response-{body|property}-dependent-schema-added
response-property-deprecated response-property-deprecated-with-sunset response-property-reactivated
response-optional-property-became-write-only response-optional-property-became-not-write-only
response-optional-property-became-read-only response-optional-property-became-not-read-only
response-required-property-became-write-only
response-required-property-became-read-only response-required-property-became-not-read-only
"""


class Rule(NamedTuple):
    """A kind of difference that oasdiff knows, with the level it has there."""

    id: str
    level: Level


def _expand(table: str, level: Level) -> dict[str, Rule]:
    names: list[str] = []
    for word in table.split():
        found = re.search(r"\{(.*?)\}", word)
        names += [word.replace(found[0], choice) for choice in found[1].split("|")] if found else [word]
    return {name: Rule(name, level) for name in names}


RULES = MappingProxyType({**_expand(_BREAKING, "breaking"), **_expand(_WARNING, "warning"), **_expand(_INFO, "info")})
"""Every rule of oasdiff's that this engine can report, by its id."""
