"""What leaves a meeting: one model of it, made for one reader, and every form it is written in."""
