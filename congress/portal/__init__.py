"""The public pages: deputies, stations, receptions ahead, published suggestions (公开门户)."""
