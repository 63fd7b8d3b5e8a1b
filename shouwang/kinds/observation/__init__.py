"""情况报告: what was seen on a round about a place or conduct, screened by somebody else within a day."""
