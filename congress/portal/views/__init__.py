"""The pages that everybody reads, and the office's check before."""
