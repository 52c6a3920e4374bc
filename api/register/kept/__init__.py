"""Registers as files on a schedule: composed for an account, made once for a moment, kept to be fetched."""
