"""The guide beside the official site: ordinary steps, which ask no backend for anything."""
