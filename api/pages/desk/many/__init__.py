"""One thing done to several monitorings that were ticked in their list: each row is a command of its own."""
