"""Facts, notices, corrections, information duties."""
