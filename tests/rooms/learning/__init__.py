"""Learning: what was promised, what happened, and what changes because of it."""
