"""Filing in four short steps, and the receipt."""
