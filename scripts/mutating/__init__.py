"""The parts of ``scripts/mutate.py``: which mutants there are, which tests try them, and where."""
