"""What several offices do about one thing: linkage with branches, tasks in common, inspection, taking over."""
