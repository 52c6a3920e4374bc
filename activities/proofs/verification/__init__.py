"""Checking a bundle without server, database or network: it names the first thing that is wrong."""
