"""A port for the gateway of a 350 MHz police trunking network (PDT, TETRA): talk groups, terminals, short data."""
