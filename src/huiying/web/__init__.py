"""The doors: portal (public), console (staff), api (machines), shared (templates, components, static)."""
