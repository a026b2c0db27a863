"""Pages of those who look after the duties: the unit for its head, supervision, follow-ups of low ratings."""
