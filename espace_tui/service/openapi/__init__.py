"""The published contract: the OpenAPI document, its links and examples."""
