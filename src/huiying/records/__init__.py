"""What is kept safe for every room above: ledger, vault, outbox, jobs, search, clock."""
