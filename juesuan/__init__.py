"""juesuan 决算: read, check, compile and use the final accounts of Chinese government units."""

__version__ = "0.1.0"
