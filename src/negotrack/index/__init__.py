"""The read side: a file of typed, indexed columns that answers questions; made anew at will."""
