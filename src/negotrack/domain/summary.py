"""What an entry says, in one line of plain words, for tables and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain import entries as e

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.entries import Entry

_SHORT_ID = 10


def summary(entry: Entry) -> str:
    """Return one line about an entry; it does not repeat who acted, nor on what target."""
    return " ".join(_WORDS[type(entry)](entry).split())


def source(entry: Entry) -> str:
    """Return where an entry comes from in a word: the host of its first source, or its title.

    An entry without a source says how well it is known.
    """
    if not entry.sources:
        return entry.confidence
    first, *others = entry.sources
    address = first.address or ""
    host = address.partition("://")[2].partition("/")[0].removeprefix("www.")
    more = f" +{len(others)}" if others else ""
    return (host or first.publisher or first.title or address) + more


def _join(*parts: str | None, by: str = "; ") -> str:
    said = [part for part in parts if part]
    return by.join([part.rstrip(".") for part in said[:-1]] + said[-1:])


def _after(word: str, text: str | None) -> str:
    return f"{word} {text}" if text else ""


def _quoted(words: str | None) -> str:
    return f"“{words}”" if words else ""


def _session(s: e.SessionScheduled) -> str:
    return f"{s.title}: {s.city}, {s.days}"


def _rescheduling(s: e.SessionRescheduled) -> str:
    moved = _join(_after("to", s.days), _after("in", s.city), by=" ")
    return _join(f"session {s.session} rescheduled {moved}".rstrip(), s.reason, by=": ")


def _delegation(d: e.DelegationRegistered) -> str:
    return f"{d.delegation} is {d.name} ({d.kind})"


def _signature(s: e.DocumentSigned) -> str:
    return f"{s.count} had signed {s.document}" if s.count is not None else f"signed {s.document}"


def _issue(i: e.IssueRaised) -> str:
    return _join(f"issue {i.issue}: {i.title}", _after("options", ", ".join(i.options)))


def _sponsors(names: tuple[str, ...]) -> str:
    return _after("with", ", ".join(names))


def _proposal(p: e.ProposalTabled) -> str:
    return _join(f"tabled {p.proposal}: {p.title}", _sponsors(p.sponsors))


def _cosponsorship(c: e.ProposalCosponsored) -> str:
    return "became co-sponsor" if c.count is None else f"{c.count} co-sponsors"


def _change(a: e.AmendmentMoved | e.AmendmentRevised) -> str:
    action = "" if a.action in (None, "described") else str(a.action)
    return _join(action, _quoted(a.words), _after("by" if a.words else "", _quoted(a.text)), by=" ")


def _amendment(a: e.AmendmentMoved) -> str:
    return _join(f"moved {a.amendment}: {a.title}", _change(a), _sponsors(a.sponsors))


def _revision(r: e.AmendmentRevised | e.ProposalRevised) -> str:
    change = _change(r) if isinstance(r, e.AmendmentRevised) else ""
    return _join("revised", _join(r.title, change, r.reason), by=": ")


def _stance(s: e.StanceTaken) -> str:
    stance = "takes its stance back" if s.stance == "none" else s.stance
    aligned = _after("aligned with", s.aligned_with)
    return _join(_join(stance, s.option, by=" "), _after("if", s.condition), s.reason, aligned)


def _statement(s: e.StatementMade) -> str:
    return _join(s.says, _after("aligned with", s.aligned_with))


def _decision(d: e.DecisionTaken) -> str:
    outcome = _join(d.outcome.replace("-", " "), _after("into", d.into), by=" ")
    method = {"consensus": "by consensus", "without-vote": "without a vote", "vote": "by vote"}
    how = method.get(d.method or "", "")
    if d.figures is not None:
        f = d.figures
        counts = (f.yes, f.no) if f.abstain is None else (f.yes, f.no, f.abstain)
        how += " " + "-".join(map(str, counts))
    return _join(_join(outcome, how, by=" "), d.says, by=": ")


_WORDS: dict[type[Entry], Callable[..., str]] = {
    e.NegotiationOpened: lambda n: f"{n.title}: negotiation opened",
    e.SessionScheduled: _session,
    e.SessionRescheduled: _rescheduling,
    e.DelegationRegistered: _delegation,
    e.GroupJoined: lambda g: f"joined {g.group}",
    e.GroupLeft: lambda g: f"left {g.group}",
    e.DocumentIssued: lambda d: _join(f"issued {d.symbol or d.document}", d.title, by=": "),
    e.DocumentSigned: _signature,
    e.IssueRaised: _issue,
    e.ProvisionRegistered: lambda p: _join(f"provision {p.provision}", p.title, by=": "),
    e.ProposalTabled: _proposal,
    e.ProposalCosponsored: _cosponsorship,
    e.ProposalRevised: _revision,
    e.ProposalWithdrawn: lambda p: _join("withdrawn", p.reason, by=": "),
    e.AmendmentMoved: _amendment,
    e.AmendmentRevised: _revision,
    e.AmendmentWithdrawn: lambda a: _join("withdrawn", a.reason, by=": "),
    e.StanceTaken: _stance,
    e.StatementMade: _statement,
    e.VoteCast: lambda v: f"voted {v.vote.replace('-', ' ')}",
    e.DecisionTaken: _decision,
    e.DeadlineSet: lambda d: f"deadline {d.due}: {d.title}",
    e.EntryCorrected: lambda c: (
        f"corrects {c.entry[:_SHORT_ID]}: {', '.join(sorted(c.set))}; {c.reason}"
    ),
    e.EntryRetracted: lambda r: f"retracts {r.entry[:_SHORT_ID]}; {r.reason}",
}
