"""Making a bundle: everything about one proceeding in one signed file."""
