import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pinwheel_api import VERSIONS
from pinwheel_overlays.redaction import scrub, scrub_secret, unmistakable

SEPARATORS = st.sampled_from(["", " ", "-", ".", "/", " - ", "\u00a0", "\u2013"])
WORDS = st.text(st.characters(categories=["L", "P", "Zs"], exclude_characters="@"), max_size=30)


@given(WORDS, WORDS, st.lists(st.tuples(st.integers(0, 9), SEPARATORS), min_size=5, max_size=20))
def test_no_long_number_survives_however_it_is_grouped(before: str, after: str, digits: list[tuple[int, str]]) -> None:
    number = "".join(f"{digit}{separator}" for digit, separator in digits)
    found = scrub(f"{before} {number}{after}")
    assert not re.search(r"\d", found)


@given(WORDS, WORDS, st.emails())
def test_no_email_address_survives(before: str, after: str, email: str) -> None:
    assert email not in scrub(f"{before} {email} {after}")


@given(WORDS, st.uuids())
def test_ids_stay(before: str, uuid: object) -> None:
    assert str(uuid) in scrub(f"{before} {uuid} was not found")


@given(st.text())
def test_any_text_is_survived_and_scrubbing_twice_changes_nothing(text: str) -> None:
    assert scrub(scrub(text)) == scrub(text)


@pytest.mark.parametrize(
    "text", ["limit must be 1 to 100", "status 404", "9999", "field a[0].b", "HTTP 502: try later"]
)
def test_harmless_text_stays(text: str) -> None:
    assert scrub(text) == text


def test_a_long_text_costs_linear_time() -> None:
    begun = time.perf_counter()
    for text in ("a" * 200_000, "1 " * 100_000, "1234 a " * 50_000, "a@" * 100_000, "0" * 8 + "-0" * 100_000):
        scrub(text)
    assert time.perf_counter() - begun < 5


SECRETS = st.text(min_size=8, max_size=80, alphabet="abcdef0123456789").filter(unmistakable)


@given(SECRETS, st.text())
def test_no_secret_survives(secret: str, around: str) -> None:
    assert secret not in scrub_secret(f"{around}{secret}{around}", (secret,)).replace("***", "\0")


@pytest.mark.parametrize("word", ["sandbox", "test", "type", "invalid_request", "12345678", "1234567890123456", "a1"])
def test_a_secret_that_may_be_a_word_or_a_number_damages_nothing(word: str) -> None:
    text = f'{{"error": {{"type": "{word}", "n": 12345678901234567}}}}'
    assert scrub_secret(text, (word,)) == text


@pytest.mark.parametrize("secret", ["0f" * 32, "sk-7f3a9c", "averylongpassphrase"])
def test_secrets_that_can_be_nothing_else_are_unmistakable(secret: str) -> None:
    assert scrub_secret(f"Bearer {secret}.", (secret,)) == "Bearer ***."


@pytest.mark.parametrize("date", [*VERSIONS, "2026-01-31"])
def test_versions_and_the_day_of_examples_stay(date: str) -> None:
    text = f"This must be one of 2025-07-08, {date}, or {date}T12:00:00Z."
    assert scrub(text) == text


@pytest.mark.parametrize("text", ["1990-01-31", "2001-02-03", "2025-07-081", "12025-07-08", "123-45 2025-07-08"])
def test_other_days_may_be_birthdays(text: str) -> None:
    assert scrub(text) == "[digits]"


def test_a_version_before_an_at_sign_is_an_address() -> None:
    assert scrub("2025-07-08@example.com") == "[email]"
