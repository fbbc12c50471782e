"""The algebra of words: what two texts have in common, and what one does to the other."""
