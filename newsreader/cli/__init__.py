"""The command line: the same library as the screen, printed."""
