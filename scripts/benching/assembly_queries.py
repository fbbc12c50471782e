"""What DuckDB is asked about the votes of the General Assembly, as a whole process and warm.

The same questions are put to the tables of comma-separated values and to a table of DuckDB's own:
``call`` and ``ballot`` are views of the former, and tables in the latter. Its own table is made
from the journal and has the columns that our answers print. It is typed, its states and votes are
numbers to it, and it lies in the order of days: the best case for it.
"""

from __future__ import annotations

from negotrack.exchange.readers.assembly import LAST_WITHOUT_DAYS, MOST_OF_NO_DAY

CALLS = f"""
SELECT rcid, session, short,
    CASE WHEN dayless THEN last_day(date) ELSE date END AS day,
    left(date::VARCHAR, CASE WHEN dayless THEN 7 ELSE 10 END) AS "on"
FROM (
    SELECT *, session <= {LAST_WITHOUT_DAYS} AND day(date) <= {MOST_OF_NO_DAY} AS dayless
    FROM read_csv('{{calls}}', header = true, quote = '"', escape = '"', columns = {{{{
        'rcid': 'INTEGER', 'session': 'INTEGER', 'importantvote': 'INTEGER', 'date': 'DATE',
        'unres': 'VARCHAR', 'amend': 'INTEGER', 'para': 'INTEGER', 'short': 'VARCHAR',
        'descr': 'VARCHAR'
    }}}})
)
"""
"""The roll calls of a file. A date without a day counts from the last of its month, as with us."""

BALLOTS = """
SELECT rcid, session, day, "on", country AS state, vote
FROM read_csv('{votes}', header = true, columns = {{
    'rcid': 'INTEGER', 'country': 'VARCHAR', 'country_code': 'VARCHAR', 'vote': 'VARCHAR'
}}) JOIN call USING (rcid)
"""
"""The votes of a file, each with its day."""

VIEWS = f"CREATE VIEW call AS {CALLS}; CREATE VIEW ballot AS {BALLOTS};"

TABLES = """
CREATE TEMP TABLE entry AS SELECT *, CASE
        WHEN length("on") = 7 THEN last_day(("on" || '-01')::DATE) ELSE "on"::DATE
    END AS day
FROM read_json('{journal}', format = 'newline_delimited', columns = {{
    'id': 'VARCHAR', 'type': 'VARCHAR', 'on': 'VARCHAR', 'session': 'VARCHAR', 'by': 'VARCHAR',
    'target': 'VARCHAR', 'vote': 'VARCHAR', 'motion': 'VARCHAR', 'title': 'VARCHAR',
    'note': 'VARCHAR', 'recorded_at': 'VARCHAR', 'recorded_by': 'VARCHAR'
}});
CREATE TYPE state AS ENUM (SELECT DISTINCT "by" FROM entry WHERE vote IS NOT NULL ORDER BY 1);
CREATE TYPE answer AS ENUM (SELECT DISTINCT vote FROM entry WHERE vote IS NOT NULL ORDER BY 1);
CREATE TABLE call AS
    SELECT motion[4:]::INTEGER AS rcid, session[4:]::INTEGER AS session, title AS short, day, "on",
        id, type, note, recorded_at, recorded_by
    FROM entry WHERE motion IS NOT NULL;
CREATE TABLE ballot AS
    SELECT target[4:]::INTEGER AS rcid, session[4:]::INTEGER AS session, day, "on",
        "by"::state AS state, vote::answer AS vote, id, type, recorded_at, recorded_by
    FROM entry WHERE vote IS NOT NULL ORDER BY day, rcid, state;
CHECKPOINT;
"""
"""A table of DuckDB's own, with the states by their codes."""

POSITIONS = """
SELECT 'rc-' || rcid AS target, "on",
    CASE vote WHEN 'yes' THEN 'support' WHEN 'no' THEN 'oppose' ELSE 'reserve' END AS stance{more}
FROM ballot WHERE state = '{who}' AND day <= '{as_of}' ORDER BY target
"""

VOTES = "SELECT state, vote{more} FROM ballot WHERE rcid = {call} ORDER BY state"

TALLY = """
SELECT count_if(vote = 'yes') AS yes, count_if(vote = 'no') AS no,
    count_if(vote = 'abstain') AS abstain,
    (SELECT count(DISTINCT state) FROM ballot WHERE session = {session}) - count(*) AS undeclared
FROM ballot WHERE rcid = {call}
"""
"""How a room stands; who is in it is known from the other roll calls of the session."""

FIGURES = """
SELECT 'rc-' || rcid AS target, min(day) AS first, max(day) AS last,
    count_if(vote = 'yes'), count_if(vote = 'no'), count_if(vote = 'abstain')
FROM ballot GROUP BY rcid ORDER BY last, target
"""

MORE = ", state, session, 'vote' AS via, 'reported' AS confidence, id"
"""What our answers print beside, where the table has it."""

TIMELINE = """
SELECT "on", day, NULL AS state, 'rc-' || rcid AS target, short AS said{more}{note}
FROM call WHERE session = {session}
UNION ALL
SELECT "on", day, state::VARCHAR, 'rc-' || rcid, 'voted ' || vote{more}{no_note}
FROM ballot WHERE session = {session} ORDER BY day, state
"""

MORE_OF_A_LINE = ", session, type, 'reported' AS confidence, id, recorded_at, recorded_by"

AGREEMENTS = """
WITH said AS (
    SELECT rcid, state, CASE vote WHEN 'yes' THEN 2 WHEN 'abstain' THEN 1 ELSE 0 END::TINYINT AS v
    FROM ballot WHERE day BETWEEN '{since}' AND '{as_of}'
), pair AS (
    SELECT one.state AS one, other.state AS other, count(*) AS shared,
        sum(abs(one.v - other.v)) AS apart,
        count_if(one.v = 2) AS yes, count_if(one.v = 0) AS no,
        count_if(other.v = 2) AS their_yes, count_if(other.v = 0) AS their_no
    FROM said one JOIN said other USING (rcid) WHERE one.state < other.state
    GROUP BY one.state, other.state
), chance AS (
    SELECT one, other, shared, 1 - apart / (2 * shared) AS agreement,
        (shared * shared + yes * their_yes + no * their_no
            + (shared - yes - no) * (shared - their_yes - their_no)
            - yes * their_no - no * their_yes) / (2 * shared * shared) AS by_chance
    FROM pair
)
SELECT one, other, agreement,
    CASE WHEN by_chance < 1 THEN (agreement - by_chance) / (1 - by_chance) END AS kappa, shared
FROM chance ORDER BY agreement DESC, shared DESC, one, other
"""
"""Agreement and kappa of all pairs, in whole numbers up to the last division, as with us."""

ON_TABLE = """
import csv, sys
import duckdb
db = duckdb.connect(sys.argv[1], read_only=True)
rows = db.execute(sys.argv[2])
out = csv.writer(sys.stdout, lineterminator="\\n")
out.writerow(column[0] for column in rows.description)
out.writerows(rows.fetchall())
"""
"""Ask a table of DuckDB's own: its file, the query."""

ON_FILES = """
import csv, sys
import duckdb
db = duckdb.connect()
db.execute(sys.argv[1])
rows = db.execute(sys.argv[2])
out = csv.writer(sys.stdout, lineterminator="\\n")
out.writerow(column[0] for column in rows.description)
out.writerows(rows.fetchall())
"""
"""Ask files: the views of them, the query."""
