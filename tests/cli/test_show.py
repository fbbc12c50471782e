from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

import pytest

from conftest import records

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Say = Callable[..., Result]
    Chain = dict[str, str]

STANCE = "log stance --by KEN --target scope --stance reserve --on 2023-02-01"


@pytest.fixture
def say(demo: Path, run: Callable[..., Result]) -> Say:
    """Return what runs a command in the furnished workspace."""
    return lambda words: run(*shlex.split(words), at=demo, columns=120)


@pytest.fixture
def given(say: Say) -> Callable[[str], str]:
    """Return what logs an entry that must be let in, and returns its id."""

    def logger(words: str) -> str:
        result = say(f"{words} --json")
        assert (result.code, result.err) == (0, "")
        return str(json.loads(result.out)["entry"])

    return logger


@pytest.fixture
def facts(say: Say) -> Callable[[str], dict[str, Any]]:
    """Return what asks for an entry as tools get it."""

    def asker(words: str) -> dict[str, Any]:
        rows = records(say(f"show {words} --format json").out)
        return {fact["field"]: fact["value"] for fact in rows}

    return asker


@pytest.fixture
def chain(given: Callable[[str], str]) -> Chain:
    """Return the ids of a stance, two corrections, the retraction of one, and its correction."""
    stance = given(STANCE)
    first = given(f"correct {stance} --set stance=oppose --set option=broad --reason Misheard")
    second = given(f"correct {stance} --set stance=block --reason 'Heard again'")
    third = given(f"retract {first} --reason 'Heard well'")
    fourth = given(f"correct {third} --set reason='Never said' --reason Typo")
    return {"stance": stance, "first": first, "second": second, "third": third, "fourth": fourth}


def test_an_entry_without_errata_is_as_logged(
    given: Callable[[str], str], facts: Callable[[str], dict[str, Any]]
) -> None:
    """Nothing is said of errata, nor how it counts now, where nothing was said about it."""
    shown = facts(given(STANCE))
    assert shown["state"] == "as logged"
    assert set() == {"errata", "now"} & shown.keys()


def test_the_chain_is_nested_for_tools(
    chain: Chain, facts: Callable[[str], dict[str, Any]]
) -> None:
    """Each erratum has those about it in its own list, in the order in which they came."""
    shown = facts(chain["stance"][:8])
    first, second = shown["errata"]
    assert (first["id"], second["id"]) == (chain["first"], chain["second"])
    (third,) = first["errata"]
    (fourth,) = third["errata"]
    assert (third["id"], fourth["id"]) == (chain["third"], chain["fourth"])
    assert [] == second["errata"] == fourth["errata"]
    counting = [e["counts"] for e in (first, second, third, fourth)]
    assert counting == [False, True, True, True]


def test_an_erratum_says_what_it_set(chain: Chain, facts: Callable[[str], dict[str, Any]]) -> None:
    """Each field has the value that counted when the correction was recorded, and the new one."""
    first, second = facts(chain["stance"])["errata"]
    assert first["changes"] == {
        "option": {"before": None, "now": "broad"},
        "stance": {"before": "reserve", "now": "oppose"},
    }
    assert second["changes"] == {"stance": {"before": "oppose", "now": "block"}}
    assert "changes" not in first["errata"][0]
    (fourth,) = first["errata"][0]["errata"]
    assert fourth["changes"] == {"reason": {"before": "Heard well", "now": "Never said"}}
    assert (second["reason"], second["recorded_by"]) == ("Heard again", "tester")
    assert first["recorded_at"] < second["recorded_at"]


def test_the_entry_is_shown_as_logged_and_as_it_counts(
    chain: Chain, facts: Callable[[str], dict[str, Any]]
) -> None:
    """The fields are those of the line; ``now`` has those that count, without the stamp."""
    shown = facts(chain["stance"])
    assert (shown["stance"], shown["state"]) == ("reserve", "corrected")
    assert shown["now"] == {
        "by": "KEN",
        "confidence": "reported",
        "on": "2023-02-01",
        "stance": "block",
        "target": "scope",
    }


def test_a_retracted_entry_counts_no_more(
    given: Callable[[str], str], facts: Callable[[str], dict[str, Any]]
) -> None:
    """What is retracted is nothing now."""
    stance = given(STANCE)
    given(f"retract {stance} --reason x")
    shown = facts(stance)
    assert (shown["state"], shown["now"]) == ("retracted", None)
    assert shown["errata"][0]["type"] == "entry.retracted/1"


