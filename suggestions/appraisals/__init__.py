"""How deputies rate a reply; dissatisfied opens a new round (测评)."""
