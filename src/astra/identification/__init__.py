"""What was said, what it may mean, what the body decided, what the person chose: three facts, never one."""
