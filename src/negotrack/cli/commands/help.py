"""``negotrack help``: the help of a command."""

from __future__ import annotations

import click


@click.command()
@click.argument("words", metavar="[COMMAND]...", nargs=-1)
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...]) -> None:
    """The help of a command, as --help prints it.

    \b
      negotrack help
      negotrack help positions
      negotrack help log stance
    """
    at = ctx.find_root()
    for word in words:
        if not isinstance(at.command, click.Group):
            raise click.UsageError(f"{at.info_name} has no command {word!r}", at)
        _, command, _ = at.command.resolve_command(at, [word])
        assert command is not None
        at = click.Context(command, info_name=word, parent=at)
    click.echo(at.get_help())
