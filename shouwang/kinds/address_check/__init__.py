"""地址核查: words that no standard address fits; somebody looks on the spot."""
