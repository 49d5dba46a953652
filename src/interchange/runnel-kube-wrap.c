/* runnel-kube-wrap.c: the lines around a step that tell a system of Kubernetes what became of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-kube.h"

#include <string.h>

#define FIRST_LINE "#!/bin/sh\n# Runnel: runs the lines below, then tells of their outputs.\n"
#define FOLDER "/tmp/runnel"

/* One output of a file of them; the last line of a name wins, as in Runnel. */
#define OUTPUT_FUNCTION \
  "output () {\n" \
  "  awk -v name=\"$1\" '\n" \
  "    inside && $0 == end { inside = 0; if (key == name) value = text; next }\n" \
  "    inside { text = lines++ ? text \"\\n\" $0 : $0; next }\n" \
  "    { equal = index ($0, \"=\"); here = index ($0, \"<<\") }\n" \
  "    here && (!equal || here < equal) {\n" \
  "      key = substr ($0, 1, here - 1); end = substr ($0, here + 2)\n" \
  "      inside = 1; lines = 0; text = \"\"; next\n" \
  "    }\n" \
  "    equal && substr ($0, 1, equal - 1) == name { value = substr ($0, equal + 1) }\n" \
  "    END { printf \"%s\", value }\n" \
  "  ' \"$RUNNEL_OUTPUT\"\n" \
  "}\n"

static char *
replace (const char *text,
         const char *from,
         const char *to)
{
  g_auto(GStrv) parts = g_strsplit (text, from, -1);

  return g_strjoinv (to, parts);
}

/* What stands for the first of two characters that the system would replace: "{%" so that "{{"
 * becomes "{%{". It is not in the text itself. */
static char *
make_mark (const char *text,
           char        first)
{
  g_autoptr(GString) mark = g_string_new (NULL);

  g_string_append_c (mark, first);
  do
    g_string_append_c (mark, '%');
  while (strstr (text, mark->str) != NULL);
  return g_string_free (g_steal_pointer (&mark), FALSE);
}

static char *
put_marks (const char *text,
           const char *braces,
           const char *mark)
{
  GString *marked = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (c[0] == braces[0] && c[1] == braces[1])
      g_string_append (marked, mark);
    else
      g_string_append_c (marked, *c);
  return g_string_free (marked, FALSE);
}

static char *
make_end (const char *text)
{
  g_autofree char *end = g_strdup ("RUNNEL_STEP");

  for (guint i = 2; strstr (text, end) != NULL; i++)
    {
      g_free (end);
      end = g_strdup_printf ("RUNNEL_STEP_%u", i);
    }
  return g_steal_pointer (&end);
}

static void
add_step (GString              *lines,
          const RunnelKubeWrap *self)
{
  g_autofree char *mark = NULL;
  g_autofree char *text = NULL;
  g_autofree char *end = NULL;
  gboolean ends = *self->text == '\0' || g_str_has_suffix (self->text, "\n");

  if (self->braces != NULL && strstr (self->text, self->braces) != NULL)
    {
      mark = make_mark (self->text, self->braces[0]);
      text = put_marks (self->text, self->braces, mark);
    }
  else
    {
      text = g_strdup (self->text);
    }
  end = make_end (text);
  if (mark != NULL) /* in [] no character is special to sed */
    g_string_append_printf (lines, "sed 's/[%c]%s/%c/g'", mark[0], mark + 1, mark[0]);
  else
    g_string_append (lines, "cat");
  g_string_append_printf (lines, " > " FOLDER "/step << '%s'\n%s%s%s\n", end, text,
                          ends ? "" : "\n", end);
}

/**
 * runnel_kube_wrap:
 * @self: a step and what is to be said around it
 *
 * Returns: (transfer full): lines for sh that run it, with $RUNNEL_OUTPUT as a file of outputs
 */
char *
runnel_kube_wrap (const RunnelKubeWrap *self)
{
  GString *lines = g_string_new (FIRST_LINE);

  g_string_append (lines, "mkdir -p " FOLDER "\nexport RUNNEL_OUTPUT=" FOLDER "/output\n"
                          ": > \"$RUNNEL_OUTPUT\"\n");
  if (self->gate != NULL)
    g_string_append (lines, self->gate);
  add_step (lines, self);
  g_string_append_printf (lines, "code=0\n%s " FOLDER "/step || code=$?\n", self->interpreter);
  if (self->outputs != NULL && self->outputs->len > 0)
    {
      g_string_append (lines, OUTPUT_FUNCTION);
      for (guint i = 0; i < self->outputs->len; i++)
        g_string_append_printf (lines, "output %s > %s\n",
                                (const char *) g_ptr_array_index (self->outputs, i),
                                (const char *) g_ptr_array_index (self->paths, i));
    }
  if (self->end != NULL)
    g_string_append (lines, self->end);
  g_string_append (lines, "exit \"$code\"\n");
  return g_string_free (lines, FALSE);
}

