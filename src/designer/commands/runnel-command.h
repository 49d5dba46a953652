/* runnel-command.h: something the application can be told to do, as a row of a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The headings under which commands are listed, in this order. */
typedef enum
{
  RUNNEL_COMMANDS_EDIT,
  RUNNEL_COMMANDS_STEPS,
  RUNNEL_COMMANDS_LINKS,
  RUNNEL_COMMANDS_AREAS,
  RUNNEL_COMMANDS_SELECT,
  RUNNEL_COMMANDS_ARRANGE,
  RUNNEL_COMMANDS_VIEW,
  RUNNEL_COMMANDS_FILE,
  RUNNEL_COMMANDS_RUN,
  RUNNEL_COMMANDS_CHART,
  RUNNEL_COMMANDS_LOG,
  RUNNEL_COMMANDS_FIND,
  RUNNEL_COMMANDS_PANELS,
  RUNNEL_COMMANDS_WINDOW,
  RUNNEL_N_COMMAND_GROUPS
} RunnelCommandGroup;

/* A row stays where it is as long as the process lives. Whatever shows or binds commands (menus,
 * keys, the command palette, the shortcuts window, the documentation) is made from these rows. */
typedef struct
{
  const char *name;         /* of the action, with its target: "canvas.connect::success" */
  const char *title;        /* marked with N_(), with a mnemonic: "Zoom _In" */
  RunnelCommandGroup group;
  const char *keys;         /* unless a person wants others: as GTK writes them, separated by
                             * spaces; NULL for none */
  const char *like;         /* in place of keys: the command of another widget, whose keys do this
                             * where this widget has the keyboard */
} RunnelCommand;

char       *runnel_command_get_action     (const RunnelCommand *self);
const char *runnel_command_get_target     (const RunnelCommand *self);
char       *runnel_command_get_title      (const RunnelCommand *self);
GStrv       runnel_command_list_keys      (const RunnelCommand *self);
GPtrArray  *runnel_command_list_shortcuts (const RunnelCommand *self);
gboolean    runnel_command_is_local       (const char          *name);
gboolean    runnel_command_is_apart       (const char          *name,
                                           const char          *other);
const char *runnel_command_group_get_title (RunnelCommandGroup  group);

G_END_DECLS
