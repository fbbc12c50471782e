from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from conftest import stamped
from exchange.files import file_of
from negotrack.domain.canonical import StoredEntry
from negotrack.domain.catalogue import KINDS, NotAnEntry
from negotrack.domain.values import Figures, Source
from negotrack.errors import Refusal, Rejected
from negotrack.exchange.flat import COLUMNS, check_columns, entry_of, flat
from negotrack.exchange.readers.tables import rows
from negotrack.render.answer import Answer
from negotrack.render.data import csv_lines
from negotrack.render.harmless import csv_plain, csv_safe
from shorthand import DEMO, decided, delegation, issue, proposal, says, takes
from strategies import few, kepts, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.domain.catalogue import Kind
    from negotrack.domain.entries import Entry

every_type = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)

quick = settings(
    few, max_examples=8, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)  # a whole row is too large to shrink in a reasonable time

KEPT = stamped(takes("KEN", "support", "scope"))


def _exported(kept: Iterable[StoredEntry], *, raw: bool = False) -> str:
    return "".join(csv_lines(Answer("Record", map(flat, kept), ()), raw=raw))


def _imported(text: str | bytes, negotiation: str | None = None) -> list[StoredEntry | Entry]:
    return [entry_of(row, negotiation) for _, row in rows(file_of(text))]


def _draft(**cells: str) -> Entry:
    entry = entry_of({"type": "stance", "by": "KEN", "on": "2023", "target": "scope"} | cells, DEMO)
    assert not isinstance(entry, StoredEntry)
    return entry


# -- the round trip ---------------------------------------------------------------------------


@every_type
@quick
@given(data=st.data())
def test_every_type_goes_through_csv_and_back(kind: Kind, data: st.DataObject) -> None:
    """What is exported as CSV is imported as the same entries with the same ids."""
    kept = data.draw(st.lists(kepts(kind), min_size=1, max_size=3))
    assert kept == _imported(_exported(kept))


@every_type
@quick
@given(data=st.data())
def test_a_row_has_every_column(kind: Kind, data: st.DataObject) -> None:
    """A row has a text in every column, empty where the entry has no such field."""
    row = flat(data.draw(kepts(kind)))
    assert list(COLUMNS) == list(row)
    assert {str} == {type(cell) for cell in row.values()}


@pytest.mark.parametrize(
    "aliases",
    [("a", "b"), ("a; b",), ("a;b", "c"), (" padded ",), (" ",), (";",), ("[1]",), ('["a"]', "b")],
    ids=str,
)
def test_names_in_a_list_stay_apart(aliases: tuple[str, ...]) -> None:
    """A list comes back as it was, whatever its names contain."""
    kept = stamped(delegation("EU", "group", aliases=aliases))
    assert [kept] == _imported(_exported([kept]))


def test_a_list_of_plain_names_is_read_by_people() -> None:
    """Names in a list are separated by semicolons."""
    row = flat(stamped(proposal("p-1", "KEN", sponsors=("AUT", "CHN"))))
    assert row["sponsors"] == "AUT; CHN"


@pytest.mark.parametrize(
    ("figures", "cell"),
    [(Figures(yes=79, no=60, abstain=33), "79-60-33"), (Figures(yes=2, no=0), "2-0")],
)
def test_figures_are_written_as_people_write_them(figures: Figures, cell: str) -> None:
    """The count of a vote is one cell."""
    kept = stamped(decided("scope", method="vote", figures=figures))
    assert cell == flat(kept)["figures"]
    assert [kept] == _imported(_exported([kept]))


def test_one_source_has_columns_of_its_own() -> None:
    """Its parts are in five columns; several sources are one JSON list."""
    one, two = Source(title="Notes", retrieved="2023-02-01"), Source(address="https://example.org")
    row = flat(stamped(says("KEN", "Hm.", sources=(one,))))
    assert (
        row["source_title"],
        row["source_retrieved"],
        row["sources"],
    ) == ("Notes", "2023-02-01", "")
    row = flat(stamped(says("KEN", "Hm.", sources=(one, two))))
    assert row["source_title"] == ""
    assert len(json.loads(row["sources"])) == 2


# -- formulas ---------------------------------------------------------------------------------


