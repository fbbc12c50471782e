"""Names of the record, looked up by whatever they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.entries import SessionRescheduled
from shorthand import DEMO, correction, retraction

if TYPE_CHECKING:
    from negotrack.workspace import Workspace


def test_names_are_looked_up_without_letter_case(living: Workspace) -> None:
    """Codes, titles and aliases lead to the same name."""
    keys = ("eu", "european union", "the union")
    assert [
        [
            registered.name
            for registered in living.storage.index.names.known_as(DEMO, key, ("delegation",))
        ]
        for key in keys
    ] == [["EU"]] * 3
    assert living.storage.index.names.known_as(DEMO, "eu", ("issue",)) == []


def test_names_say_what_they_are(living: Workspace) -> None:
    """A session has its days, a delegation its kind, an issue its options."""
    by_name = {name.name: name for name in living.storage.index.names.registered(DEMO)}
    assert (by_name["s-2"].first, by_name["s-2"].last) == ("2023-02-06", "2023-02-10")
    assert (by_name["EU"].detail, by_name["scope"].detail) == ("group", "broad, limited")
    assert [name.name for name in living.storage.index.names.registered(DEMO, "session")] == [
        "s-1",
        "s-2",
    ]


def test_a_moved_session_is_known_by_its_new_days(living: Workspace) -> None:
    """A session that was moved before it began sits on its new days."""
    living.log(
        SessionRescheduled(
            negotiation=DEMO, on="2023-01-20", session="s-2", days="2023-02-20/2023-02-24"
        )
    )
    (registered,) = living.storage.index.names.known_as(DEMO, "s-2", ("session",))
    assert (registered.first, registered.last) == ("2023-02-20", "2023-02-24")


def test_corrected_and_retracted_names_are_looked_up_as_they_are_now(living: Workspace) -> None:
    """A corrected alias is found, a retracted name is not, and comes back with its entry."""
    ids = {name.name: name.id for name in living.storage.index.names.registered(DEMO)}
    living.log(correction(ids["EU"], aliases=["the Twenty-seven"]))
    assert living.storage.index.names.known_as(DEMO, "the twenty-seven", ("delegation",))
    assert not living.storage.index.names.known_as(DEMO, "the union", ("delegation",))
    first = living.log(retraction(ids["p-1"]))
    assert not living.storage.index.names.known_as(DEMO, "p-1", ("proposal",))
    living.log(retraction(first.id, reason="no"))
    assert living.storage.index.names.known_as(DEMO, "p-1", ("proposal",))
