"""How the sandbox is told to behave, and what importing it costs."""

import subprocess
import sys

import pytest

from glomex_cli.sandbox.app import SandboxOptions, options_from


@pytest.mark.parametrize(
    ("environ", "options"),
    [
        ({}, SandboxOptions()),
        ({"GLOMEX_SANDBOX_TOKEN_LIFE": ""}, SandboxOptions()),
        ({"GLOMEX_SANDBOX_TOKEN_LIFE": "5"}, SandboxOptions(token_life_s=5)),
        ({"GLOMEX_SANDBOX_TOKEN_LIFE": "0"}, SandboxOptions(token_life_s=0)),
        ({"GLOMEX_SANDBOX_CHALLENGE_LIFE": "7"}, SandboxOptions(challenge_life_s=7)),
        ({"GLOMEX_SANDBOX_DELAY": "0.25"}, SandboxOptions(delay_s=0.25)),
        ({"GLOMEX_SANDBOX_INTROSPECTION": "off"}, SandboxOptions(introspection=False)),
        ({"GLOMEX_SANDBOX_INTROSPECTION": "1"}, SandboxOptions()),
        ({"GLOMEX_SANDBOX_EXCLUSIVE_TO": "TRUE"}, SandboxOptions(exclusive_to=True)),
        ({"GLOMEX_SANDBOX_OTHER": "x", "DELAY": "9"}, SandboxOptions()),
    ],
)
def test_environment_sets_options(environ: dict[str, str], options: SandboxOptions) -> None:
    assert options_from(environ) == options


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN_LIFE", "soon"),
        ("TOKEN_LIFE", "-1"),
        ("CHALLENGE_LIFE", "nan"),
        ("DELAY", "inf"),
        ("DELAY", "1 s"),
        ("INTROSPECTION", "maybe"),
        ("EXCLUSIVE_TO", "2"),
    ],
)
def test_value_that_makes_no_sense_is_an_error_naming_the_variable(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"GLOMEX_SANDBOX_{name} must be"):
        options_from({f"GLOMEX_SANDBOX_{name}": value})


def test_graphql_is_imported_only_when_an_app_is_made() -> None:
    code = (
        "import sys; from glomex_cli.sandbox import app, server, sessions; "
        "early = 'graphql' in sys.modules; app.create_app(); "
        "print(early, 'graphql' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout == "False True\n"


def test_sandbox_imports_nothing_of_the_rest_of_the_package() -> None:
    code = (
        "import sys; from glomex_cli.sandbox import app, page, server; app.create_app(); "
        "print([n for n in sys.modules if n.startswith('glomex_cli.') "
        "and not n.startswith('glomex_cli.sandbox')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout == "[]\n"
