"""Importing files of messages from elsewhere: hand in, look at what would come of it, confirm."""
