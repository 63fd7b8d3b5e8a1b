// Whoever sees this page has signed off, or is locked out: what a desk kept here of the last board goes.

indexedDB.deleteDatabase("shouwang-desk-board");
