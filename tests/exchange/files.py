"""Files in memory."""

from __future__ import annotations

import io


def file_of(text: str | bytes) -> io.BufferedReader:
    """Return a file with a text in it."""
    data = text if isinstance(text, bytes) else text.encode()
    return io.BufferedReader(io.BytesIO(data))
