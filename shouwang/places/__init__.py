"""The ground: areas with dated boundaries, addresses, sites, the road graph, the base map. Rows and pure geometry, no acts."""
