"""Looking back: replays, who was where, planned beside actual, and what does not fit together."""
