"""My day: what is due, overdue, new, waiting."""
