"""What a former release left opens under this one: its data, its histories, its letters."""
