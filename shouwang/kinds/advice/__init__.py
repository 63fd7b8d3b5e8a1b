"""建议与告知: a slip of advice left with somebody, or a briefing of whoever runs a place."""
