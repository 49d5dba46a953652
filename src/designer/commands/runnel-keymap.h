/* runnel-keymap.h: which keys do what, as the tables have it and as a person wants it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/commands/runnel-command.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_KEYMAP (runnel_keymap_get_type ())
G_DECLARE_FINAL_TYPE (RunnelKeymap, runnel_keymap, RUNNEL, KEYMAP, GObject)

/* Signal "changed" (): some commands have other keys now. */

RunnelKeymap *runnel_keymap_get_default      (void);
GStrv         runnel_keymap_load             (RunnelKeymap        *self,
                                              const char          *text,
                                              gsize                length);
GStrv         runnel_keymap_get_keys         (RunnelKeymap        *self,
                                              const RunnelCommand *command);
GListModel   *runnel_keymap_get_shortcuts    (RunnelKeymap        *self,
                                              const char          *prefix);
GListModel   *runnel_keymap_get_shortcuts_as (RunnelKeymap        *self,
                                              const char          *command,
                                              const char          *action);
char         *runnel_keymap_describe         (RunnelKeymap        *self);

G_END_DECLS
