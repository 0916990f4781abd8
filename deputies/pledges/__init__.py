"""What deputies set themselves: yearly plans, pledges, target cards, and whom they keep in touch with (承诺、联系)."""
