"""The settings an office may choose: one TOML file, then HUIYING_* environment variables over it.

Read and validated once, before Django starts, so that a wrong setting is one sentence at the door and never a
traceback later. Every field here has a row in docs/settings.md (a test holds that).
"""

import difflib
import ipaddress
import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

PREFIX = "HUIYING_"
DEFAULT_FILE = "huiying.toml"
# Shorter names kept for the two settings that are typed by hand most often.
SHORT_NAMES = {"HUIYING_DATA": "data_dir", "PORT": "port"}
# Read elsewhere: which settings file, and what the tests and measurements need.
OTHER_NAMES = frozenset({"HUIYING_CONFIG", "HUIYING_SAMPLES", "HUIYING_CHROMIUM"})
OTHER_PREFIXES = ("HUIYING_TEST_", "HUIYING_BENCH_")


class WrongSettings(Exception):
    """The settings cannot be used; `problems` holds one plain sentence for each reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Mail(BaseModel):
    """How letters leave the program."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    adapter: Literal["file", "smtp"] = "file"
    folder: str = "mail"
    host: str = ""
    port: int = Field(default=25, ge=1, le=65535)
    user: str = ""
    password: str = Field(default="", repr=False)
    starttls: bool = False
    sender: str = "huiying@localhost"

    @model_validator(mode="after")
    def _smtp_has_a_host(self) -> "Mail":
        if self.adapter == "smtp" and not self.host:
            raise ValueError('"smtp" needs mail.host; name the mail server, or use mail.adapter = "file"')
        return self


class Files(BaseModel):
    """What people may upload."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    megabytes: int = Field(default=10, ge=1, le=50)


class SmsProvider(BaseModel):
    """How one provider of short messages is asked; {phone}, {text} and {number} stand in its address and body."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=20, pattern=r"^[A-Za-z0-9_-]+$")
    url: str = Field(repr=False)
    method: Literal["POST", "GET", "PUT"] = "POST"
    headers: dict[str, str] = Field(default_factory=dict, repr=False)
    body: str = Field(default="", repr=False)
    expect: str = ""

    @model_validator(mode="after")
    def _can_be_asked(self) -> "SmsProvider":
        if urlsplit(self.url).scheme not in ("http", "https") or not urlsplit(self.url).hostname:
            raise ValueError("url must be the provider's whole address, such as https://sms.example.cn/send")
        if any(f"{{{place}}}" not in self.url + self.body for place in ("phone", "text")):
            raise ValueError("url or body must hold {phone} and {text}")
        return self


class VoiceProvider(SmsProvider):
    """How one provider of voice calls is asked; {callback} is the address that it tells of a key pressed."""

    pressed: str = ""

    @model_validator(mode="after")
    def _rings_in_the_closed(self) -> "VoiceProvider":
        here = urlsplit(self.url).hostname in ("localhost", "127.0.0.1", "::1")
        if urlsplit(self.url).scheme != "https" and not here:
            raise ValueError("url must begin with https, unless the provider is on this machine")
        if "{callback}" in self.url + self.body and not self.pressed:
            raise ValueError("pressed must say which text the callback holds when a key was pressed")
        return self


def _listed(value: Any) -> Any:
    """Providers from the environment are a JSON list."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise ValueError("write a JSON list of providers, or use the settings file") from None


class Voice(BaseModel):
    """Voice calls to staff who are called out; none without a provider."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    providers: tuple[VoiceProvider, ...] = Field(default=(), repr=False)
    secret: str = Field(default="", repr=False, max_length=200)

    _from_environment = field_validator("providers", mode="before")(_listed)


