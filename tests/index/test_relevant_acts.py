"""Which acts a question about texts reads: enough for its answer, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.entry_types import PROVISION_WORDED
from negotrack.index.relevant_acts import acts_on, acts_since_last_draft
from shorthand import DEMO, document, provision, query, worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.facts.acts import Act
    from negotrack.workspace import Workspace


def wordings(acts: Iterable[Act] | None) -> list[tuple[str, str | None]]:
    """Return the drafts and the addresses of the wordings among acts."""
    return [(a.fields["document"], a.target) for a in acts or () if a.type == PROVISION_WORDED]


def test_a_draft_that_leaves_a_provision_out_is_known_to_be_one(workspace: Workspace) -> None:
    """Of a draft without the provision in question, a wording of another provision is read."""
    workspace.import_(
        [
            provision("art-1"),
            document("draft-1", on="2023-01-16", draft="whole"),
            worded("art-6", "Safeguards shall be there.", "draft-1", on="2023-01-16"),
            document("draft-2", on="2023-01-18", draft="whole"),
            worded("art-1", "The purpose is peace.", "draft-2", on="2023-01-18"),
        ]
    )
    acts = acts_on(workspace.storage.index.slices, query(DEMO), "art-6", "en")
    assert wordings(acts) == [("draft-1", "art-6"), ("draft-2", "art-1")]


def test_a_report_after_the_last_draft_does_not_stand_for_it(workspace: Workspace) -> None:
    """The text since the last draft begins with the draft, whatever was issued after it."""
    workspace.import_(
        [
            document("draft-1", on="2023-01-16", draft="whole"),
            worded("art-6", "Safeguards shall be there.", "draft-1", on="2023-01-16"),
            document("report", on="2023-01-18"),
        ]
    )
    acts = acts_since_last_draft(workspace.storage.index.slices, query(DEMO), "en")
    assert wordings(acts) == [("draft-1", "art-6")]


def test_a_draft_in_two_languages_is_one_in_each(workspace: Workspace) -> None:
    """The text since the last draft begins with it, though it has words in another language too."""
    workspace.import_(
        [
            document("draft-1", on="2023-01-16", draft="whole"),
            worded("art-6", "Safeguards shall be there.", "draft-1", on="2023-01-16"),
            worded("art-6", "Des garanties sont là.", "draft-1", on="2023-01-16", language="fr"),
        ]
    )
    slices = workspace.storage.index.slices
    for language in ("en", "fr"):
        acts = acts_since_last_draft(slices, query(DEMO), language)
        assert wordings(acts) == [("draft-1", "art-6")] * 2
    assert acts_since_last_draft(slices, query(DEMO), "es") is None


def test_where_a_part_of_a_provision_went_is_read(workspace: Workspace) -> None:
    """That a paragraph became one of another article is read; what else moved there is not."""
    workspace.import_(
        [
            *(provision(address) for address in ("art-3", "art-4", "art-9", "art-9/1")),
            document("draft-1", on="2023-01-16", draft="whole"),
            worded("art-6", "Safeguards shall be there.", "draft-1", on="2023-01-16"),
            worded("art-6/2", "They are public.", "draft-1", on="2023-01-16"),
            document("draft-2", on="2023-01-18", draft="whole"),
            worded("art-6", "Safeguards shall be there.", "draft-2", on="2023-01-18"),
            worded("art-9/1", "They are public.", "draft-2", on="2023-01-18", formerly="art-6/2"),
            worded("art-4", "Terms.", "draft-2", on="2023-01-18", formerly="art-3"),
        ]
    )
    acts = acts_on(workspace.storage.index.slices, query(DEMO), "art-6", "en")
    assert wordings(acts)[-2:] == [("draft-2", "art-6"), ("draft-2", "art-9/1")]
