"""Who is competent where and when: bodies, units, posts, staff, grants, places, duty, calendars."""
