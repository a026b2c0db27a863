"""Addresses of signing in and of one's own account."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.account import own, signing_in, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("sign-in/code/", signing_in.sign_in_code, name="sign_in_code"),
    path("passphrase/", views.passphrase, name="passphrase"),
    path("account/", own.account, name="account"),
    path("account/language/", own.language, name="account_language"),
    path("account/second-factor/", own.second_factor_page, name="second_factor"),
    path("account/second-factor/codes/", own.recovery_codes, name="recovery_codes"),
    path("account/second-factor/end/", own.second_factor_end, name="second_factor_end"),
]
