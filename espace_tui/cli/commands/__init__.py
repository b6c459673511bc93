"""The commands that anybody uses, a module each."""
