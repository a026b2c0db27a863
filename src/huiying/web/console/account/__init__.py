"""Sign in, sign out, change the passphrase."""
