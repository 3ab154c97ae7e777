"""What each command of the command line does. Every function returns the exit code."""
