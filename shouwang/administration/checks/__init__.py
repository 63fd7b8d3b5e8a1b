"""One module for each part of the check list: it looks and says, and changes nothing."""
