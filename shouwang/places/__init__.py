"""The ground: dated areas, addresses, sites, the road graph, the base map. Rows and pure geometry, no acts."""
