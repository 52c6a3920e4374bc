"""What goes wrong in a drill: one kind of bad day in each file, how it begins and how it ends."""
