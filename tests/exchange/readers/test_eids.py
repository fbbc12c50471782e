"""Addresses of provisions from the ids of elements in Akoma Ntoso."""

from __future__ import annotations

import pytest

from negotrack.exchange.readers.eids import address_of


@pytest.mark.parametrize(
    ("eid", "address"),
    [
        ("art_6", "art-6"),
        ("art_6__para_2__list_1__point_d", "art-6/2/d"),
        ("chp_2__sec_1__art_6__para_2", "art-6/2"),
        ("part_A__chp_1", "chp-1"),
        ("sec_6__subsec_2", "sec-6/2"),
        ("art_6bis__para_2.1", "art-6bis/2-1"),
        ("art_6__para_1__subpara_2", "art-6/1/2"),
        ("art_6__para", "art-6/para"),
        ("preamble__recs_1__rec_3", "preamble/3"),
        ("preamble__p_3", "preamble/3"),
        ("rec_3", "preamble/3"),
        ("preamble__cits__cit_2", "preamble/cit-2"),
        ("preamble", "preamble"),
        ("att_1__art_2__para_1", "att-1/2/1"),
        ("body__art_2", "art-2"),
    ],
)
def test_an_eid_makes_an_address(eid: str, address: str) -> None:
    """The first piece keeps its kind, the others have numbers alone; groups are left out."""
    assert address == address_of(eid)
