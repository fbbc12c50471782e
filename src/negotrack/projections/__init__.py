"""Projections: one question per file, each a pure function of rows that says what it rests on."""
