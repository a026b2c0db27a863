"""What many petitions share: causes and early warnings."""
