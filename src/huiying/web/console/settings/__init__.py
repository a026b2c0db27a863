"""The system administrator's settings: working days, categories, reception places, numbering, accounts."""
