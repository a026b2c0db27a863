"""Pure tables and questions: lifecycles, deadlines, levels, permissions, disclosure."""
