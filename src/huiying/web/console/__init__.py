"""The staff door: reception, petitions, causes, warnings, incidents, notices, evaluations, ledger."""
