"""Reports, the board, orders, situation reports."""
