"""How answers look: tables, JSON, JSON Lines, CSV, Markdown, HTML. Knows no question."""
