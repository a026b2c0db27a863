"""Publishing: what the public is told, by two persons, corrected in the open."""
