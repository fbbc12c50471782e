from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from negotrack.cli.main import COMMANDS, cli
from negotrack.domain.catalogue import BY_NOUN

if TYPE_CHECKING:
    from collections.abc import Iterator


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command of the program with the words by which it is called."""
    context = click.Context(cli)
    yield "", cli
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            for noun in command.list_commands(context):
                kind = command.get_command(context, noun)
                assert kind is not None
                yield f"{name} {noun}", kind


ALL = dict(commands())


def test_every_kind_can_be_logged() -> None:
    """There is a ``log`` command for each kind of entry, in the order of the table of kinds."""
    kinds = [words.removeprefix("log ") for words in ALL if words.startswith("log ")]
    assert list(BY_NOUN) == kinds


@pytest.mark.parametrize("words", ALL)
def test_a_command_says_what_it_does(words: str) -> None:
    """The help of a command begins with a sentence."""
    first = (ALL[words].help or "").strip().partition("\n")[0]
    assert first[:1].isupper()


@pytest.mark.parametrize("words", ALL)
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_the_help_flows(words: str, columns: int) -> None:
    """The paragraphs of a help page are indented alike, without double blanks in them."""
    above = click.Context(cli, **cli.context_settings)
    context = click.Context(ALL[words], parent=above, terminal_width=columns)
    formatter = context.make_formatter()
    ALL[words].format_help_text(context, formatter)
    paragraphs = formatter.getvalue().replace("\\\n", "").splitlines()
    flowing = [line for line in paragraphs if "negotrack " not in line]
    assert [line for line in flowing if "  " in line.strip() or line[:3] == "   "] == []


@pytest.mark.parametrize("words", ALL)
def test_a_command_shows_an_example(words: str) -> None:
    """The help of a command has a line that can be pasted, and that calls this very command."""
    text = ALL[words].help or ""
    examples = [line.strip() for line in text.splitlines() if "negotrack " in line]
    assert any(line.split("negotrack ", 1)[1].startswith(words) for line in examples)


@pytest.mark.parametrize("words", ALL)
def test_an_option_says_what_it_does(words: str) -> None:
    """Every option has a help text that is a sentence."""
    options = [p for p in ALL[words].params if isinstance(p, click.Option)]
    without = [p.opts[-1] for p in options if not (p.help or "").endswith(".")]
    assert without == []


@pytest.mark.parametrize("words", ALL)
def test_an_option_is_declared_once(words: str) -> None:
    """No two options of a command go by the same name."""
    names = [name for p in ALL[words].params for name in p.opts if name.startswith("-")]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("name", [n for section in COMMANDS.values() for n in section])
def test_a_line_of_the_list_fits(name: str) -> None:
    """What the list of commands says about one is a sentence that fits on a line of 80 columns."""
    listed = next(section[name][1] for section in COMMANDS.values() if name in section)
    assert listed.endswith(".")
    assert len(f"  completion  {listed}") <= 80
