"""Maps from OpenStreetMap: a file read into a `places.ground.Ground`."""
