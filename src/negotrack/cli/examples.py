"""What each kind of entry is for, in a line, and an example that can be pasted."""

from __future__ import annotations

HELP = {
    "negotiation": "A negotiation opens.",
    "session": "A session is scheduled.",
    "rescheduling": "A session is moved.",
    "delegation": "A state, group, observer or office is registered.",
    "joining": "A delegation joins a group.",
    "leaving": "A delegation leaves a group.",
    "document": "A document is issued.",
    "signature": "A document is signed.",
    "issue": "An open question is raised.",
    "provision": "A piece of the text becomes addressable.",
    "wording": "A document gives a provision its words.",
    "bracket": "Words are put in square brackets.",
    "bracket-lifting": "Brackets are taken away.",
    "proposal": "A proposal is tabled.",
    "cosponsorship": "A proposal gains a co-sponsor.",
    "proposal-revision": "A proposal is revised.",
    "proposal-withdrawal": "A proposal is withdrawn.",
    "amendment": "An amendment is moved.",
    "amendment-revision": "An amendment is revised.",
    "amendment-withdrawal": "An amendment is withdrawn.",
    "stance": "A delegation says where it stands.",
    "statement": "A delegation says something that is no stance.",
    "rule": "A rule of decision is laid down.",
    "motion": "A question is put to the vote.",
    "vote": "A delegation votes.",
    "vote-explanation": "A delegation explains its vote.",
    "vote-intention": "A delegation says how it had intended to vote.",
    "decision": "The fate of a target is decided.",
    "deadline": "A deadline is set.",
    "correction": "Fields of an earlier entry are replaced.",
    "retraction": "An earlier entry is withdrawn.",
}

EXAMPLES = {
    "negotiation": 'demo --title "A demonstration treaty" --on 2023-01-09',
    "session": 's-1 --title "First session" --city Vienna --days 2023-01-16/2023-01-20',
    "rescheduling": "--session s-1 --days 2023-01-17/2023-01-20 --on 2023-01-10",
    "delegation": "KEN",
    "joining": "--by AUT --group EU --on 1995-01-01",
    "leaving": "--by GBR --group EU --on 2020-01-31",
    "document": 'draft-1 --title "First draft" --symbol A/AC.1/1 --on 2023-01-12',
    "signature": "--document draft-1 --by KEN --on 2023-06-01",
    "issue": 'scope --title "How broad?" --option broad --option limited --on 2023-01-16',
    "provision": 'art-6/2 --title "Safeguards"',
    "wording": (
        '--document draft-1 --target art-6/2 --text "Nothing permits suppression of rights."'
        " --place 7 --on 2023-01-12"
    ),
    "bracket": '--target art-6/2 --words "of rights" --by EGY --on 2023-01-17',
    "bracket-lifting": '--target art-6/2 --words "of rights" --on 2023-01-20',
    "proposal": 'false-news --title "An offence of false news" --by CHN --on 2023-01-16',
    "cosponsorship": "--target false-news --by RUS --on 2023-01-17",
    "proposal-revision": '--target false-news --by CHN --reason "Narrower" --on 2023-01-18',
    "proposal-withdrawal": "--target false-news --by CHN --on 2023-01-19",
    "amendment": (
        'no-list --target art-6/2 --action delete --title "No list" --by EGY --on 2023-01-17'
    ),
    "amendment-revision": '--target no-list --by EGY --text "duties" --on 2023-01-18',
    "amendment-withdrawal": "--target no-list --by EGY --on 2023-01-19",
    "stance": "--by KEN --target scope --stance support --option limited --on 2023-01-17",
    "statement": '--by KEN --says "Needs more time for this" --on 2023-01-18',
    "rule": "majority --requires simple-majority --matters procedure --quorum 1/3 --on 2023-01-16",
    "motion": (
        'no-6-2 --title "Delete paragraph 2" --question deletion --target art-6/2'
        " --by EGY --on 2023-01-19"
    ),
    "vote": "--by KEN --target no-list --vote no --on 2023-01-19",
    "vote-explanation": (
        '--by KEN --target no-list --says "The list protects those who report" --on 2023-01-19'
    ),
    "vote-intention": "--by KEN --target no-list --vote abstain --on 2023-01-19",
    "decision": (
        "--target no-list --outcome rejected --method vote --figures 23-102-26 --on 2023-01-19"
    ),
    "deadline": '--due 2023-02-10 --title "Written proposals" --on 2023-01-20',
    "correction": '4f2c91 --set stance=reserve --reason "Misheard"',
    "retraction": '4f2c91 --reason "Logged twice"',
}
