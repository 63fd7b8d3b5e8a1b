"""The pages of patrols, under /desk/patrols/."""
