"""Addresses of duty."""

from django.urls import path

from huiying.web.console.duty import leaves, lines, patterns, rosters

urlpatterns = [
    path("rosters/", rosters.rosters, name="duty_rosters"),
    path("rosters/propose/", rosters.propose, name="duty_roster_propose"),
    path("rosters/surge/", rosters.surge, name="duty_surge"),
    path("rosters/<int:roster_id>/", rosters.roster, name="duty_roster"),
    path("rosters/<int:roster_id>/again/", rosters.again, name="duty_roster_again"),
    path("rosters/<int:roster_id>/publish/", rosters.publish, name="duty_roster_publish"),
    path("rosters/<int:roster_id>/drop/", rosters.drop, name="duty_roster_drop"),
    path("rosters/<int:roster_id>/print/", rosters.wall, name="duty_roster_print"),
    path("rosters/lines/<int:line_id>/", lines.line, name="duty_line"),
    path("watches/<int:shift_id>/cancel/", lines.shift_cancel, name="duty_shift_cancel"),
    path("patterns/", patterns.patterns, name="duty_patterns"),
    path("patterns/<int:pattern_id>/end/", patterns.end, name="duty_pattern_end"),
    path("leave/", leaves.leaves, name="duty_leave"),
    path("leave/<int:leave_id>/cancel/", leaves.cancel, name="duty_leave_cancel"),
]
