"""The assistant, its screens and the `troly` command."""
