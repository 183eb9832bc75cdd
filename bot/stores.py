"""The store that the settings name."""

from __future__ import annotations

from bot.settings import Settings, SettingsError
from bot.storage.repository import Busy, Repository
from bot.storage.schema import Damaged
from bot.storage.sealing import load_key
from bot.storage.sqlite import Sqlite


async def open_store(settings: Settings) -> Repository:
    """SQLite or PostgreSQL. Raises SettingsError or KeyFault."""
    return await _postgres(settings) if settings.shared else _sqlite(settings)


def _sqlite(settings: Settings) -> Repository:
    seal = load_key(settings.key_path, database=settings.database_path)
    path = settings.database_path
    try:
        return Sqlite(path, seal)
    except Damaged as error:
        raise SettingsError(f"DATABASE_URL : {error}") from error
    except OSError as error:
        raise SettingsError(
            f"DATABASE_URL : {path} ne peut pas être ouvert ({error.strerror}) ; "
            "il faut un dossier où le bot peut écrire"
        ) from error


async def _postgres(settings: Settings) -> Repository:
    # Here, because a bot on SQLite needs none of it.
    try:
        from bot.storage.postgres import Postgres
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"DATABASE_URL : {str(error.name).partition('.')[0]} manque ; "
            "installez codir-advisor[postgres]"
        ) from None
    try:
        return await Postgres.open(settings.database_url, settings.key_path)
    except Busy as error:
        raise SettingsError(f"DATABASE_URL : PostgreSQL ne répond pas ({error})") from None
