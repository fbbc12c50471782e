"""``negotrack completion``: set up completion for a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script that completes commands, options, delegations, targets and sessions.

    \b
      negotrack completion bash >> ~/.bashrc
      negotrack completion fish > ~/.config/fish/completions/negotrack.fish
    """
    from negotrack.cli.main import cli

    completer = get_completion_class(shell)
    assert completer is not None
    click.echo(completer(cli, {}, "negotrack", "_NEGOTRACK_COMPLETE").source())
