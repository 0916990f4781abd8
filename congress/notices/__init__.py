"""Letters by verb, the inbox and its delivery (通知)."""
