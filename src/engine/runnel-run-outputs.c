/* runnel-run-outputs.c: what a run as a whole gives out, to the run that started it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>

#include "engine/runnel-run-outputs.h"
#include "engine/runnel-run-private.h"

/* In the form for values of several lines, ended by a word that is in none of them. */
static void
append_output (GString    *text,
               const char *name,
               const char *value)
{
  g_autofree char *uuid = g_uuid_string_random ();

  g_string_append_printf (text, "%s<<%s\n%s\n%s\n", name, uuid, value, uuid);
}

static char *
evaluate (RunnelRun   *self,
          JsonObject  *expressions,
          GError     **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  RunnelRunScope scope;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  _runnel_run_scope_init (&scope, self, G_MAXUINT);
  json_object_iter_init_ordered (&iter, expressions);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autoptr (JsonNode) value = runnel_template_expand (node, &scope.scope, error);
      g_autofree char *value_text = value ? runnel_value_to_text (value) : NULL;

      if (!value)
        {
          g_prefix_error (error, "The output “%s” can't be made: ", name);
          return NULL;
        }
      append_output (text, name, value_text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
append_to_file (const char  *path,
                const char  *text,
                GError     **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  gsize length = strlen (text);
  gboolean ok = fd >= 0 && write (fd, text, length) == (gssize) length;

  if (!ok)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 "The outputs can't be written to “%s”: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return ok;
}

/**
 * runnel_run_write_outputs:
 * @self: a run that is over
 * @expressions: output name -> text with ${{ }} in terms of this run's contexts
 * @path: the file named by `$RUNNEL_OUTPUT`; what it has is kept
 *
 * Gives the run's outputs to the step of another run that started it.
 *
 * Returns: %FALSE with an error of #RunnelExprError or #G_IO_ERROR
 */
gboolean
runnel_run_write_outputs (RunnelRun   *self,
                          JsonObject  *expressions,
                          const char  *path,
                          GError     **error)
{
  g_autofree char *text = evaluate (self, expressions, error);

  return text && append_to_file (path, text, error);
}
