"""Documents: one reader per format, one model for all, and exact places. Nothing here knows of money."""
