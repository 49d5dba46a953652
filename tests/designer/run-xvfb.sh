#!/bin/sh
# Runs a program on a display and a session bus of its own and exits with its status.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

runtime=$(mktemp -d)
trap 'rm -rf "$runtime"' EXIT

# G_DEBUG is for the program alone: the services that its bus starts may warn. GTK keeps the
# accessibles where tests can read them, and needs no service for it.
debug=${G_DEBUG-}
unset G_DEBUG
# Nothing draws with OpenGL here: without it every program starts sooner.
export XDG_RUNTIME_DIR="$runtime" GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=gl-disable GTK_A11Y="${GTK_A11Y-test}"

# Standard output is for the program alone, too: what the services print there is no result of a test.
# No key repeats itself (-r), however long a busy machine takes to let go of it.
exec 3>&1 >&2
# shellcheck disable=SC2016 # for the inner shell
dbus-run-session -- xvfb-run -a -s "-r -screen 0 ${RUNNEL_SCREEN-1600x1000}x24" \
  env G_DEBUG="$debug" sh -c 'exec "$@" >&3 3>&-' sh "$@"
