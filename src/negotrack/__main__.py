"""The program, as `negotrack` and as `python -m negotrack`."""

import gc

gc.disable()  # start-up makes no garbage worth collecting; long work turns it on (cli/main.py)

from negotrack.cli.main import main  # noqa: E402

if __name__ == "__main__":
    main()
