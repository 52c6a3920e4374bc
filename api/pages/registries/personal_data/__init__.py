"""Personal data under control, for administrators and whoever oversees: who reaches it, who read it."""
