"""The journal: every act is one entry, sealed into a tree that anybody can check."""
