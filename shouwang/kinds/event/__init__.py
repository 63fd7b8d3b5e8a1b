"""Events and exams kept safe: the plan with its posts, who approved it, who stood where, and what was learnt."""
