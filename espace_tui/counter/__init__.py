"""The counter: a helper serves many people a day on one computer, and nothing of them stays.

`loop` is the parent, a process that knows nothing; `visit` how a visit ended, `tally` the counts of
a month, `cleaning` the terminal between two people, `computer` what is unsafe about a computer.
`handouts` are the sheets that people take home. The visit itself is an itinerary of the wizard.
"""
