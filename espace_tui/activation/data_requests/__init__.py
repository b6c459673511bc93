"""A person's rights over their data, exercised by an operator: access, erasure, closing, the trail.

Each act names its operator and its reason in the audit trail.
"""
