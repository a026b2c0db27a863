"""Calls in the console: answering, calling a post out, one's own ways, tests of how posts are reached."""
