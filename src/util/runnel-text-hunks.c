/* runnel-text-hunks.c: which lines turn one text into another
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The patience method (Bram Cohen): lines that stand once in each text, and in the same order, are
 * anchors; what lies between two anchors is compared from both ends, and the rest is replaced. The
 * ids of steps make almost every block of a pipeline an anchor, so this is linear where a shortest
 * edit script would not be.
 */
#include "config.h"

#include <string.h>

#include "util/runnel-text-hunks.h"

typedef struct
{
  const char *at;
  gsize length; /* with the newline */
} Line;

typedef struct
{
  GArray *from; /* of Line */
  GArray *to;
  GArray *hunks;
} Texts;

/* Where a line stands; more than once in one of the texts makes it no anchor. */
typedef struct
{
  guint n_from, n_to;
  guint from;
} Places;

static GArray *
split (const char *text)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));

  while (*text)
    {
      const char *end = strchrnul (text, '\n');
      Line line = { text, (gsize) (end - text) + (*end == '\n') };

      g_array_append_val (lines, line);
      text += line.length;
    }
  return lines;
}

static Line *
get_line (GArray *lines,
          guint   index)
{
  return &g_array_index (lines, Line, index);
}

static guint
line_hash (gconstpointer data)
{
  const Line *line = data;
  guint hash = 5381;

  for (gsize i = 0; i < line->length; i++)
    hash = hash * 33 + (guchar) line->at[i];
  return hash;
}

static gboolean
line_equal (gconstpointer one,
            gconstpointer two)
{
  const Line *a = one, *b = two;

  return a->length == b->length && memcmp (a->at, b->at, a->length) == 0;
}

static gboolean
is_same_line (Texts *self,
              guint  from,
              guint  to)
{
  return line_equal (get_line (self->from, from), get_line (self->to, to));
}

/* Both ranges without the lines they begin and end with alike. */
static void
trim (Texts *self,
      guint *from,
      guint *from_end,
      guint *to,
      guint *to_end)
{
  while (*from < *from_end && *to < *to_end && is_same_line (self, *from, *to))
    (*from)++, (*to)++;
  while (*from < *from_end && *to < *to_end && is_same_line (self, *from_end - 1, *to_end - 1))
    (*from_end)--, (*to_end)--;
}

static void
add_hunk (Texts *self,
          guint  from,
          guint  from_end,
          guint  to,
          guint  to_end)
{
  RunnelTextHunk hunk = { .line = from, .n_removed = from_end - from, .text = "" };

  if (to < to_end)
    {
      Line *last = get_line (self->to, to_end - 1);

      hunk.text = get_line (self->to, to)->at;
      hunk.length = (gsize) (last->at + last->length - hunk.text);
    }
  if (hunk.n_removed > 0 || hunk.length > 0)
    g_array_append_val (self->hunks, hunk);
}

static void
compare (Texts *self,
         guint  from,
         guint  from_end,
         guint  to,
         guint  to_end)
{
  trim (self, &from, &from_end, &to, &to_end);
  add_hunk (self, from, from_end, to, to_end);
}

static Places *
get_places (GHashTable *table,
            Line       *line)
{
  Places *places = g_hash_table_lookup (table, line);

  if (!places)
    {
      places = g_new0 (Places, 1);
      g_hash_table_insert (table, line, places);
    }
  return places;
}

static GHashTable *
find_places (Texts *self,
             guint  from,
             guint  from_end,
             guint  to,
             guint  to_end)
{
  GHashTable *table = g_hash_table_new_full (line_hash, line_equal, NULL, g_free);

  for (guint i = from; i < from_end; i++)
    {
      Places *places = get_places (table, get_line (self->from, i));

      places->n_from++;
      places->from = i;
    }
  for (guint i = to; i < to_end; i++)
    get_places (table, get_line (self->to, i))->n_to++;
  return table;
}

/* Anchors that go backwards were moved and are passed over: the first of two that cross stays. */
static void
compare_between_anchors (Texts *self,
                         guint  from,
                         guint  from_end,
                         guint  to,
                         guint  to_end)
{
  g_autoptr(GHashTable) table = find_places (self, from, from_end, to, to_end);

  for (guint i = to; i < to_end; i++)
    {
      Places *places = g_hash_table_lookup (table, get_line (self->to, i));

      if (places->n_from != 1 || places->n_to != 1 || places->from < from)
        continue;
      compare (self, from, places->from, to, i);
      from = places->from + 1;
      to = i + 1;
    }
  compare (self, from, from_end, to, to_end);
}

/**
 * runnel_text_hunks_new:
 * @from: a text
 * @to: another one; the hunks refer to it
 *
 * Returns: (transfer full) (element-type RunnelTextHunk): what to replace in @from, from the top
 *   down, so that it becomes @to
 */
GArray *
runnel_text_hunks_new (const char *from,
                       const char *to)
{
  g_autoptr(GArray) old = split (from), new = split (to);
  guint from_start = 0, from_end = old->len, to_start = 0, to_end = new->len;
  Texts self = { old, new, g_array_new (FALSE, FALSE, sizeof (RunnelTextHunk)) };

  trim (&self, &from_start, &from_end, &to_start, &to_end);
  compare_between_anchors (&self, from_start, from_end, to_start, to_end);
  return self.hunks;
}
