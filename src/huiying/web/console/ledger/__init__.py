"""The auditor's pages and the body's figures."""
