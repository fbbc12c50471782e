"""Texts that are hard to write down in a draft and to read again."""

from __future__ import annotations

from hypothesis import strategies as st

from strategies import texts

without_cr = texts().filter(lambda text: "\r" not in text)

odd = without_cr | st.text("\\# \t\n()newx[-*&<>", min_size=1, max_size=30)