@few
@given(texts() | st.text("=+-@\t\r'x", max_size=4))
def test_the_guard_against_formulas_is_undone(text: str) -> None:
    """A guarded cell begins no formula, and gives the text back."""
    assert not csv_safe(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert text == csv_plain(csv_safe(text))


@few
@given(texts() | st.text("=+-@'tx", max_size=4))
def test_only_what_the_guard_added_is_taken_away(text: str) -> None:
    """A cell that no guard could have made is left as a person wrote it."""
    assert csv_plain(text) in (text, text[1:])
    assert text == csv_plain(text) or text == csv_safe(text[1:])


@pytest.mark.parametrize("text", ["'t Hooft", "'s-Gravenhage", "'"])
def test_an_apostrophe_of_a_name_stays(text: str) -> None:
    """A name that begins with an apostrophe is imported with it."""
    (entry,) = _imported(f"type,by,on,says\nstatement,KEN,2023,{text}\n", DEMO)
    assert text == getattr(entry, "says", None)


def test_a_formula_in_an_export_is_guarded() -> None:
    """A spreadsheet that opens an export calculates nothing."""
    kept = stamped(says("KEN", '=HYPERLINK("https://example.org")'))
    (cells,) = list(csv.DictReader(io.StringIO(_exported([kept]))))
    assert cells["says"].startswith("'=")
    assert [kept] == _imported(_exported([kept]))


# -- drafts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["stance", "stance.taken", "stance.taken/1"])
def test_a_type_has_three_names(word: str) -> None:
    """A row says what it is by noun, type or tag."""
    assert takes("KEN", "support", "scope", on="2023") == _draft(type=word, stance="support")


@every_type
def test_every_type_is_known_by_its_noun(kind: Kind) -> None:
    """What is missing is said of the right type."""
    with pytest.raises(Rejected, match="missing required field"):
        entry_of({"type": kind.noun}, None)


def test_a_row_without_an_id_is_a_draft() -> None:
    """Empty cells are absent fields, and the negotiation may be understood."""
    (entry,) = _imported(
        "type,issue,title,options,on,note\nissue,scope,How broad?,broad;limited,2023,\n", DEMO
    )
    assert issue("scope", "broad", "limited", on="2023") == entry


def test_a_row_may_name_its_negotiation() -> None:
    """What the row says stands over what is understood."""
    assert _draft(stance="support", negotiation="other").negotiation == "other"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"type": "stnce"}, ("no kind of entry 'stnce'", "did you mean", "stance")),
        ({"type": ""}, ("no kind of entry ''",)),
        ({"stance": "love"}, ("love",)),
        ({"stance": ""}, ("stance",)),
        ({"order": "1.5"}, ("order is '1.5', not a number",)),
        ({"order": "-1"}, ("not a number",)),
        ({"order": "٣"}, ("not a number",)),
        ({"order": "9" * 5_000}, ("not a number",)),
        ({"order": "9999999"}, ("order",)),
        ({"mood": "good"}, ("mood",)),
        ({"figures": "79"}, ("not the count of a vote", "79-60-33")),
        ({"figures": "1-2-3-4"}, ("not the count",)),
        ({"figures": "1-x"}, ("not the count",)),
        ({"figures": "9" * 5_000 + "-1"}, ("not the count",)),
        ({"sources": "[oops"}, ("the column sources", "JSON")),
        ({"sources": "[" * 100_000}, ("sources",)),
        ({"sources": "9" * 5_000}, ("sources",)),
        ({"sources": '"\\ud800"'}, ("",)),
        ({"sources": "NaN"}, ("",)),
        ({"sources": '{"title": "one"}'}, ("sources",)),
        ({"note": "\ud800"}, ("",)),
        ({"note": "x" * 100_001}, ("note",)),
    ],
    ids=lambda value: str(value)[:30] if isinstance(value, dict) else "",
)
def test_a_faulty_cell_is_refused(cells: dict[str, str], words: tuple[str, ...]) -> None:
    """Whatever is in a cell, the answer is a sentence."""
    with pytest.raises(Refusal) as refused:
        _draft(**{"stance": "support"} | cells)
    for word in words:
        assert word in str(refused.value)


@pytest.mark.parametrize(
    "cell",
    ['{"count": NaN}', '{"count": 1e400}', '{"count": 1.5}', "[]", '{"a": {"b": {"c": 1}}}'],
)
def test_what_a_correction_cannot_set_is_refused(cell: str) -> None:
    """Numbers that are none, fractions and deep objects are no values of fields."""
    row = {"type": "correction", "on": "2023", "entry": "a" * 64, "reason": "x", "set": cell}
    with pytest.raises(Rejected):
        entry_of(row, DEMO)


# -- whole entries ----------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["by", "recorded_at", "recorded_by", "tool", "stance", "note"])
def test_an_altered_row_is_refused(column: str) -> None:
    """An id must fit its row; the cure is to log it as a new entry."""
    other = {"stance": "oppose", "by": "CHN", "recorded_at": "2023-03-01T12:00:01.000000Z"}
    row = flat(KEPT) | {column: other.get(column, "else")}
    with pytest.raises(Rejected, match="does not fit the row"):
        entry_of(row, None)


def test_a_whole_row_says_when_it_was_recorded() -> None:
    """A row with an id but without its stamp is no entry of any record."""
    from negotrack.domain.canonical import encode

    kept = encode(takes("KEN", "support", "scope"))
    with pytest.raises(Rejected, match="recorded"):
        entry_of(flat(kept), None)


def test_a_whole_row_is_well_formed() -> None:
    """Its dates are checked before its id."""
    with pytest.raises(Rejected, match="no day"):
        entry_of(flat(stamped(takes("KEN", "support", "scope", on="2023-02-30"))), None)


# -- headings and files -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        (["type", "stanse"], ("line 1: no column 'stanse'", "did you mean", "stance")),
        (["type", "zzzzzz"], ("no column 'zzzzzz'", "documented columns")),
        (["type", "by", "by"], ("the column 'by' is there twice",)),
        (["by", "on"], ("no column 'type'",)),
        ([], ("no column 'type'",)),
        (["type", ""], ("no column ''",)),
        (["Type"], ("no column 'Type'", "type")),
    ],
    ids=str,
)
def test_a_faulty_heading_is_refused(heading: list[str], words: tuple[str, ...]) -> None:
    """The first line names columns that there are, each once, the type among them."""
    with pytest.raises(Rejected) as refused:
        check_columns(heading)
    for word in words:
        assert word in str(refused.value)


def test_columns_may_come_in_any_order() -> None:
    """A heading needs the type, and as many other columns as there is something to say in."""
    assert check_columns(["on", "type", "sources", "id"]) is None  # type: ignore[func-returns-value]


def test_not_an_entry_is_never_let_through() -> None:
    """What the codec says of a row reaches people as a refusal."""
    with pytest.raises(Rejected) as refused:
        _draft(stance="support", by="x" * 65)
    assert not isinstance(refused.value, NotAnEntry)
