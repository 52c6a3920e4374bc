"""Two stores set apart and brought together again."""
