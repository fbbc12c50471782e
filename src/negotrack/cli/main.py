"""The program: which commands there are, and how every way of ending is told to the caller.

A command's module is imported when the command is run; the list of commands, with their help, is
written from the table below. So ``--help`` costs what an empty program costs.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from negotrack import __version__
from negotrack.cli.once import Once
from negotrack.errors import Refusal, RejectedLines, trouble

COMMANDS: dict[str, dict[str, tuple[str, str]]] = {
    "Reading": {
        "timeline": ("timeline", "What happened, in order."),
        "positions": ("positions", "Who stands where."),
        "history": ("history", "How a position came about."),
        "explain": ("explain", "Why a cell of a table says what it says."),
        "show": ("show", "Everything about an entry, a target, a delegation or a session."),
        "names": ("names", "What delegations, sessions and targets are called."),
        "changes": ("changes", "What moved in the room, or what we learned since."),
        "replay": ("replay", "The entries up to a date, or what changed step by step."),
        "export": ("export", "The whole record, for other tools."),
    },
    "Text": {
        "text": ("text", "What the text says, on any day."),
        "redline": ("redline", "What changed between two texts, word by word."),
        "amendments": ("amendments", "The amendments on the table, as a chair reads them out."),
        "consolidate": ("consolidate", "The text with amendments in it, and where they collide."),
        "blame": ("blame", "Whose words these are."),
        "open": ("open_", "What is still open, since when, and who holds it."),
    },
    "Counting": {
        "tally": ("tally", "How the room stands, and what each rule would give."),
        "trend": ("trend", "How many stood where, over time."),
        "votes": ("votes", "How each delegation voted, and what was decided."),
        "alignment": ("alignment", "Who agrees with whom."),
        "movers": ("movers", "Who changed, how far, and toward whom."),
        "gap": ("gap", "Who said one thing and voted another."),
    },
    "Writing": {
        "init": ("init", "Make this folder a workspace."),
        "log": ("log", "Log what happened."),
        "correct": ("correct", "Replace fields of an earlier entry."),
        "retract": ("retract", "Withdraw an earlier entry."),
        "undo": ("undo", "Retract the last entry that you logged."),
        "import": ("import_", "Take in entries from JSON Lines or CSV."),
    },
    "Keeping": {
        "sync": ("sync", "Make store and journal hold the same entries."),
        "check": ("check", "Verify every entry; silent when all is well."),
        "doctor": ("doctor", "Where everything is, and how it is."),
        "rebuild": ("rebuild", "Make the index anew, or the store from the journal."),
        "schema": ("schema", "The JSON Schemas of entries and answers."),
        "completion": ("completion", "Set up completion for your shell."),
        "help": ("help", "The help of a command: negotrack help positions."),
    },
}
_ONLY_READS = ("Reading", "Text", "Counting")
_MODULES = {name: row[0] for section in COMMANDS.values() for name, row in section.items()}

_ABOUT = """\
A record of a negotiation that can be asked, for any past day: who stood where, what was on the
table, and how do we know.

\b
  negotrack timeline ahc-6
  negotrack positions --target scope --as-of 2023-09-01
  negotrack log stance --by KEN --target art-6/2 --stance reserve --on 2023-08-23
"""

INTERRUPTED = 130
TERMINATED = 143


class LazyGroup(click.Group):
    """A group that imports a command when it is run, and lists them from the table."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that went away is no failure, whatever click makes of it."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            return 0

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands, by section."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a command."""
        module = _MODULES.get(cmd_name)
        if module is None:
            return None
        command = import_module(f"negotrack.cli.commands.{module}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; suggest near misses."""
        if not any(args[0] in COMMANDS[section] for section in _ONLY_READS):
            _prepare_for_long_work()
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from negotrack.domain.names import near

            close = near(args[0], _MODULES)
            hint = f"; did you mean {', '.join(close)}?" if close else ""
            raise click.UsageError(f"no command {args[0]!r}{hint}", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the sections without importing any command."""
        for section, rows in COMMANDS.items():
            with formatter.section(section):
                formatter.write_dl([(name, row[1]) for name, row in rows.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_ABOUT,
)
@click.option("-C", "folder", cls=Once, metavar="FOLDER", default=".", help="Work in this folder.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but answers and what went wrong.")
@click.option("--no-pager", is_flag=True, help="Do not page long tables on a terminal.")
@click.option(
    "--debug", is_flag=True, expose_value=False, help="Show the traceback when something fails."
)
@click.version_option(__version__, "-V", "--version", prog_name="negotrack")
@click.pass_context
def cli(ctx: click.Context, folder: str, *, quiet: bool, no_pager: bool) -> None:
    """Keep what all commands share."""
    ctx.obj = {"folder": folder, "quiet": quiet, "no_pager": no_pager}


def _stop(code: int, line: str = "") -> NoReturn:
    """End the program with one line on standard error, at most, and no traceback."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if line:
        click.echo(line, err=True)
    sys.exit(code)


def _open_what_is_closed() -> None:
    """Give the program the null device for each standard stream that its caller closed."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _prepare_for_long_work() -> None:
    """Collect garbage, and let a request to end roll back what is under way.

    A command that only reads is over before its garbage matters, and can be ended at once.
    """
    import gc
    import signal

    gc.enable()
    signal.signal(signal.SIGTERM, _terminate)


def _terminate(*_: object) -> NoReturn:
    raise SystemExit(TERMINATED)


def main() -> NoReturn:  # noqa: C901 - the one place where every way of ending is told
    """Run the command line and translate every way of ending into an exit code."""
    _open_what_is_closed()
    debug = "--debug" in sys.argv
    try:
        code = cli.main(prog_name="negotrack", standalone_mode=False)
    except RejectedLines as refusal:
        if debug:
            raise
        lines = [f"line {number}: {worded(fault)}" for number, fault in refusal.faults]
        _stop(refusal.exit_code, "\n".join([*lines, f"negotrack: {worded(refusal)}"]))
    except Refusal as refusal:
        if debug:
            raise
        _stop(refusal.exit_code, f"negotrack: {worded(refusal)}")
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        _stop(error.exit_code)
    except click.ClickException as error:
        _stop(error.exit_code, f"negotrack: {visible(error.format_message())}")
    except (click.Abort, KeyboardInterrupt):
        _stop(INTERRUPTED, "negotrack: interrupted")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        _stop(0)
    except OSError as error:
        if debug:
            raise
        where = f" {error.filename}" if error.filename else ""
        _stop(1, f"negotrack:{where} {error.strerror or error}")
    except Exception as error:
        fault = None if debug else trouble(error)
        if fault is None:
            raise
        _stop(fault.exit_code, f"negotrack: {worded(fault)}")
    _stop(code if isinstance(code, int) else 0)


def worded(refusal: Refusal) -> str:
    """Return a refusal with its cure as a command, so that nothing in it drives the terminal."""
    from negotrack.cli.cures import line

    return visible(line(refusal))


def visible(text: str) -> str:
    """Return a message in which nothing can drive the terminal."""
    from negotrack.render.harmless import visible as harmless

    return harmless(text)
