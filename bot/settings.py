"""How the operator sets the bot up: the environment and `.env`, read once."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, urlsplit
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.core.refusals import refusal

NAME = "codir"
TELEGRAM = "https://api.telegram.org"
LISTEN = "0.0.0.0:8080"
PORTS = (443, 80, 88, 8443)
POSTGRES = ("postgresql://", "postgres://")


class SettingsError(Exception):
    """A setting that is missing or wrong, in one line that says what to do."""


class Settings(BaseSettings):
    """Every setting, with its default. Empty values count as unset."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
    )

    telegram_token: SecretStr | None = None
    telegram_api_url: str = TELEGRAM
    telegram_messages_per_second: int = Field(default=30, ge=0)
    database_url: str = "sqlite:///data/codir.db"
    codir_key_file: Path = Path("~/.config/codir/key")
    codir_controller: str = Field(default="", max_length=200)
    codir_contact: str = Field(default="", max_length=200)
    codir_hosting: str = Field(default="", max_length=200)
    codir_allowed_users: str = ""
    codir_rate_limit: int = Field(default=120, ge=0, le=100_000)
    codir_retention_days: int = Field(default=30, ge=1, le=365)
    codir_lang: Literal["fr", "en"] = "fr"
    codir_timezone: str = "Europe/Paris"
    codir_log: Literal["text", "json"] = "text"
    codir_jobs: Literal["here", "apart"] = "here"
    codir_listen: str = ""
    webhook_url: str = ""
    webhook_secret: SecretStr | None = None

    @field_validator("telegram_api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("une adresse commence par https:// ou http://")
        return value.rstrip("/")

    @field_validator("codir_timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("un fuseau se nomme comme Europe/Paris ou Indian/Reunion")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        file = value.startswith("sqlite:///") and value != "sqlite:///"
        if not file and not value.startswith(POSTGRES):
            raise ValueError(
                "la forme est sqlite:///chemin/vers/fichier.db ou postgresql://compte@machine/base"
            )
        return value

    @field_validator("codir_jobs")
    @classmethod
    def _jobs(cls, value: str, info: ValidationInfo) -> str:
        if value == "apart" and not str(info.data.get("database_url")).startswith(POSTGRES):
            raise ValueError("apart demande PostgreSQL (DATABASE_URL=postgresql://…)")
        return value

    @field_validator("codir_allowed_users")
    @classmethod
    def _ids(cls, value: str) -> str:
        # A list without any number must not open the door to everyone.
        if value and not re.fullmatch(r"[\s,]*[0-9][0-9\s,]*", value):
            raise ValueError(
                "des identifiants Telegram en chiffres, séparés par des virgules ou des espaces"
            )
        return value

    @field_validator("codir_listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        address, port = _split(f"//{value}")
        if value and not (address.hostname and port is not None):
            raise ValueError(f"la forme est adresse:port, par exemple {LISTEN}")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _webhook(cls, value: str, info: ValidationInfo) -> str:
        if not value:
            return value
        own_server = info.data.get("telegram_api_url") != TELEGRAM
        address, port = _split(value)
        schemes = ("https", "http") if own_server else ("https",)
        if address.scheme not in schemes or not address.hostname:
            raise ValueError("c'est l'adresse publique du bot ; elle commence par https://")
        if not own_server and (port or 443) not in PORTS:
            raise ValueError("Telegram n'appelle que les ports 443, 80, 88 et 8443")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        secret = value.get_secret_value() if value else ""
        wanted = secret or info.data.get("webhook_url")
        if wanted and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise ValueError(
                "avec WEBHOOK_URL, un secret de 1 à 256 caractères parmi A-Z a-z 0-9 _ - "
                "(par exemple : openssl rand -hex 32)"
            )
        return value

    @property
    def allowed_users(self) -> frozenset[int]:
        """The Telegram ids of those who may use the bot; none for everyone."""
        return frozenset(int(id_) for id_ in re.findall("[0-9]+", self.codir_allowed_users))

    @property
    def listen(self) -> tuple[str, int] | None:
        """Where the web server listens; None when there is to be none."""
        where = self.codir_listen or (LISTEN if self.webhook_url else "")
        address, port = _split(f"//{where}")
        return (address.hostname or "", port or 0) if where else None

    @property
    def shared(self) -> bool:
        """Whether several processes may work on the database."""
        return self.database_url.startswith(POSTGRES)

    @property
    def database_path(self) -> Path:
        """The SQLite file."""
        return Path(self.database_url.removeprefix("sqlite:///")).expanduser()

    @property
    def key_path(self) -> Path:
        """The key file."""
        return self.codir_key_file.expanduser()


def program() -> str:
    """How this program is called from here: what to type, in the sentences that say so."""
    called = Path(sys.argv[0])
    if called.parent.name == "bot" and called.name == "__main__.py":
        return "python -m bot"
    if called.name != NAME or shutil.which(NAME):
        return NAME
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)


def _split(address: str) -> tuple[SplitResult, int | None]:
    """An address and its port, None for none or an impossible one."""
    parts = urlsplit(address)
    try:
        return parts, parts.port
    except ValueError:
        return parts, None


def load_settings() -> Settings:
    """Read the settings. Raises SettingsError naming the setting and what it must be."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        reason = refusal(first["type"], first.get("ctx", {}), first["msg"])
        raise SettingsError(f"{name} : {reason}") from None
