"""The consolidated register for its readers: read, put into words, exported, printed."""
