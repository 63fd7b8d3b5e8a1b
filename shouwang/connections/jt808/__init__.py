"""Vehicle and hand-held terminals that speak JT/T 808 (2011, 2013, 2019) over TCP."""
