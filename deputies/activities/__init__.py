"""Activities: held, attended, written up; what a deputy did there is recorded by its organiser (活动)."""
