"""Training: yearly plan, materials, quizzes and contests (培训)."""
