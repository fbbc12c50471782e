"""Options that are given once: the kind of every option that is neither a flag nor a list."""

from typing import Any

import click


class Once(click.Option):
    """An option that is given once: to repeat it is refused, where click would let the last win."""

    def __init__(self, *names: Any, **settings: Any) -> None:
        """Take the settings of :class:`click.Option`; ``multiple`` means each of the values."""
        if not (settings.get("multiple") or settings.get("is_flag")):
            settings |= {"multiple": True, "callback": _only}
            if settings.get("default") is not None:
                settings["default"] = (settings["default"],)
        super().__init__(*names, **settings)


def _only(ctx: click.Context, param: click.Parameter, values: tuple[Any, ...]) -> Any:
    """Return the one value; refuse a second."""
    if len(values) > 1:
        raise click.UsageError(f"{param.opts[-1]} is given {len(values)} times: give it once", ctx)
    return values[0] if values else None
