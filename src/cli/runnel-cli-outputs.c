/* runnel-cli-outputs.c: what a run gives out to the pipeline that it is a step of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "cli/runnel-cli-outputs.h"
#include "expr/runnel-expr.h"

struct _RunnelCliOutputs
{
  RunnelEventSink sink;
  JsonObject *contexts; /* "params", "trigger", "run" and "steps" */
};

static void
take_start (JsonObject        *contexts,
            const RunnelEvent *event)
{
  JsonObject *run = json_object_get_object_member (contexts, "run");
  JsonNode *parameters = NULL;
  JsonNode *trigger = NULL;

  if (event->details)
    {
      parameters = json_object_get_member (event->details, "parameters");
      trigger = json_object_get_member (event->details, "trigger");
    }
  if (parameters)
    json_object_set_member (contexts, "params", json_node_copy (parameters));
  if (trigger)
    json_object_set_member (contexts, "trigger", json_node_copy (trigger));
  json_object_set_int_member (run, "id", event->run);
}

static void
take_step (JsonObject        *contexts,
           const RunnelEvent *event)
{
  JsonObject *steps = json_object_get_object_member (contexts, "steps");
  JsonObject *step = json_object_new ();

  json_object_set_string_member (step, "state", runnel_state_to_string (event->state));
  json_object_set_object_member (step, "outputs", event->outputs
                                                    ? json_object_ref (event->outputs)
                                                    : json_object_new ());
  json_object_set_object_member (steps, event->step, step);
}

static void
outputs_event (RunnelEventSink   *sink,
               const RunnelEvent *event)
{
  RunnelCliOutputs *self = (RunnelCliOutputs *) sink;

  if (event->type == RUNNEL_EVENT_RUN_STARTED)
    take_start (self->contexts, event);
  else if (event->type == RUNNEL_EVENT_STEP_FINISHED)
    take_step (self->contexts, event);
}

RunnelCliOutputs *
runnel_cli_outputs_new (void)
{
  RunnelCliOutputs *self = g_new0 (RunnelCliOutputs, 1);

  self->sink.event = outputs_event;
  self->sink.sees_secrets = TRUE; /* the pipeline that wants the outputs needs them as they are */
  self->contexts = json_object_new ();
  json_object_set_object_member (self->contexts, "params", json_object_new ());
  json_object_set_object_member (self->contexts, "run", json_object_new ());
  json_object_set_object_member (self->contexts, "steps", json_object_new ());

  return self;
}

void
runnel_cli_outputs_free (RunnelCliOutputs *self)
{
  json_object_unref (self->contexts);
  g_free (self);
}

RunnelEventSink *
runnel_cli_outputs_get_sink (RunnelCliOutputs *self)
{
  return &self->sink;
}

static JsonNode *
lookup_cb (gpointer    user_data,
           const char *name)
{
  return json_object_get_member (user_data, name);
}

/* As an entry of $RUNNEL_OUTPUT; the end mark is one that no value has. */
static void
append_output (GString    *text,
               const char *name,
               JsonNode   *value)
{
  g_autofree char *value_text = runnel_value_to_text (value);
  g_autofree char *mark = g_uuid_string_random ();

  g_string_append_printf (text, "%s<<%s\n%s\n%s\n", name, mark, value_text, mark);
}

static gboolean
append_to_file (const char  *path,
                GString     *text,
                GError     **error)
{
  int fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  gboolean done = fd >= 0 && write (fd, text->str, text->len) == (gssize) text->len;

  if (!done)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 "the outputs can't be written to “%s”: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);

  return done;
}

/**
 * runnel_cli_outputs_write:
 * @self: what a run that is over has told
 * @wanted: an object: expressions in terms of this run, by the name of the output
 * @path: (type filename): the file named by $RUNNEL_OUTPUT
 * @error: return location for a #RunnelExprError or a #GIOError
 *
 * Returns: whether all outputs are in the file
 */
gboolean
runnel_cli_outputs_write (RunnelCliOutputs  *self,
                          JsonNode          *wanted,
                          const char        *path,
                          GError           **error)
{
  RunnelExprScope scope = { lookup_cb, NULL, NULL, self->contexts };
  g_autoptr(JsonNode) values = runnel_template_expand (wanted, &scope, error);
  g_autoptr(GString) text = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!values)
    {
      g_prefix_error (error, "the outputs can't be computed: ");
      return FALSE;
    }

  json_object_iter_init_ordered (&iter, json_node_get_object (values));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    append_output (text, name, value);

  return append_to_file (path, text, error);
}
