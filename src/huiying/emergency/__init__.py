"""Plans and their versions, incidents, orders, situation reports."""
