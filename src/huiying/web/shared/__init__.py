"""What both doors share: look, components, errors, limits, translation."""
