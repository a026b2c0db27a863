"""The one fake of the way out; it keeps the contract of the real ones (test_mail_contract.py)."""

from huiying.records import mail


class FakeMail:
    """A mail server that remembers, and refuses while told to."""

    def __init__(self, *refusals: BaseException) -> None:
        self.left: list[mail.Outgoing] = []
        self.refusals = list(refusals)

    def send(self, letter: mail.Outgoing) -> None:
        if self.refusals:
            raise self.refusals.pop(0)
        mail.checked_address(letter.to)
        self.left.append(letter)
