"""The room of the invented year: forces, people and their habits, lived through the real product with a moved clock."""
