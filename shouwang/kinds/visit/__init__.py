"""走访: somebody goes and sees, because a person asked for it or because it is due."""
