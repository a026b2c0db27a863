"""What is typed to sign in and to change a passphrase."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONG_ENOUGH = 200  # a longer passphrase would only keep the hasher busy


class SignInForm(forms.Form):
    """Account and passphrase."""

    account = forms.CharField(label=_("账号"), max_length=40, error_messages={"required": _("请输入账号。")})
    passphrase = forms.CharField(
        label=_("口令"),
        max_length=LONG_ENOUGH,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": _("请输入口令。")},
    )


def code_field() -> forms.CharField:
    """A code of the authenticator or a recovery code, however it is typed."""
    return forms.CharField(
        label=_("验证码"),
        max_length=40,
        error_messages={"required": _("请输入验证码。"), "max_length": _("验证码没有这么长。")},
    )


class CodeForm(forms.Form):
    """One code."""

    code = code_field()


class SecondFactorEndForm(forms.Form):
    """Passphrase and a code: whoever finds an open desk cannot turn two steps off."""

    passphrase = forms.CharField(
        label=_("现在的口令"),
        max_length=LONG_ENOUGH,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": _("请输入现在的口令。")},
    )
    code = code_field()


class PassphraseForm(forms.Form):
    """The old passphrase, the new one, and the new one again."""

    old = forms.CharField(
        label=_("现在的口令"),
        max_length=LONG_ENOUGH,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": _("请输入现在的口令。")},
    )
    new = forms.CharField(
        label=_("新口令"),
        max_length=LONG_ENOUGH,
        strip=False,
        widget=forms.PasswordInput,
        help_text=_("至少 12 个字。几个不相干的词连成一句，比短而复杂的口令更安全，也更好记。"),
        error_messages={"required": _("请输入新口令。")},
    )
    again = forms.CharField(
        label=_("再输一次新口令"),
        max_length=LONG_ENOUGH,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": _("请再输一次新口令。")},
    )

    def clean(self) -> dict[str, str]:
        """Both new passphrases are the same."""
        typed = super().clean() or {}
        if "new" in typed and "again" in typed and typed["new"] != typed["again"]:
            self.add_error("again", _("两次输入的新口令不一样。"))
        return typed
