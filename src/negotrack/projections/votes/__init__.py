"""How the room votes, and what the rules make of it; they lean on positions."""
