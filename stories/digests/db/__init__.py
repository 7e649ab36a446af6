"""What differs per engine."""
