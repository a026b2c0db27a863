"""The door for machines. Empty until the interfaces are opened."""
