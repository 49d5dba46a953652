/* runnel-graphviz.c: what Graphviz makes of a graph
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `dot` is a program of its own that may be absent, fail or take its time; that is an error like
 * any other, and nothing is printed. Steps are numbers to it: no text of the pipeline gets there.
 */
#include "config.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "layout/runnel-graphviz.h"
#include "layout/runnel-measures.h"
#include "util/runnel-sort.h"

#define INCH 72.0 /* world units: Graphviz thinks in inches of 72 points */

/* --- The question --- */

typedef struct
{
  guint step;
  double hint;
} Seat;

static int
compare_seats (gconstpointer a,
               gconstpointer b)
{
  const Seat *left = a;
  const Seat *right = b;

  if (left->hint != right->hint)
    return left->hint < right->hint ? -1 : 1;

  return (left->step > right->step) - (left->step < right->step);
}

/* The steps in the order in which they were across the direction: dot begins with the order in
 * which nodes are told. */
static Seat *
list_seats (const RunnelArrangeGraph *graph)
{
  Seat *seats = g_new (Seat, MAX (1, graph->n_steps));

  for (guint i = 0; i < graph->n_steps; i++)
    {
      double hint = NAN;

      if (graph->before != NULL)
        hint = graph->direction == RUNNEL_DIRECTION_DOWN ? graph->before[i].x : graph->before[i].y;
      seats[i] = (Seat) { i, isnan (hint) ? G_MAXDOUBLE : hint };
    }

  runnel_sort (seats, graph->n_steps, sizeof (Seat), compare_seats);
  return seats;
}

/* A number as C writes it, whatever the language of the person. */
static void
append_number (GString    *text,
               const char *name,
               double      value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "%s=%s,", name,
                          g_ascii_formatd (buffer, sizeof buffer, "%.4f", value / INCH));
}

static char *
make_question (const RunnelArrangeGraph *graph)
{
  gboolean down = graph->direction == RUNNEL_DIRECTION_DOWN;
  g_autofree Seat *seats = list_seats (graph);
  GString *text = g_string_new ("digraph{graph[");

  append_number (text, "nodesep", RUNNEL_ROW_GAP);
  append_number (text, "ranksep", down ? RUNNEL_LAYER_GAP_DOWN : RUNNEL_COLUMN_GAP);
  g_string_append_printf (text, "rankdir=%s];node[shape=box,fixedsize=true,label=\"\"]\n",
                          down ? "TB" : "LR");

  for (guint i = 0; i < graph->n_steps; i++)
    {
      const RunnelArrangeSize *size = &graph->sizes[seats[i].step];

      g_string_append_printf (text, "%u[", seats[i].step);
      append_number (text, "width", size->width);
      append_number (text, "height", size->height);
      g_string_append (text, "]\n");
    }

  for (guint i = 0; i < graph->n_links; i++)
    g_string_append_printf (text, "%u->%u\n", graph->links[i].from, graph->links[i].to);

  g_string_append (text, "}\n");
  return g_string_free (text, FALSE);
}

/* --- The answer --- */

/* Reads "node NAME X Y WIDTH HEIGHT …", the middle of the node, y upwards. */
static gboolean
read_node (const char               *line,
           const RunnelArrangeGraph *graph,
           RunnelPoint              *points)
{
  char *end;
  guint64 step = g_ascii_strtoull (line + strlen ("node "), &end, 10);
  double x = g_ascii_strtod (end, &end) * INCH;
  double y = g_ascii_strtod (end, &end) * INCH;

  if (step >= graph->n_steps || !isfinite (x) || !isfinite (y))
    return FALSE;

  points[step] = (RunnelPoint) { x - graph->sizes[step].width / 2,
                                 -y - graph->sizes[step].height / 2 };
  return TRUE;
}

static gboolean
read_answer (const char                *text,
             const RunnelArrangeGraph  *graph,
             RunnelPoint               *points,
             GError                   **error)
{
  guint n_read = 0;

  for (const char *line = text; line != NULL && *line != '\0';)
    {
      const char *end = strchr (line, '\n');

      if (g_str_has_prefix (line, "node "))
        n_read += read_node (line, graph, points);
      line = end != NULL ? end + 1 : NULL;
    }

  if (n_read == graph->n_steps)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "Graphviz gave places to %u of %u steps", n_read, graph->n_steps);
  return FALSE;
}

/* --- The talk --- */

typedef struct
{
  gboolean done;
  char *output;
  GError *error;
} Talk;

static void
talked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Talk *talk = user_data;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &talk->output, NULL,
                                        &talk->error);
  talk->done = TRUE;
}

static gboolean
too_long_cb (gpointer user_data)
{
  g_subprocess_force_exit (user_data);
  return G_SOURCE_REMOVE;
}

/* In a pipe it would end us by SIGPIPE when dot does not read it. Returns: -1 on failure */
static int
open_question (const char *question,
               GError    **error)
{
  const gssize length = strlen (question);
  int fd = memfd_create ("dot", MFD_CLOEXEC);

  if (fd >= 0 && write (fd, question, length) == length && lseek (fd, 0, SEEK_SET) == 0)
    return fd;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

static GSubprocess *
start_dot (const char *question,
           GError    **error)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  int fd = open_question (question, error);

  if (fd < 0)
    return NULL;

  g_subprocess_launcher_take_stdin_fd (launcher, fd);
  return g_subprocess_launcher_spawn (launcher, error, "dot", "-Tplain", NULL);
}

/* Asks dot in a main context of our own, so that any thread may wait here. */
static void
talk_to (GSubprocess  *dot,
         guint         seconds,
         GCancellable *cancellable,
         Talk         *talk)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GSource) timeout = g_timeout_source_new_seconds (seconds);

  g_main_context_push_thread_default (context);
  g_source_set_callback (timeout, too_long_cb, dot, NULL);
  g_source_attach (timeout, context);
  g_subprocess_communicate_utf8_async (dot, NULL, cancellable, talked_cb, talk);
  while (!talk->done)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (timeout);
  g_main_context_pop_thread_default (context);

  if (talk->error != NULL)
    g_subprocess_force_exit (dot);
}

/**
 * runnel_graphviz_arrange:
 * @graph: what is to be arranged; groups don't matter
 * @seconds: how long it may take
 * @ret_points: (out) (array length=n_steps): left upper corners in world units, anywhere
 * @error: return location for a #GSpawnError when Graphviz is not installed, or a #GIOErrorEnum
 *
 * Asks `dot`, with the steps in the order they had across the direction. It blocks: call it in a
 * thread. The graph's cancellable ends it.
 *
 * Returns: whether there is an answer
 */
gboolean
runnel_graphviz_arrange (const RunnelArrangeGraph  *graph,
                         guint                      seconds,
                         RunnelPoint               *ret_points,
                         GError                   **error)
{
  g_autoptr(GSubprocess) dot = NULL;
  g_autofree char *question = NULL;
  g_autofree char *output = NULL;
  Talk talk = { FALSE };

  g_return_val_if_fail (graph != NULL, FALSE);
  g_return_val_if_fail (graph->n_steps == 0 || ret_points != NULL, FALSE);

  question = make_question (graph);
  dot = start_dot (question, error);
  if (dot == NULL)
    return FALSE;

  talk_to (dot, seconds, graph->cancellable, &talk);
  output = talk.output;
  if (talk.error != NULL)
    {
      g_propagate_error (error, talk.error);
      return FALSE;
    }

  return read_answer (output, graph, ret_points, error);
}
