"""Answers as rows, marks and groups, before any format: for a page as for a terminal."""
