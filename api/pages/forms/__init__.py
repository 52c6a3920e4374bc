"""The forms behind links, one module each."""
