"""The written samples: one line of every type and version, which must load for ever."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from negotrack.domain.canonical import decode_verified, encode
from negotrack.domain.catalogue import BY_TAG, RETIRED, kind_of
from negotrack.domain.summary import summary

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = sorted(Path(__file__).parent.glob("*.jsonl"))
every_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)


def _line(path: Path) -> bytes:
    (line,) = path.read_bytes().splitlines()
    return line


def test_every_type_and_version_has_a_sample() -> None:
    """Each tag that can be read, today's and retired, has a file, and no file is left over."""
    tags = {*BY_TAG, *RETIRED}
    assert {tag.replace("/", "-") for tag in tags} == {path.stem for path in SAMPLES}


@every_sample
def test_a_sample_loads(path: Path) -> None:
    """A line that was once written can be read, and is of the type that its file is named by."""
    kept = decode_verified(_line(path))
    tag = path.stem[::-1].replace("-", "/", 1)[::-1]
    assert tag in RETIRED or kind_of(kept.entry).tag == tag


@every_sample
def test_the_id_of_a_sample_is_the_hash_of_its_body(path: Path) -> None:
    """The id is the SHA-256 of the line without the id."""
    line = _line(path)
    body = b"{" + line[len('{"id":"') + 64 + len('",') :]
    assert sha256(body).hexdigest() == decode_verified(line).id


@every_sample
def test_a_sample_is_written_again_as_it_was(path: Path) -> None:
    """To read a line of today's version and write it again gives the same bytes."""
    line = _line(path)
    if kind_of(decode_verified(line).entry).tag.replace("/", "-") != path.stem:
        pytest.skip("an old version is upcast on reading and never written again")
    assert line == encode(decode_verified(line).entry).line


@every_sample
def test_a_sample_says_something(path: Path) -> None:
    """Every sample has a summary of one line."""
    entry = decode_verified(_line(path)).entry
    assert len(summary(kind_of(entry).type, entry).splitlines()) == 1


@pytest.mark.parametrize(
    "alter",
    [
        lambda line: line.replace(b"demo", b"dema"),
        lambda line: line[:-1],
        lambda line: line + b" ",
        lambda line: line.replace(b'"recorded_by":"tester"', b'"recorded_by":"taster"'),
    ],
    ids=["negotiation", "cut", "space", "recorder"],
)
@every_sample
def test_an_altered_sample_is_refused(path: Path, alter: Callable[[bytes], bytes]) -> None:
    """No byte of a line can be changed without its being found."""
    with pytest.raises(ValueError, match=r"altered|JSON|truncated|canonical"):
        decode_verified(alter(_line(path)))
