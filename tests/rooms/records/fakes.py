"""One fake of each way out; they keep the contract of the real ones (test_mail_contract, test_sms_contract, test_voice)."""

from huiying.records import mail, sms, voice


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


class FakeSms:
    """A provider of short messages that remembers, and refuses while told to."""

    def __init__(self, *refusals: BaseException) -> None:
        self.left: list[sms.Outgoing] = []
        self.refusals = list(refusals)

    def send(self, message: sms.Outgoing) -> None:
        to = sms.checked_mobile(message.to)
        if self.refusals:
            raise self.refusals.pop(0)
        self.left.append(sms.Outgoing(message.number, to, message.text))


class FakeVoice:
    """A provider of voice calls that remembers, and refuses while told to."""

    def __init__(self, *refusals: BaseException) -> None:
        self.left: list[voice.Outgoing] = []
        self.refusals = list(refusals)

    def call(self, call: voice.Outgoing) -> str:
        to = voice.checked_phone(call.to)
        if self.refusals:
            raise self.refusals.pop(0)
        self.left.append(voice.Outgoing(call.number, to, call.text, call.callback))
        return "fake"
