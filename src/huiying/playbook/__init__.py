"""Pure: plan document, findings, executable steps.

A plan is read (`yaml_form.read`), checked (`checker.check`), compiled for one level and one kind of incident
(`compiler.compile_plan`) and followed (`stepper.advance`). Nothing here knows a clock, a
database or a framework.
"""
