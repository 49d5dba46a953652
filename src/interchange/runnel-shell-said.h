/* runnel-shell-said.h: a part of an expression, said in POSIX shell
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-dialect.h"

G_BEGIN_DECLS

/* What a part of an expression gives. */
typedef enum
{
  RUNNEL_SHELL_NULL = 'z',
  RUNNEL_SHELL_BOOLEAN = 'b',
  RUNNEL_SHELL_NUMBER = 'n',
  RUNNEL_SHELL_TEXT = 't',
  RUNNEL_SHELL_NAME = 'w',    /* a text in lower case, such as an outcome */
  RUNNEL_SHELL_LIST = 'l',    /* `word` is its JSON */
  RUNNEL_SHELL_UNKNOWN = 'u', /* a value that may have any type; as its text */
} RunnelShellType;

/* A part, taken apart: a dialect hands on one text for each. */
typedef struct
{
  RunnelShellType type;
  char *truth; /* a command that succeeds when the value counts as true */
  char *word;  /* the value as a word; one in double quotes is only known while running */
  char *whole;
} RunnelShellSaid;

void   _runnel_shell_said_init      (RunnelShellSaid     *self,
                                     const char          *said);
void   _runnel_shell_said_clear     (RunnelShellSaid     *self);
char  *_runnel_shell_say_value      (RunnelShellType      type,
                                     const char          *word);
char  *_runnel_shell_say_command    (const char          *command);
char  *_runnel_shell_say_comparison (RunnelExprNodeType   type,
                                     const char          *left,
                                     const char          *right,
                                     GError             **error);
char  *_runnel_shell_say_operation  (RunnelExprNodeType   type,
                                     const char *const   *operands,
                                     RunnelExprNode     **nodes,
                                     guint                n_operands,
                                     gpointer             user_data,
                                     GError             **error);
char  *_runnel_shell_fail           (GError             **error,
                                     const char          *format,
                                     ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelShellSaid, _runnel_shell_said_clear)

G_END_DECLS
