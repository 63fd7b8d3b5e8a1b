"""One module per command of `bin/shouwang`; see command_line.py."""
