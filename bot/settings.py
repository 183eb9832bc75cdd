"""How the operator sets the bot up: the environment and `.env`, read once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    telegram_api_url: str = "https://api.telegram.org"
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

    @field_validator("telegram_api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("une adresse commence par https:// ou http://")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith("sqlite:///") or value == "sqlite:///":
            raise ValueError("la forme est sqlite:///chemin/vers/fichier.db")
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

    @property
    def allowed_users(self) -> frozenset[int]:
        """The Telegram ids of those who may use the bot; none for everyone."""
        return frozenset(int(id_) for id_ in re.findall("[0-9]+", self.codir_allowed_users))

    @property
    def database_path(self) -> Path:
        """The SQLite file."""
        return Path(self.database_url.removeprefix("sqlite:///")).expanduser()

    @property
    def key_path(self) -> Path:
        """The key file."""
        return self.codir_key_file.expanduser()


def load_settings() -> Settings:
    """Read the settings. Raises SettingsError naming the setting and what it must be."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name} : {reason}") from None
