"""What an entry says, in one line of plain words, for tables and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotrack.domain.names import ENGLISH
from negotrack.domain.short_ids import in_sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain import entries as e

_SHORT_TEXT = 60


class Fields(dict[str, Any]):
    """The fields of an entry as its JSON says them, read as the typed entry would be.

    So a table is printed without the decoder of typed entries, which costs more to import than the
    table to print.
    """

    def __getattr__(self, name: str) -> Any:
        """Return a field, None where it is absent."""
        value = self.get(name)
        return Fields(value) if type(value) is dict else value


def summary(type_: str, entry: Any) -> str:
    """Return one line about an entry; it does not repeat who acted, nor on what target.

    ``type_`` is its type without the version; the entry is typed, or its :class:`Fields`.
    """
    return " ".join(_WORDS[type_](entry).split())


def source(sources: list[dict[str, str]], confidence: str) -> str:
    """Return where an entry comes from in a word: the host of its first source, or its title.

    An entry without a source says how well it is known.
    """
    if not sources:
        return confidence
    first, *others = sources
    address = first.get("address", "")
    host = address.partition("://")[2].partition("/")[0].removeprefix("www.")
    more = f" +{len(others)}" if others else ""
    return (host or first.get("publisher") or first.get("title") or address) + more


def _join(*parts: str | None, by: str = "; ") -> str:
    texts = [part for part in parts if part]
    return by.join([part.rstrip(".") for part in texts[:-1]] + texts[-1:])


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
    return _join(f"issue {i.issue}: {i.title}", _after("options", ", ".join(i.options or ())))


def _sponsors(names: tuple[str, ...] | None) -> str:
    return _after("with", ", ".join(names or ()))


def _proposal(p: e.ProposalTabled) -> str:
    return _join(f"tabled {p.proposal}: {p.title}", _sponsors(p.sponsors))


def _cosponsorship(c: e.ProposalCosponsored) -> str:
    return "became co-sponsor" if c.count is None else f"{c.count} co-sponsors"


def _change(a: e.AmendmentMoved | e.AmendmentRevised) -> str:
    action = "" if a.action in (None, "described") else str(a.action)
    text = _after("by" if a.words else "", _quoted(a.text))
    return _join(action, _quoted(a.words), text, _after("after", _quoted(a.after)), by=" ")


def _amendment(a: e.AmendmentMoved) -> str:
    place = _after("as", a.provision) or _after("behind", a.behind)
    change = _join(_change(a), place, by=" ")
    return _join(f"moved {a.amendment}: {a.title}", change, _sponsors(a.sponsors))


def _wording(w: e.ProvisionWorded) -> str:
    """Return where a text is, and how it begins: a table has no room for all of it."""
    text = w.text or ""
    begun = text if len(text) <= _SHORT_TEXT else text[:_SHORT_TEXT].rpartition(" ")[0] + " …"
    moved = _after("formerly", w.formerly)
    language = _after("in", w.language if w.language not in (None, ENGLISH) else None)
    worded = _join("worded", language, _after("in", w.document), by=" ")
    return _join(worded, _join(_join(w.title, _quoted(begun), by=" "), moved), by=": ")


def _bracket(b: e.BracketPlaced) -> str:
    beside = _after("beside", f"[{b.text}]" if b.text else None)
    return _join(_join(f"bracketed [{b.words}]", beside, by=" "), b.reason, by=": ")


def _bracket_lifting(b: e.BracketLifted) -> str:
    kept = _after("leaving", _quoted(b.text))
    return _join(_join(f"lifted the brackets around [{b.words}]", kept, by=", "), b.reason, by=": ")


def _proposal_revision(r: e.ProposalRevised) -> str:
    return _join("revised", _join(r.title, r.reason), by=": ")


def _amendment_revision(r: e.AmendmentRevised) -> str:
    return _join("revised", _join(r.title, _change(r), r.reason), by=": ")


def _stance(s: e.StanceTaken) -> str:
    stance = "takes its stance back" if s.stance == "none" else s.stance
    aligned = _after("aligned with", s.aligned_with)
    return _join(_join(stance, s.option, by=" "), _after("if", s.condition), s.reason, aligned)


def _statement(s: e.StatementMade) -> str:
    return _join(s.says, _after("aligned with", s.aligned_with))


def _rule(r: e.RuleSet) -> str:
    needs = [r.share and f"{r.share} in favour", r.count is not None and f"{r.count} in favour"]
    words = [r.requires.replace("-", " "), *(n for n in needs if n)]
    if r.components:
        words.append(f"in each of {', '.join(r.components)}")
    on = "" if (r.matters or "all") == "all" else f"on {r.matters}"
    quorum = _after("quorum", r.quorum)
    return _join(f"rule {r.rule}", _join(r.title, _join(*words, on, quorum, by=", ")), by=": ")


def _motion(m: e.MotionPut) -> str:
    return _join(f"motion {m.motion}", _join(m.title, _quoted(m.words)), by=": ")


def _decision(d: e.DecisionTaken) -> str:
    outcome = _join(d.outcome.replace("-", " "), _after("into", d.into), by=" ")
    how = _METHODS.get(d.method or "", "")
    if d.figures is not None:
        f = d.figures
        counts = (f.yes, f.no) if f.abstain is None else (f.yes, f.no, f.abstain)
        how += " " + "-".join(map(str, counts))
    return _join(_join(outcome, how, by=" "), d.says, by=": ")


_METHODS = {
    "consensus": "by consensus",
    "without-vote": "without a vote",
    "vote": "by vote",
    "recorded-vote": "by recorded vote",
    "roll-call": "by roll call",
    "show-of-hands": "by show of hands",
}

_WORDS: dict[str, Callable[..., str]] = {
    "negotiation.opened": lambda n: f"{n.title}: negotiation opened",
    "session.scheduled": _session,
    "session.rescheduled": _rescheduling,
    "delegation.registered": _delegation,
    "group.joined": lambda g: f"joined {g.group}",
    "group.left": lambda g: f"left {g.group}",
    "document.issued": lambda d: _join(f"issued {d.symbol or d.document}", d.title, by=": "),
    "document.signed": _signature,
    "issue.raised": _issue,
    "provision.registered": lambda p: _join(f"provision {p.provision}", p.title, by=": "),
    "provision.worded": _wording,
    "bracket.placed": _bracket,
    "bracket.lifted": _bracket_lifting,
    "proposal.tabled": _proposal,
    "proposal.cosponsored": _cosponsorship,
    "proposal.revised": _proposal_revision,
    "proposal.withdrawn": lambda p: _join("withdrawn", p.reason, by=": "),
    "amendment.moved": _amendment,
    "amendment.revised": _amendment_revision,
    "amendment.withdrawn": lambda a: _join("withdrawn", a.reason, by=": "),
    "stance.taken": _stance,
    "statement.made": _statement,
    "rule.set": _rule,
    "motion.put": _motion,
    "vote.cast": lambda v: f"voted {v.vote.replace('-', ' ')}",
    "vote.explained": lambda v: f"explained its vote: {v.says}",
    "vote.intended": lambda v: f"had intended to vote {v.vote.replace('-', ' ')}",
    "decision.taken": _decision,
    "deadline.set": lambda d: f"deadline {d.due}: {d.title}",
    "entry.corrected": lambda c: (
        f"corrects {in_sentence(c.entry)}: {', '.join(sorted(c.set))}; {c.reason}"
    ),
    "entry.retracted": lambda r: f"retracts {in_sentence(r.entry)}; {r.reason}",
}
