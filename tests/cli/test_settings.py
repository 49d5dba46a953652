# test_settings.py: runnel settings
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import stat

from runnel_test import main


def show(box, prefix):
    """What `runnel settings` prints about keys that begin so."""
    return [line for line in box.run("settings")[0].splitlines() if line.startswith(prefix)]


def test_show(box):
    assert show(box, "cache") == ["cache.max-size = 5 GB"]
    assert show(box, "history") == [
        "history.max-size = 10 GB",
        "history.compress-after = 7d",
        "history.compress-above = 10 MB",
        "history.automatic = true",
    ]
    settings = box.json("settings", "--json")
    assert settings["pools"] == {} and settings["cache"] == {"max-size": "5 GB"}


def test_set_and_unset(box):
    box.run("settings", "set", "pools.gpu", "2")
    box.run("settings", "set", "cache.max-size", "500 MB")
    assert show(box, "pools") == ["pools.gpu = 2"]
    assert show(box, "cache") == ["cache.max-size = 500 MB"]
    assert box.run("settings", "get", "pools.gpu")[0] == "2\n"
    assert box.run("settings", "get", "cache")[0] == "max-size = 500 MB\n"
    box.run("settings", "unset", "pools.gpu")
    assert "is not set" in box.run("settings", "get", "pools.gpu", code=3)[1]
    folder = os.path.join(box.env["XDG_CONFIG_HOME"], "runnel")
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
    assert os.listdir(folder) == ["settings.json"]


def test_name_with_dots(box):
    key = 'history.pipelines["/srv/ci/nightly build.runnel.json"].max-runs'
    box.run("settings", "set", key, "30")
    box.run("settings", "set", "history.pipelines.*.max-age", "30d")
    assert box.run("settings", "get", key)[0] == "30\n"
    assert show(box, "history.pipelines") == [
        f"{key} = 30",
        'history.pipelines["*"].max-age = 30d',
    ]
    box.run("settings", "unset", key)
    assert show(box, "history.pipelines") == ['history.pipelines["*"].max-age = 30d']


def test_none(box):
    box.run("settings", "set", "history.max-size", "none")
    assert show(box, "history.max-size") == ["history.max-size = none"]
    assert "the units are" in box.run("settings", "set", "history.max-size", "5 lb", code=2)[1]


def test_help_names_all(box):
    out = box.run("settings", "--help")[0]
    assert "pools.NAME" in out and "history.pipelines.NAME.max-age" in out


def test_nonsense(box):
    assert "did you mean “cache.max-size”?" in box.run("settings", "get", "cache.maxsize", code=3)[1]
    assert "must be from 1 to" in box.run("settings", "set", "pools.gpu", "0", code=2)[1]
    assert "the units are" in box.run("settings", "set", "cache.max-size", "5 lb", code=2)[1]
    box.run("settings", "put", code=2)
    box.run("settings", "get", code=2)


def test_broken_file(box):
    folder = os.path.join(box.env["XDG_CONFIG_HOME"], "runnel")
    path = os.path.join(folder, "settings.json")
    os.makedirs(folder)
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"pools": {"gpu": "many"}}')
    _, err = box.run("settings")
    assert show(box, "pools") == [] and show(box, "cache") == ["cache.max-size = 5 GB"]
    assert f"{path}:1:19: error: “gpu” must be a whole number of slots, not a text" in err


if __name__ == "__main__":
    main()
