"""Load: several tills at once, hours of trade compressed into seconds, driven by locust."""
