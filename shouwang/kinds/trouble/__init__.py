"""烦心事: something small that bothers somebody, or something bigger that several bodies act on together."""
