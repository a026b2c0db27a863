"""What the public is told: facts, notices, corrections, feeds, open figures."""
