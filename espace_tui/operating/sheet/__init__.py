"""How a file of people is written: lines, encoding, titles, cells, and what deserves a doubt."""
