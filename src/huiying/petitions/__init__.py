"""One person's matter from arrival to answer."""
