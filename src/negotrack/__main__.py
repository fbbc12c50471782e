"""The program, as `negotrack` and as `python -m negotrack`."""

import gc

gc.disable()  # start-up makes no garbage worth collecting; long work turns it on (cli/main.py)

import os  # noqa: E402
import sys  # noqa: E402
from contextlib import suppress  # noqa: E402
from typing import NoReturn  # noqa: E402

from negotrack.cli.main import main as run  # noqa: E402


def main() -> NoReturn:
    """Run the program, and end it as it stands.

    To take the interpreter apart, object by object, costs a small command a fifth of its time.
    Whatever has to be closed was closed by the command, in its ``with`` blocks.
    """
    try:
        run()
    except SystemExit as ended:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        if isinstance(ended.code, int):
            os._exit(ended.code)
        raise


if __name__ == "__main__":
    main()
