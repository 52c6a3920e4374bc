"""The auditor's reading of one monitoring: the timeline in words, its exports, the live check."""
