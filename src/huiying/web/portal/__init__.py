"""The public door: file, follow, read the answer, rate, see what was published."""
