"""Pure: plan document, findings, executable steps."""
