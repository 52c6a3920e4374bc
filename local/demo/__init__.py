"""The demo: four monitorings played from outside, over HTTP and through the links in letters."""
