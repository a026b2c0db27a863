"""Reception, list, workbench, import, identity."""
