"""Words every other app uses: problems, ids, time, who acts. No tables."""
