#!/bin/sh
# Runs a program on a display and a session bus of its own and exits with its status.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

export GDK_BACKEND=x11 GSK_RENDERER=cairo
exec dbus-run-session -- xvfb-run -a -s '-screen 0 1600x1000x24' "$@"
