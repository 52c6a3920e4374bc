"""Two stores that a restore has set apart: found, told apart, and brought together by an operator's order."""
