"""What Link says, in English and in Spanish: read from the scripts that say it."""

import re
from importlib import resources

STATIC = resources.files("pinwheel_sandbox.link_page") / "static"


def texts(language: str) -> dict[str, str]:
    """All texts of a language, read from the scripts that have them."""
    source = "".join(STATIC.joinpath(f"texts_{language}{more}.js").read_text("utf-8") for more in ("", "_more"))
    return {
        quoted or plain: text
        for quoted, plain, text in re.findall(r'^  (?:"([^"]+)"|(\w+)): "((?:[^"\\]|\\.)*)",$', source, re.MULTILINE)
    }


def test_no_text_is_missing_in_either_language() -> None:
    english, spanish = texts("en"), texts("es")
    assert len(english) > 150
    assert english.keys() == spanish.keys()
    for key, text in english.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", spanish[key])), key
        assert text
        assert spanish[key]


def test_each_text_that_a_screen_says_is_there_and_each_is_said() -> None:
    known = texts("en")
    scripts = [file for file in STATIC.iterdir() if file.name.endswith(".js") and not file.name.startswith("texts")]
    source = "".join(file.read_text("utf-8") for file in scripts)
    said = set(re.findall(r'say\(\s*"([^"]+)"', source))
    assert said <= known.keys()
    # Keys that are put together, such as `problem.${...}`: something of that name has to be there.
    begun = set(re.findall(r"say\(\s*`([^`$]+)\$\{", source))
    for beginning in begun:
        assert any(key.startswith(beginning) for key in known), beginning
    quoted = set(re.findall(r'"([\w.-]+)"', source))
    unused = {key for key in known.keys() - said - quoted if not any(key.startswith(start) for start in begun)}
    assert unused == set()


def test_each_problem_has_words() -> None:
    """The codes that steps put beside fields, by their source."""
    source = "".join(
        file.read_text("utf-8")
        for file in (resources.files("pinwheel_sandbox.link_page") / "steps").iterdir()
        if file.name.endswith(".py")
    )
    codes = set(re.findall(r'problems(?:\["\w+"\])? = (?:\{"\w+": )?"(\w+)"', source)) | {"amountRange", "wholeNumber"}
    assert {"routingNumber", "date", "tooLarge", "invalidCredentials"} <= codes
    assert codes <= {key.removeprefix("problem.") for key in texts("en") if key.startswith("problem.")}
