"""The calls: one module per part of the port, one function per call, which only translates."""
