"""Tables that people fill in: CSV and Excel, in and out."""
