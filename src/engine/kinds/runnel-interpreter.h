/* runnel-interpreter.h: the programs that run scripts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *const *runnel_interpreter_get_arguments (const char *name);
const char        *runnel_interpreter_get_suffix    (const char *name);

G_END_DECLS
