"""情报信息: what is learnt about places, hours and methods, assessed, acted on by a directive, and assessed again."""
