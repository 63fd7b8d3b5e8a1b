"""The load of `bench.loop`: a town of its own, units, desks, phones, readers, and what is written down of them."""
