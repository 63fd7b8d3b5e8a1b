"""车主联系: a vehicle stands open or in the way; its owner is told, and nobody learns who he is."""
