"""警情: a call for service, from the first ring to the caller's answer."""
