"""Addresses of provisions: what lies below what, and what goes in a circle."""

from __future__ import annotations

import pytest

from negotrack.domain.addresses import circles, is_below, parents


def test_a_circle_of_addresses_is_found() -> None:
    """A shift of numbers is no circle; an exchange of two is one."""
    assert list(circles({"art-5": "art-6", "art-6": "art-7"})) == []
    assert list(circles({"art-5": "art-6", "art-6": "art-5", "art-1": "art-5"})) == [
        ["art-5", "art-6", "art-5"]
    ]


@pytest.mark.parametrize(
    ("address", "of", "expected"),
    [
        ("art-6", "art-6", True),
        ("art-6/2", "art-6", True),
        ("art-6/2/a", "art-6", True),
        ("art-6", "art-6/2", False),
        ("art-60", "art-6", False),
        ("art-6-bis", "art-6", False),
    ],
)
def test_a_part_is_below_its_whole(
    address: str,
    of: str,
    expected: bool,  # noqa: FBT001
) -> None:
    """An address is below itself and below what it is a part of, and not below a like number."""
    assert is_below(address, of) is expected


def test_the_widest_whole_comes_first() -> None:
    """The parents of a point are its article and its paragraph, in this order."""
    assert parents("art-6/2/a") == ["art-6", "art-6/2"]
    assert parents("art-6") == []
