"""Checkpoints of the matrix: all stances at the end of a day, and the answers from there."""
