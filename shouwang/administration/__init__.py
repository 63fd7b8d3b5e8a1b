"""The three administrators' pages: from an empty town to one that can work tonight."""
