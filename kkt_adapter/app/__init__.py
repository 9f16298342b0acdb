"""The adapter that runs beside a till."""

__version__ = "0.1.0"
