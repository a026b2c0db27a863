"""Addresses of this part."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.incidents import activating, board, orders, reports, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.incidents, name="incidents"),
    path("report/", views.report, name="incident_report"),
    path("orders/", orders.mine, name="my_orders"),
    path("orders/<int:pk>/", orders.page, name="order_page"),
    path("orders/<int:pk>/acknowledge/", orders.acknowledge, name="order_acknowledge"),
    path("orders/<int:pk>/done/", orders.done, name="order_done"),
    path("orders/<int:pk>/refuse/", orders.refuse, name="order_refuse"),
    path("orders/<int:pk>/reassign/", orders.reassign, name="order_reassign"),
    path("<slug:reference>/", board.page, name="incident_board"),
    path("<slug:reference>/board/", board.part, name="incident_board_part"),
    path("<slug:reference>/timeline/", board.history, name="incident_timeline"),
    path("<slug:reference>/verify/", views.verify, name="incident_verify"),
    path("<slug:reference>/dismiss/", views.dismiss, name="incident_dismiss"),
    path("<slug:reference>/facts/", views.facts, name="incident_facts"),
    path("<slug:reference>/activate/", activating.activate, name="incident_activate"),
    path("<slug:reference>/decide/", activating.decide, name="incident_decide"),
    path("<slug:reference>/end/", activating.end, name="incident_end"),
    path("<slug:reference>/reports/<slug:kind>/", reports.send, name="situation_report_send"),
    path("<slug:reference>/reports/<int:pk>/read/", reports.page, name="situation_report_page"),
    path("<slug:reference>/reports/<int:pk>/phone/", reports.phone, name="situation_report_phone"),
]