def test_an_erratum_shows_what_it_is_about(
    chain: Chain, facts: Callable[[str], dict[str, Any]]
) -> None:
    """Asked for by its own id, an erratum names its entry, what it changed, and its own errata."""
    shown = facts(chain["first"])
    assert shown["about"] == {"entry": chain["stance"], "says": "KEN on scope: reserve"}
    assert shown["changes"]["stance"] == {"before": "reserve", "now": "oppose"}
    assert (shown["state"], len(shown["errata"])) == ("retracted", 1)
    assert facts(chain["third"])["about"]["says"].startswith(f"corrects {chain['stance'][:10]}")


def test_people_read_the_chain_line_by_line(chain: Chain, say: Say) -> None:
    """Errata of errata stand below what they are about, marked by how deep they are."""
    out = say(f"show {chain['stance']} --format markdown").out.replace("\\", "")
    rows = [line.strip("| ").split(" | ") for line in out.splitlines() if "(2" in line]
    ids = {name: i[:10] for name, i in chain.items()}
    fields = " option: nothing -> broad; stance: reserve -> oppose"
    assert [(label, text.partition(" (2")[0]) for label, text in rows] == [
        (
            f"correction {ids['first'][:8]}",
            f"{ids['first']} corrects {ids['stance']};{fields}; Misheard",
        ),
        (
            f"> retraction {ids['third'][:8]}",
            f"{ids['third']} retracts {ids['first']}; Heard well",
        ),
        (
            f"> > correction {ids['fourth'][:8]}",
            f"{ids['fourth']} corrects {ids['third']}; reason: Heard well -> Never said; Typo",
        ),
        (
            f"correction {ids['second'][:8]}",
            f"{ids['second']} corrects {ids['stance']}; stance: oppose -> block; Heard again",
        ),
    ]
    assert rows[0][1].endswith(", tester); does not count any more")
    assert rows[1][1].endswith(", tester)")
    assert "| now | " in out


@pytest.mark.parametrize("columns", [20, 40, 80, 120])
def test_the_chain_fits_the_terminal(
    chain: Chain, demo: Path, run: Callable[..., Result], columns: int
) -> None:
    """No line is longer than the terminal is wide, but for the id, which is not broken."""
    lines = run("show", chain["stance"], at=demo, columns=columns).out.splitlines()
    assert [line for line in lines if len(line) > max(columns, 80)] == []


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "markdown", "html"])
def test_every_form_names_every_erratum(chain: Chain, say: Say, form: str) -> None:
    """Nothing of the chain is left out, whatever the format."""
    result = say(f"show {chain['stance']} --format {form}")
    assert (result.code, result.err) == (0, "")
    missing = [name for name, i in chain.items() if i[:8] not in result.out]
    assert missing == []


# -- names ----------------------------------------------------------------------------------------


@pytest.fixture
def club(given: Callable[[str], str]) -> None:
    """Austria and Kenya belong to the EU, which opposes ``scope``; Kenya does not."""
    given("log joining --by AUT --group EU --on 1995-01-01")
    given("log joining --by KEN --group EU --on 2004-05-01")
    given("log stance --by EU --target scope --stance oppose --on 2023-01-16")
    given("log stance --by KEN --target scope --stance support --on 2023-01-17")


@pytest.mark.usefixtures("club")
def test_members_stand_with_their_group_on_one_line(facts: Callable[[str], dict[str, Any]]) -> None:
    """A target shows a group with the number of members that stand where it does."""
    shown = facts("scope")
    assert shown["EU"].startswith("oppose since 2023-01-16 (")
    assert shown["EU"].endswith("), and 1 of its 2 members")
    assert shown["KEN"].startswith("support since 2023-01-17")
    assert "AUT" not in shown


@pytest.mark.usefixtures("club")
def test_all_members_stand_with_their_group(facts: Callable[[str], dict[str, Any]]) -> None:
    """Where nobody spoke for itself, all members stand with the group."""
    assert facts("scope --as-of 2023-01-16")["EU"].endswith("and all its 2 members")


@pytest.mark.usefixtures("club")
def test_one_member_is_shown_where_it_is_asked_for(facts: Callable[[str], dict[str, Any]]) -> None:
    """Asked for one delegation, its position is shown with the group that it has it through."""
    shown = facts("scope --by AUT")
    assert shown["AUT"].startswith("oppose through EU since 2023-01-16")
    assert "EU" not in shown


