"""What docs/api.md promises is what there is."""

from __future__ import annotations

import re

import negotrack
from docs.pages import DOCS, blocks, first_cells, section
from negotrack.errors import Refusal
from negotrack.facts.query import Query, Resolution, When
from negotrack.questions.asking import Asked, AskedPositions
from negotrack.workspace import Workspace

API = DOCS / "api.md"


def test_every_name_is_described() -> None:
    """The page describes each name of ``__all__``, in its order, and no other."""
    assert list(negotrack.__all__) == first_cells(section(API, "## Every name"))


def test_every_method_is_described() -> None:
    """The page describes everything public that a workspace has, and nothing else."""
    methods = {name for name in dir(Workspace) if not name.startswith("_")}
    questions = {"positions", "entries", "votes", "alignment", "texts", "names", "storage"}
    assert methods | questions == set(first_cells(section(API, "## Every method")))


def test_the_questions_of_a_workspace_are_its_attributes(workspace: Workspace) -> None:
    """What the page lists beside the methods are the public attributes of an open workspace."""
    attributes = {name for name in vars(workspace) if not name.startswith("_")}
    assert attributes <= set(first_cells(section(API, "## Every method")))


def test_every_keyword_is_described() -> None:
    """The page describes each keyword of a question, and no other."""
    keywords = Asked.__optional_keys__ | AskedPositions.__optional_keys__
    assert keywords == set(first_cells(section(API, "## Ask")))


def test_every_field_of_a_query_is_named() -> None:
    """The page names the fields of a query, of its time and of a resolution."""
    text = section(API, "## Ask")
    fields = {*Query._fields, *When._fields, *Resolution._fields}
    assert {field for field in fields if f"`{field}`" not in text} == set()


def test_every_refusal_is_listed() -> None:
    """The page lists each refusal of the promise that has an exit code of its own."""
    listed = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", section(API, "## Refusals"), re.MULTILINE))
    promised = (getattr(negotrack, name) for name in negotrack.__all__)
    refusals = [c for c in promised if isinstance(c, type) and issubclass(c, Refusal)]
    assert {name: int(code) for name, code in listed.items()} == {
        c.__name__: c.exit_code for c in refusals if "exit_code" in vars(c)
    }


def test_no_example_uses_a_private_name() -> None:
    """The examples get by with public names: nothing private, no import but of the package."""
    code = "\n".join(block.text for block in blocks(API, "python"))
    assert set(re.findall(r"(?<!\w)_\w*", code)) <= {"__name__"}
    imported = set(re.findall(r"(?:from|import) (negotrack[\w.]*)", code))
    assert imported == {"negotrack"}
