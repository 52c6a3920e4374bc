"""Making a bundle: everything about one monitoring in one signed file."""