/* Returns: (transfer full) (nullable): the mark that sed is told to look for in `line` */
static char *
read_mark (const char *line)
{
  const char *end;

  if (!g_str_has_prefix (line, "sed 's/[") || line[8] == '\0' || line[9] != ']')
    return NULL;
  end = line + 10 + strspn (line + 10, "%");
  return *end == '/' ? g_strdup_printf ("%c%.*s", line[8], (int) (end - line) - 10, line + 10)
                     : NULL;
}

static char *
read_interpreter (const char *behind)
{
  const char *end = strstr (behind, " " FOLDER "/step || code=$?\n");

  if (!g_str_has_prefix (behind, "code=0\n") || end == NULL)
    return NULL;
  behind += strlen ("code=0\n");
  return end > behind ? g_strndup (behind, end - behind) : NULL;
}

/**
 * runnel_kube_unwrap:
 * @text: a script
 * @ret_text: (out): the lines of the step
 * @ret_interpreter: (out): what runs them
 *
 * Returns: whether @text is of runnel_kube_wrap(); if not nothing is returned
 */
gboolean
runnel_kube_unwrap (const char *text,
                    char      **ret_text,
                    char      **ret_interpreter)
{
  const char *here = g_str_has_prefix (text, FIRST_LINE) ? strstr (text, " > " FOLDER "/step << '")
                                                         : NULL;
  const char *line = here;
  const char *first;
  const char *last;
  g_autofree char *end = NULL;
  g_autofree char *mark = NULL;
  g_autofree char *inner = NULL;

  if (here == NULL)
    return FALSE;
  while (line > text && line[-1] != '\n')
    line--;
  here += strlen (" > " FOLDER "/step << '");
  first = strstr (here, "'\n");
  if (first == NULL)
    return FALSE;
  end = g_strdup_printf ("\n%.*s\n", (int) (first - here), here);
  first += strlen ("'\n");
  last = strstr (first - 1, end);
  if (last == NULL)
    return FALSE;
  *ret_interpreter = read_interpreter (last + strlen (end));
  if (*ret_interpreter == NULL)
    return FALSE;
  inner = last >= first ? g_strndup (first, last + 1 - first) : g_strdup ("");
  mark = read_mark (line);
  if (mark != NULL)
    {
      char brace[] = { mark[0], '\0' };

      *ret_text = replace (inner, mark, brace);
    }
  else
    {
      *ret_text = g_steal_pointer (&inner);
    }
  return TRUE;
}

/**
 * runnel_kube_get_interpreter:
 * @shell: the shell of a step
 *
 * Returns: (transfer full): it with the flags that Runnel gives it: "sh -e"
 */
char *
runnel_kube_get_interpreter (const char *shell)
{
  g_autofree char *flags = runnel_flow_get_flags (shell);

  return *flags != '\0' ? g_strconcat (shell, " ", flags, NULL) : g_strdup (shell);
}

/**
 * runnel_kube_find_shell:
 * @interpreter: what runs a script somewhere else
 * @ret_prelude: (out) (transfer none): what must stand before the script so that it means the same
 * with the flags of Runnel; "" when they are the same
 *
 * Returns: (transfer full) (nullable): the shell for a step, or %NULL if it takes its script in
 * another way
 */
