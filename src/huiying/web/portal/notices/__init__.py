"""Published notices and their feed."""
