/* runnel-gestures.h: what the pointer and keys that can't be changed do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/commands/runnel-command.h"

G_BEGIN_DECLS

typedef struct
{
  RunnelCommandGroup group;
  const char *title;   /* marked with N_() */
  const char *how;     /* marked with N_(): what the hand does; NULL for keys */
  const char *keys;    /* as GTK writes them, separated by spaces; NULL for the pointer */
  const char *command; /* that does the same from the keyboard or a menu; NULL for none */
} RunnelGesture;

const RunnelGesture *runnel_gestures_get (guint *ret_size);

G_END_DECLS
