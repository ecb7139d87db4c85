"""What is measured, on a real server process over real sockets. No test: times depend on the machine."""
