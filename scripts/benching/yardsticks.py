"""Small programs that do the least that could serve: what the real commands are held against."""

from __future__ import annotations

CLICK_APP = """
import click

@click.command()
def app():
    click.echo("hello")

app(standalone_mode=False)
"""

CLICK_AND_LIBRARY = """
import click, eventsourcing.application, eventsourcing.sqlite

@click.command()
def app():
    click.echo("hello")

app(standalone_mode=False)
"""

SAME_TABLE = """
import click, tabulate
rows = {rows!r}

@click.command()
def app():
    tabulate.MIN_PADDING = 0
    click.echo(tabulate.tabulate(rows[1:], rows[0], tablefmt="simple", disable_numparse=True))

app(standalone_mode=False)
"""

SQLITE_ROWS = """
import csv, sqlite3, sys
cursor = sqlite3.connect(sys.argv[1]).execute(sys.argv[2])
out = csv.writer(sys.stdout, lineterminator="\\n")
out.writerow(column[0] for column in cursor.description)
out.writerows(cursor)
"""

FLAT_COLUMNS = (
    "id", "on", "at", "order", "session", "type", "by", "for", "target", "stance", "reason", "says",
    "confidence", "sources", "note", "recorded_at", "recorded_by",
)  # fmt: skip
FLAT = f"""
CREATE TABLE said ({", ".join(f'"{name}"' for name in FLAT_COLUMNS)});
CREATE INDEX by_session ON said (session, "on");
CREATE INDEX by_cell ON said ("by", target, "on");
"""
"""A table of the same columns that a timeline prints, as text, indexed for the two questions."""

_WIDTH = 65_536

TYPED_ROWS = f"""
SELECT holder * {_WIDTH} + target, last, at, ord, official, recorded, tie, known_from, known_until,
       code
FROM entry WHERE cell IS NOT NULL ORDER BY 1, last, at, ord, official, recorded, tie
"""
"""The typed columns of all stances, as the index has them, by cell and in the law's order."""

TYPED = """
CREATE TABLE stance (
    cell INTEGER, day INTEGER, minute SMALLINT, ord INTEGER, official TINYINT, recorded BIGINT,
    tie BIGINT, known_from BIGINT, known_until BIGINT, code INTEGER
);
CREATE TABLE word (n INTEGER, word VARCHAR);
"""

LATEST = """
SELECT cell, arg_max(code, rowid) FROM stance
WHERE day <= ? AND known_from <= ? AND known_until > ? GROUP BY cell
"""
"""The last stance of every cell. The table lies in the law's order, so that its row number tells
which is the last: no history to which a late entry was added would be so kind."""

MATRIX = f"""
def matrix(db, day, known):
    words = dict(db.execute("SELECT n, word FROM word").fetchall())
    grades = (None, "block", "oppose", "reserve", "accept", "support")
    rows, targets = {{}}, set()
    for cell, code in db.execute({LATEST!r}, [day, known, known]).fetchall():
        holder, target = divmod(cell, {_WIDTH})
        grade = grades[code % 8]
        if grade is not None:
            targets.add(target)
            rows.setdefault(holder, {{}})[target] = grade
    across = sorted((words[n], n) for n in targets)
    down = sorted((words[n], n) for n in rows)
    head = ["delegation", *(word for word, _ in across)]
    return [head, *([word, *(rows[n].get(t) for _, t in across)] for word, n in down)]
"""
"""Turn the answer of DuckDB into a matrix: delegations down, targets across, grades in words."""

DUCKDB_MATRIX = f"""
import csv, sys
import duckdb
{MATRIX}
db = duckdb.connect(sys.argv[1], read_only=True)
rows = matrix(db, int(sys.argv[2]), int(sys.argv[3]))
csv.writer(sys.stdout, lineterminator="\\n").writerows(rows)
"""
