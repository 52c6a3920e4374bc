"""The forms that lead a monitoring on, from its first day of conduct to the end of what is awaited."""
