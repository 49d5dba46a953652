/* runnel-message-dialog.h: a question with a few answers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_ANSWER_PLAIN,
  RUNNEL_ANSWER_SUGGESTED,
  RUNNEL_ANSWER_DESTRUCTIVE,
} RunnelAnswerLook;

typedef struct
{
  const char *id;
  const char *label;
  RunnelAnswerLook look;
} RunnelAnswer;

/* What the dialog answers when it is closed without a choice. */
#define RUNNEL_ANSWER_CANCEL "cancel"

void  runnel_message_dialog_ask_async  (GtkWindow           *parent,
                                        const char          *heading,
                                        const char          *body,
                                        GtkWidget           *extra_child,
                                        const RunnelAnswer  *answers,
                                        guint                n_answers,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
char *runnel_message_dialog_ask_finish (GAsyncResult        *result);
void  runnel_message_dialog_tell       (GtkWindow           *parent,
                                        const char          *heading,
                                        const char          *body);

G_END_DECLS
