"""What a reader finds in plans other people wrote, against what was marked by hand: `python -m bench.plan_reader`."""
