"""Pages of looking back, under /desk/lookback/."""