class Sms(BaseModel):
    """Short messages to people who left a telephone and no e-mail address; none without a provider."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    providers: tuple[SmsProvider, ...] = Field(default=(), repr=False)
    address: str = Field(default="", max_length=60)

    _from_environment = field_validator("providers", mode="before")(_listed)


GROUPS: dict[str, type[BaseModel]] = {"mail": Mail, "files": Files, "sms": Sms, "voice": Voice}


class Options(BaseModel):
    """Everything an office can set; defaults are a demo on this machine with an embedded database."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mode: Literal["demo", "production"] = "demo"
    debug: bool = False
    data_dir: Path = Path("var")
    database_url: str = Field(default="", repr=False)
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    public_url: str = ""
    source_url: str = ""
    address: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    language: Literal["zh-hans", "zh-hant", "en"] = "zh-hans"
    crisis_line: str = Field(default="12356", max_length=20, pattern=r"^[-+0-9 ]*$")
    trusted_proxies: tuple[str, ...] = ()
    threads: int = Field(default=4, ge=1, le=64)
    processes: int = Field(default=1, ge=1, le=64)
    worker_threads: int = Field(default=1, ge=1, le=16)
    mail: Mail = Mail()
    files: Files = Files()
    sms: Sms = Sms()
    voice: Voice = Voice()

    @field_validator("hosts", "trusted_proxies", mode="before")
    @classmethod
    def _comma_list(cls, value: Any) -> Any:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @field_validator("database_url")
    @classmethod
    def _known_engine(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("postgresql", "postgres"):
            raise ValueError(
                "use postgresql://user:passphrase@host/name, or leave it out for the embedded SQLite"
            )
        return value

    @field_validator("source_url")
    @classmethod
    def _where_the_source_lies(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError(
                "write the whole address of the source code, such as https://code.example.org/huiying"
            )
        return value

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError("write the whole address people type, such as https://petitions.example.gov.cn")
        return value.rstrip("/")

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for part in value:
            try:
                ipaddress.ip_network(part)
            except ValueError:
                raise ValueError(f"{part} is not an address or network such as 10.0.0.0/8") from None
        return value

    @property
    def production(self) -> bool:
        """Whether this installation serves real people (no demo town, no printed passphrase)."""
        return self.mode == "production"

    @property
    def uses_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return not self.database_url

    @property
    def sqlite_path(self) -> Path:
        """Where the embedded database lies."""
        return self.data_dir / "huiying.sqlite3"

    @property
    def mail_folder(self) -> Path:
        """Where the file adapter lays letters; a relative folder lies in the data folder."""
        return self.data_dir / self.mail.folder

    @property
    def master_key_path(self) -> Path:
        """The file with the key that opens every sealed identity; must be backed up apart from the database."""
        return self.data_dir / "master.key"

    @property
    def secret_key_path(self) -> Path:
        """The file with Django's signing key."""
        return self.data_dir / "secret.key"

    @property
    def address_shown(self) -> str:
        """The address people type: `public_url`, else this machine's own."""
        return self.public_url or f"http://{self.address}:{self.port}"


def settings_names() -> dict[str, str]:
    """Every setting by its name in the file (`mail.host`) with its environment variable (`HUIYING_MAIL_HOST`)."""
    short = {field: variable for variable, field in SHORT_NAMES.items() if variable.startswith(PREFIX)}
    return {name: short.get(name, PREFIX + name.replace(".", "_").upper()) for name in _field_names()}


def read_options(environ: Mapping[str, str], *, folder: Path) -> Options:
    """Read and check the settings; relative paths count from the settings file, else from `folder`.

    Raises WrongSettings with a sentence for each unknown name and each bad value.
    """
    file = _settings_file(environ, folder)
    chosen = _from_file(file) if file else {}
    problems = _unknown_names(chosen)
    problems += _lay_over(chosen, environ)
    if problems:
        raise WrongSettings(problems)
    try:
        options = Options.model_validate(chosen)
    except ValidationError as wrong:
        raise WrongSettings([_sentence(error) for error in wrong.errors()]) from None
    base = file.parent if file and "data_dir" not in _names_in(environ) else folder
    return options.model_copy(update={"data_dir": (base / options.data_dir).resolve()})


@lru_cache(maxsize=1)
def load_options() -> Options:
    """The settings of this process, read once from its environment and folder. Raises WrongSettings."""
    return read_options(os.environ, folder=Path.cwd())


def _field_names() -> Iterator[str]:
    for name in Options.model_fields:
        if name in GROUPS:
            yield from (f"{name}.{inner}" for inner in GROUPS[name].model_fields)
        else:
            yield name


def _settings_file(environ: Mapping[str, str], folder: Path) -> Path | None:
    named = environ.get("HUIYING_CONFIG")
    if named:
        file = folder / named
        if not file.is_file():
            raise WrongSettings(
                [f"HUIYING_CONFIG names {file}, which is not there. Correct the path or unset it."]
            )
        return file
    file = folder / DEFAULT_FILE
    return file if file.is_file() else None


def _from_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise WrongSettings([f"{file} is not valid TOML: {wrong}."]) from None
    except (OSError, UnicodeDecodeError) as wrong:
        raise WrongSettings([f"{file} cannot be read: {wrong}."]) from None


def _unknown_names(chosen: dict[str, Any]) -> list[str]:
    given = [name for name in chosen if name not in GROUPS]
    for group in GROUPS:
        inner = chosen.get(group)
        given += [f"{group}.{name}" for name in inner] if isinstance(inner, dict) else []
    known = list(_field_names())
    return [_unknown(name, known) for name in given if name not in known]


def _lay_over(chosen: dict[str, Any], environ: Mapping[str, str]) -> list[str]:
    """Lay the environment over the file's values; returns a sentence for each variable nobody reads."""
    for name, value in _names_in(environ).items():
        group, dot, inner = name.partition(".")
        if dot:
            chosen.setdefault(group, {})[inner] = value
        else:
            chosen[name] = value
    known = {*_variables(), *OTHER_NAMES}
    return [
        _unknown(variable, sorted(known))
        for variable in sorted(environ)
        if variable.startswith(PREFIX) and variable not in known and not variable.startswith(OTHER_PREFIXES)
    ]


def _names_in(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: environ[variable] for variable, name in _variables().items() if variable in environ}


def _variables() -> dict[str, str]:
    long = {PREFIX + name.replace(".", "_").upper(): name for name in _field_names()}
    return {**SHORT_NAMES, **long}


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"There is no setting {name}.{hint} docs/settings.md lists them all."


def _sentence(error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"])
    reason = str(error["msg"]).removeprefix("Value error, ")
    given = error.get("input")
    secret = (
        name.endswith(("password", "database_url", "secret"))
        or "providers" in name
        or not isinstance(given, str | int | float | bool)
    )
    shown = "" if secret else f" (it is {given!r})"
    return f"The setting {name or 'mail'}{shown} cannot be used: {reason}."
