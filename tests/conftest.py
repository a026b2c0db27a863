"""What every ring shares. The pure rings never import Django: fixtures that need it import it when asked."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each run its own database file, so that two runs on one machine never share one."""
    from django.db import connections

    connection = connections["default"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture
def quick_passphrases(settings: Any) -> None:
    """Hash passphrases at the lowest cost."""
    settings.PASSWORD_HASHERS = ["tests.cast.QuickArgon2"]


@pytest.fixture
def cast(db: None, quick_passphrases: None) -> "Cast":
    """The fixed cast of tests/cast.py, in the test's own database."""
    from tests.cast import gather

    return gather()
