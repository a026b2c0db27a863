"""The body's own figures for everyone."""
