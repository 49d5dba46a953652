# test_gallery.py: the examples as files of every system
# SPDX-License-Identifier: GPL-3.0-or-later
"""data/examples/exports/SYSTEM/EXAMPLE holds what each example becomes; RUNNEL_UPDATE_GOLDEN=1 writes it anew."""

import filecmp
import glob
import os
import shutil

from runnel_test import Skipped, main

EXAMPLES = os.path.join(os.environ["RUNNEL_SOURCE_DIR"], "data", "examples")
GALLERY = os.path.join(EXAMPLES, "exports")


def make(box):
    """Exports the examples, in a folder that looks like that of the source; returns it and the systems."""
    made = os.path.join(box.work, "exports")
    systems = [system["system"] for system in box.json("systems", "--json") if system["export"]]
    for path in glob.glob(os.path.join(EXAMPLES, "*.runnel.json")):
        shutil.copy(path, box.work)
        name = os.path.basename(path)
        for system in systems:
            box.run("export", name, "--to", system, "--allow-loss",
                    "-o", os.path.join("exports", system, name.removesuffix(".runnel.json")) + "/")
    return made, systems


def list_files(folder):
    return sorted(os.path.relpath(os.path.join(place, name), folder)
                  for place, _, names in os.walk(folder) for name in names)


def test_gallery_is_current(box):
    made, systems = make(box)
    if "RUNNEL_UPDATE_GOLDEN" in os.environ:
        shutil.rmtree(GALLERY, ignore_errors=True)
        shutil.copytree(made, GALLERY)
    shown = [system for system in systems if os.path.isdir(os.path.join(GALLERY, system))]
    if not shown:
        raise Skipped("the gallery shows no system")
    n_files = 0
    for system in shown:
        ours, theirs = os.path.join(GALLERY, system), os.path.join(made, system)
        assert list_files(ours) == list_files(theirs), f"{system}: run RUNNEL_UPDATE_GOLDEN=1 meson test test_gallery"
        for name in list_files(ours):
            assert filecmp.cmp(os.path.join(ours, name), os.path.join(theirs, name), shallow=False), (
                f"{system}/{name}: run RUNNEL_UPDATE_GOLDEN=1 meson test test_gallery")
            n_files += 1
    print(f"# {n_files} files of {len(shown)} systems, not shown: {sorted(set(systems) - set(shown)) or 'none'}")


def test_exports_are_the_same_again(box):
    """The same pipeline always gives the same files, so that a stale one can be told."""
    made, systems = make(box)
    for path in glob.glob(os.path.join(box.work, "*.runnel.json")):
        name = os.path.basename(path)
        for system in systems:
            place = os.path.join("exports", system, name.removesuffix(".runnel.json")) + "/"
            box.run("export", "--verify", name, "--to", system, "--allow-loss", "-o", place)
    assert list_files(made)


if __name__ == "__main__":
    main()
