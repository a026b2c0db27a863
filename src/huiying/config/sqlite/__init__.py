"""The embedded database's engine, named in settings: Django's own, with one queue for all who write."""