@pytest.mark.usefixtures("club")
def test_a_group_shows_its_members(facts: Callable[[str], dict[str, Any]]) -> None:
    """The members of the day are listed by the day since which they belong to the group."""
    shown = facts("EU")
    assert shown["members"] == 2
    assert (shown["since 1995-01-01"], shown["since 2004-05-01"]) == ("AUT", "KEN")
    assert facts("EU --as-of 2000-01-01")["members"] == 1


@pytest.mark.usefixtures("club")
def test_a_delegation_shows_its_groups(
    given: Callable[[str], str], facts: Callable[[str], dict[str, Any]]
) -> None:
    """The groups of the day are named, and what the delegation has through them."""
    given("log leaving --by AUT --group EU --on 2023-02-01")
    shown = facts("AUT --as-of 2023-01-31")
    assert shown["groups"] == "EU since 1995-01-01"
    assert shown["on scope"].startswith("oppose through EU since 2023-01-16")
    assert "groups" not in facts("AUT --as-of 2023-02-02")


@pytest.mark.usefixtures("demo")
def test_accounts_that_differ_are_both_shown(
    given: Callable[[str], str], facts: Callable[[str], dict[str, Any]]
) -> None:
    """Where all accounts are asked for, each of them is told."""
    given(f"{STANCE} --source https://a.org/x")
    given(f"{STANCE.replace('reserve', 'oppose')} --source https://b.org/x")
    words = facts("scope --accounts all")["KEN"]
    assert "reserve since" in words
    assert "; or " in words
    assert "oppose since" in words


@pytest.fixture
def voted(given: Callable[[str], str]) -> None:
    """A motion about ``scope`` was put, voted on and lost; ``scope`` was voted on, too."""
    given("log rule half --requires simple-majority --on 2023-01-01")
    given(
        "log motion no-scope --title 'Delete scope' --question deletion --target scope"
        " --by KEN --rule half --on 2023-01-19"
    )
    for by, vote in (("KEN", "yes"), ("CHN", "no"), ("AUT", "no")):
        given(f"log vote --by {by} --target no-scope --vote {vote} --on 2023-01-19")
    given("log decision --target no-scope --outcome rejected --method vote --on 2023-01-19")
    given("log vote --by CHN --target scope --vote yes --on 2023-01-20")


@pytest.mark.usefixtures("voted")
def test_a_target_shows_its_votes_and_motions(facts: Callable[[str], dict[str, Any]]) -> None:
    """The votes on a target, with who gave them, and the motions about it, with what became."""
    shown = facts("scope")
    assert (shown["votes"], shown["yes"]) == ("1 yes (2023-01-20)", "CHN")
    assert shown["motion no-scope"] == "Delete scope; 1 yes, 2 no; rejected by vote"
    assert "CHN" not in shown


@pytest.mark.usefixtures("voted")
def test_a_motion_is_shown(facts: Callable[[str], dict[str, Any]]) -> None:
    """A motion shows its question, its target and its rule, and how the room voted."""
    shown = facts("no-scope")
    assert (shown["kind"], shown["question"], shown["target"]) == ("motion", "deletion", "scope")
    assert (shown["rule"], shown["by"]) == ("half", "KEN")
    assert (shown["votes"], shown["no"]) == ("1 yes, 2 no (2023-01-19)", "AUT, CHN")


@pytest.mark.usefixtures("voted")
def test_a_rule_is_shown(facts: Callable[[str], dict[str, Any]]) -> None:
    """A rule shows what it requires."""
    assert (facts("half")["kind"], facts("half")["requires"]) == ("rule", "simple-majority")


@pytest.mark.usefixtures("voted")
def test_a_delegation_shows_how_often_it_voted(facts: Callable[[str], dict[str, Any]]) -> None:
    """Votes are counted, not listed."""
    shown = facts("CHN")
    assert shown["votes"] == "1 yes, 1 no"
    assert "on scope" not in shown


@pytest.mark.usefixtures("club", "voted")
@pytest.mark.parametrize("name", ["scope", "EU", "AUT", "no-scope", "half"])
def test_names_fit_the_terminal(demo: Path, run: Callable[..., Result], name: str) -> None:
    """No line about a name is longer than 80 columns."""
    lines = run("show", name, at=demo, columns=80).out.splitlines()
    assert [line for line in lines if len(line) > 80] == []
