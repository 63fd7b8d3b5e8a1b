"""公示牌更新: a board that hangs says what is no longer so; a new one is printed and posted."""
