"""The docking station of an office says which files came off its recorders; the files stay where they are."""
