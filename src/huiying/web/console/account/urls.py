"""Addresses of signing in and of one's own account."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.account import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("passphrase/", views.passphrase, name="passphrase"),
]
