"""Settings are read once, every default works, and what is wrong is said in one sentence."""

from pathlib import Path

import pytest

from server.settings import DEFAULT_EXIT, READERS, BadSetting, Settings, is_local, origin_of


def test_every_default_works() -> None:
    settings = Settings.from_env({"HOME": "/somewhere", "PATH": "/bin"})
    assert settings.data == Path("data")
    assert settings.exit == DEFAULT_EXIT
    assert settings.key_file == Path("/somewhere/.config/signboard/key")
    assert (settings.redis, settings.url, settings.staff_key, settings.practice) == ("", "", "", None)
    assert settings.proxies == ("127.0.0.1", "::1")
    assert not settings.unsafe_redis


def test_all_of_them_can_be_set() -> None:
    settings = Settings.from_env(
        {
            "SIGNBOARD_DATA": "/srv/board",
            "SIGNBOARD_REDIS": "redis://localhost:6379/0",
            "SIGNBOARD_URL": "HTTPS://Board.Example.org:443/",
            "SIGNBOARD_STAFF_KEY": "long and random",
            "SIGNBOARD_PRACTICE": "/srv/practice",
            "SIGNBOARD_KEY_FILE": "/srv/key",
            "SIGNBOARD_EXIT": "https://weather.example.org/today",
            "SIGNBOARD_PROXIES": "10.0.0.0/8, 192.168.1.7",
            "SIGNBOARD_UNSAFE_REDIS": "1",
        }
    )
    assert settings == Settings(
        data=Path("/srv/board"),
        redis="redis://localhost:6379/0",
        url="https://board.example.org",
        staff_key="long and random",
        practice=Path("/srv/practice"),
        key_file=Path("/srv/key"),
        exit="https://weather.example.org/today",
        proxies=("10.0.0.0/8", "192.168.1.7"),
        unsafe_redis=True,
    )
    assert settings.https


def test_an_unknown_name_is_an_error_that_names_it_and_those_there_are() -> None:
    with pytest.raises(BadSetting) as wrong:
        Settings.from_env({"SIGNBOARD_STAF_KEY": "x"})
    assert "SIGNBOARD_STAF_KEY" in str(wrong.value)
    assert all(name in str(wrong.value) for name in READERS)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("SIGNBOARD_URL", "board.example.org"),
        ("SIGNBOARD_URL", "ftp://board.example.org"),
        ("SIGNBOARD_URL", "https://board.example.org/under"),
        ("SIGNBOARD_URL", "https://someone@board.example.org"),
        ("SIGNBOARD_URL", "https://board.example.org:99999"),
        ("SIGNBOARD_REDIS", "localhost:6379"),
        ("SIGNBOARD_EXIT", "javascript:alert(1)"),
        ("SIGNBOARD_EXIT", "https://weather.example.org/a b"),
        ("SIGNBOARD_PROXIES", "*"),
        ("SIGNBOARD_PROXIES", "10.0.0.0/99"),
        ("SIGNBOARD_UNSAFE_REDIS", "perhaps"),
    ],
)
def test_a_value_that_cannot_be_used_gives_one_sentence_that_names_it(name: str, text: str) -> None:
    with pytest.raises(BadSetting) as wrong:
        Settings.from_env({name: text})
    said = str(wrong.value)
    assert said.startswith(f"{name} must be ")
    assert said.endswith(".")
    assert ". " not in said
    assert "\n" not in said


@pytest.mark.parametrize("name", READERS)
def test_an_empty_value_counts_as_unset(name: str) -> None:
    assert Settings.from_env({name: "  ", "HOME": "/x"}) == Settings.from_env({"HOME": "/x"})


def test_without_a_home_the_key_lies_beside_the_data_folder_and_never_in_it() -> None:
    settings = Settings.from_env({"SIGNBOARD_DATA": "/srv/board/data"})
    assert settings.key_file == Path("/srv/board/signboard.key")
    assert not settings.key_file.is_relative_to(settings.data)


def test_a_person_s_own_folder_for_settings_comes_first() -> None:
    assert Settings.from_env({"XDG_CONFIG_HOME": "/cfg", "HOME": "/x"}).key_file == Path("/cfg/signboard/key")


def test_the_staff_key_is_in_no_line_of_diagnostics() -> None:
    assert "secret" not in repr(Settings(staff_key="secret"))


@pytest.mark.parametrize(
    "address",
    ["http://localhost:8000", "http://127.0.0.1", "http://127.3.2.1:1", "http://[::1]:8000", "http://0.0.0.0"],
)
def test_a_phone_cannot_follow_a_local_address(address: str) -> None:
    assert is_local(address)


@pytest.mark.parametrize("address", ["http://192.168.1.5:8000", "https://board.example.org", "http://[fd00::1]:8000"])
def test_a_phone_can_follow_the_others(address: str) -> None:
    assert not is_local(address)


def test_an_origin_is_written_as_browsers_write_it() -> None:
    assert origin_of("http://Board.Example.org:80/x") == "http://board.example.org"
    assert origin_of("http://[FD00::1]:8000") == "http://[fd00::1]:8000"