char *
runnel_kube_find_shell (const char  *interpreter,
                        const char **ret_prelude)
{
  static const struct { const char *there, *shell, *prelude; } others[] = {
    { "sh", "sh", "set +e\n" },
    { "sh -x", "sh", "set +e -x\n" },
    { "sh -ex", "sh", "set -x\n" },
    { "sh -eu", "sh", "set -u\n" },
    { "bash", "bash", "set +euo pipefail\n" },
    { "bash -e", "bash", "set +uo pipefail\n" },
    { "bash -eu", "bash", "set +o pipefail\n" },
    { "bash -eux", "bash", "set -x +o pipefail\n" },
    { "bash -ex", "bash", "set -x +uo pipefail\n" },
    { "python", "python", "" },
    { "python3 -u", "python3 -u", "" },
    { "python -u", "python -u", "" },
  };
  static const char *const shells[] = { "sh", "bash", "python3", "node", "perl", "ruby" };
  g_autofree char *plain = NULL;

  if (g_str_has_prefix (interpreter, "/usr/bin/env "))
    plain = g_strdup (interpreter + strlen ("/usr/bin/env "));
  else if (g_str_has_prefix (interpreter, "/usr/bin/"))
    plain = g_strdup (interpreter + strlen ("/usr/bin/"));
  else if (g_str_has_prefix (interpreter, "/bin/"))
    plain = g_strdup (interpreter + strlen ("/bin/"));
  else
    plain = g_strdup (interpreter);
  *ret_prelude = "";
  for (guint i = 0; i < G_N_ELEMENTS (shells); i++)
    {
      g_autofree char *ours = runnel_kube_get_interpreter (shells[i]);

      if (g_str_equal (plain, ours))
        return g_strdup (shells[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_equal (plain, others[i].there))
      {
        *ret_prelude = others[i].prelude;
        return g_strdup (others[i].shell);
      }
  return NULL;
}

/* Whether the failure of a step may be hidden from the system by what runs behind it. */
static gboolean
may_be_hidden (const RunnelFlow     *flow,
               const RunnelFlowStep *step)
{
  if (step->continues)
    return TRUE;
  for (guint i = 0; i < step->followers->len; i++)
    {
      RunnelFlowStep *follower =
        runnel_flow_get_step (flow, g_array_index (step->followers, guint, i));

      if (follower->join != RUNNEL_JOIN_ALL)
        return TRUE;
      for (guint j = 0; j < follower->needs->len; j++)
        {
          const RunnelFlowNeed *need = &g_array_index (follower->needs, RunnelFlowNeed, j);

          if (need->step == step->index && need->on != RUNNEL_ON_SUCCESS)
            return TRUE;
        }
    }
  return FALSE;
}

/**
 * runnel_kube_needs_verdict:
 * @flow: a pipeline
 *
 * A system that judges a run by the last steps of it only agrees with Runnel when a failure reaches
 * them.
 *
 * Returns: whether somebody must look at all steps to tell if the run failed
 */
gboolean
runnel_kube_needs_verdict (const RunnelFlow *flow)
{
  for (guint i = 0; i < flow->steps->len; i++)
    if (may_be_hidden (flow, runnel_flow_get_step (flow, i)))
      return TRUE;
  return FALSE;
}

/**
 * runnel_kube_say_verdict:
 * @flow: a pipeline
 *
 * Each step's state is in $S0, $S1, ... by its position; one that failed counts as good when a step
 * behind it that handles the failure is good itself.
 *
 * Returns: (transfer full): lines of sh that fail when the run has failed
 */
char *
runnel_kube_say_verdict (const RunnelFlow *flow)
{
  GString *lines = g_string_new ("failed () {\n"
                                 "  case \"$1\" in Failed | Error | failure) return 0 ;; esac\n"
                                 "  return 1\n"
                                 "}\n"
                                 "good () {\n"
                                 "  case \"$1\" in Succeeded | success) return 0 ;; esac\n"
                                 "  return 1\n"
                                 "}\n"
                                 "verdict=0\n");

  for (guint i = flow->order->len; i > 0; i--)
    {
      RunnelFlowStep *step = runnel_flow_get_step (flow, g_array_index (flow->order, guint, i - 1));

      for (guint j = 0; j < step->followers->len; j++)
        {
          RunnelFlowStep *follower =
            runnel_flow_get_step (flow, g_array_index (step->followers, guint, j));

          for (guint k = 0; k < follower->needs->len; k++)
            {
              const RunnelFlowNeed *need = &g_array_index (follower->needs, RunnelFlowNeed, k);

              if (need->step == step->index && need->handles && need->on != RUNNEL_ON_SUCCESS)
                g_string_append_printf (
                  lines, "if failed \"$S%u\" && good \"$S%u\"; then S%u=success; fi\n", step->index,
                  follower->index, step->index);
            }
        }
      if (!step->continues)
        g_string_append_printf (lines,
                                "if failed \"$S%u\"; then echo \"%s failed\"; verdict=1; fi\n",
                                step->index, step->id);
    }
  g_string_append (lines, "exit \"$verdict\"\n");
  return g_string_free (lines, FALSE);
}
