"""What every test stands on: settings of their own, a throw-away data folder, the database the call names.

HUIYING_TEST_DATABASE is empty for SQLite or a postgresql:// address. tests/rules and tests/playbook are run in a
call of their own, without Django: HUIYING_TEST_PURE=1 keeps it out even of the plugins.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.chromium import NONE_FOUND, chromium_path

if TYPE_CHECKING:
    from tests.cast import Cast

from tests.flush import _ledger_can_be_emptied  # noqa: F401

PURE = bool(os.environ.get("HUIYING_TEST_PURE"))
OWNED_BY_CALLER = "HUIYING_TEST_FOLDER" in os.environ
# Rings from the quickest outwards; within a ring the order is random.
RINGS = ("rules", "playbook", "rooms", "doors", "stories", "docs", "browser")


def _use_own_settings() -> None:
    """Point every setting away from the developer's own; workers of pytest-xdist inherit what the first call set."""
    if not OWNED_BY_CALLER:
        os.environ["HUIYING_TEST_FOLDER"] = tempfile.mkdtemp(prefix="huiying-tests-")
    folder = Path(os.environ["HUIYING_TEST_FOLDER"])
    for name in [name for name in os.environ if name.startswith("HUIYING_") and not _kept(name)]:
        del os.environ[name]
    os.environ.pop("PORT", None)
    settings_file = folder / "huiying.toml"
    settings_file.write_text('hosts = ["localhost", "127.0.0.1", "[::1]", "testserver"]\n', encoding="utf-8")
    os.environ["HUIYING_CONFIG"] = str(settings_file)
    os.environ["HUIYING_DATA"] = str(folder / "data")
    os.environ["HUIYING_DATABASE_URL"] = os.environ.get("HUIYING_TEST_DATABASE", "")


def _kept(name: str) -> bool:
    return name in ("HUIYING_SAMPLES", "HUIYING_CHROMIUM") or name.startswith(
        ("HUIYING_TEST_", "HUIYING_BENCH_")
    )


def _prepare_folder() -> None:
    from huiying.config.folder import prepare_folder
    from huiying.config.options import load_options
    from huiying.records.master_key import create

    options = load_options()
    prepare_folder(options)
    create(options.master_key_path)


if not PURE:
    import django

    _use_own_settings()
    _prepare_folder()
    os.environ["DJANGO_SETTINGS_MODULE"] = "huiying.config.settings"
    django.setup()  # before any test module imports a model


def on_postgres() -> bool:
    """Whether this call runs on PostgreSQL."""
    return bool(os.environ.get("HUIYING_TEST_DATABASE"))


def ring_of(item: pytest.Item) -> int:
    """The ring a test belongs to, by its folder; unknown folders come last."""
    parts = Path(str(item.path)).relative_to(Path(__file__).parent).parts
    return RINGS.index(parts[0]) if parts[0] in RINGS else len(RINGS)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick rings first; a test that this machine cannot run says why."""
    items.sort(key=ring_of)
    for item in items:
        if item.get_closest_marker("postgres") and not on_postgres():
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL; this call runs on SQLite"))
        in_browser = item.get_closest_marker("browser") or ring_of(item) == RINGS.index("browser")
        if in_browser and not chromium_path():
            item.add_marker(pytest.mark.skip(reason=NONE_FOUND))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the throw-away folder when the call that made it ends; the workers leave it alone."""
    del config
    if not OWNED_BY_CALLER and not PURE:
        shutil.rmtree(os.environ["HUIYING_TEST_FOLDER"], ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[str]:
    """The path of the Chromium to drive; skips where there is none."""
    found = chromium_path()
    if not found:
        pytest.skip(NONE_FOUND)
    yield found


@pytest.fixture
def quick_passphrases(settings: Any) -> None:
    """Hash passphrases at the lowest cost."""
    settings.PASSWORD_HASHERS = ["tests.cast.QuickArgon2"]


@pytest.fixture
def cast(db: None, quick_passphrases: None) -> "Cast":
    """The fixed cast of tests/cast.py, in the test's own database."""
    from tests.cast import gather

    return gather()


@pytest.fixture(autouse=True)
def chinese_first() -> None:
    """Begin every test in Simplified Chinese; a request made by an earlier one leaves its language to the thread."""
    if not PURE:
        from django.utils import translation

        translation.activate("zh-hans")


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    """Begin every test with whole allowances; what an earlier one spent of them is none of its business."""
    if not PURE:
        from huiying.web.shared import throttle

        throttle.clear()
