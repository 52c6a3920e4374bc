"""docker-compose.yml's services as processes of this machine: the same topology from the same file."""
