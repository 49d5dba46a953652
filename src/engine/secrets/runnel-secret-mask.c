/* runnel-secret-mask.c: finds secrets in bytes and puts *** in their place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/secrets/runnel-secret-forms.h"
#include "engine/secrets/runnel-secret-mask.h"

/* All forms are looked for at once by the automaton of A. V. Aho and M. J. Corasick, "Efficient
 * String Matching: An Aid to Bibliographic Search", CACM 18 (1975). Each byte is looked at once, so
 * a stream may come in pieces cut anywhere.
 *
 * Most bytes belong to no secret. They are passed over by the idea of S. Wu and U. Manber, "A Fast
 * Algorithm for Multi-Pattern Searching" (1994): of any occurrence, which has at least four bytes,
 * one of the first two groups of three begins at every other place, so it is enough to look
 * there, and a small table of hashes says which groups occur in no form. */

#define GROUP 3
#define STRIDE (RUNNEL_SECRET_MIN_LENGTH - GROUP + 1)
#define FILTER_BITS 16

typedef struct
{
  guint32 child;   /* the first of those that continue this one, 0 = none */
  guint32 sibling; /* the next that continues the same one, 0 = none */
  guint32 failure; /* the longest proper end of this one that some form begins with */
  guint32 depth;   /* bytes */
  guint32 match;   /* bytes of the longest form that is an end of this one, 0 = none */
  guint8 byte;     /* the last one */
} Node;

struct _RunnelSecretMask
{
  GArray *nodes;    /* Node; the first is the root */
  guint32 root[256];
  guint8 filter[(1 << FILTER_BITS) / 8];
};

/* A stretch of bytes to hide, by position in the text at hand. */
typedef struct
{
  gsize start;
  gsize end;
} Stretch;

struct _RunnelSecretStream
{
  RunnelSecretMask *mask;
  guint32 state;
  GString *held;     /* what may still turn out to be the beginning of a secret */
  GArray *stretches; /* Stretch; in order, apart from each other; they lie in `held` */
  gboolean is_behind_hidden; /* the last thing written was *** */
};

static Node *
get_node (RunnelSecretMask *self,
          guint32           index)
{
  return &g_array_index (self->nodes, Node, index);
}

/* The filter. */

/* Of the first three of four bytes. */
static inline guint32
hash_group (const char *group)
{
  guint32 bytes;

  memcpy (&bytes, group, sizeof bytes);
  return (GUINT32_FROM_LE (bytes) & 0xffffff) * 0x9e3779b1u >> (32 - FILTER_BITS);
}

static void
add_to_filter (RunnelSecretMask *self,
               const char       *form)
{
  for (guint i = 0; i < STRIDE; i++)
    {
      guint32 hash = hash_group (form + i); /* a form ends with a NUL, so there are four */

      self->filter[hash / 8] |= 1 << hash % 8;
    }
}

static inline gboolean
filter_passes (const guint8 *filter,
               const char   *group)
{
  guint32 hash = hash_group (group);

  return filter[hash / 8] >> hash % 8 & 1;
}

/* Returns: the first place at or behind @start where a secret may begin; the last few bytes can't
 * be told */
static gsize
skip (RunnelSecretMask *self,
      const char       *text,
      gsize             start,
      gsize             length)
{
  const guint8 *filter = self->filter;
  gsize i = start;

  while (i + GROUP < length && !filter_passes (filter, text + i))
    i += STRIDE;
  return i > start ? MIN (i - (STRIDE - 1), length) : start;
}

/* The automaton. */

static guint32
find_child (RunnelSecretMask *self,
            guint32           parent,
            guint8            byte)
{
  guint32 child;

  if (parent == 0)
    return self->root[byte];
  child = get_node (self, parent)->child;
  while (child != 0 && get_node (self, child)->byte != byte)
    child = get_node (self, child)->sibling;
  return child;
}

static guint32
add_child (RunnelSecretMask *self,
           guint32           parent,
           guint8            byte)
{
  Node node = {
    .sibling = get_node (self, parent)->child,
    .depth = get_node (self, parent)->depth + 1,
    .byte = byte,
  };
  guint32 index = self->nodes->len;

  g_array_append_val (self->nodes, node);
  get_node (self, parent)->child = index;
  if (parent == 0)
    self->root[byte] = index;
  return index;
}

static void
add_form (RunnelSecretMask *self,
          const char       *form)
{
  guint32 node = 0;

  for (const char *c = form; *c; c++)
    {
      guint32 child = find_child (self, node, *c);

      node = child != 0 ? child : add_child (self, node, *c);
    }
  get_node (self, node)->match = get_node (self, node)->depth;
  add_to_filter (self, form);
}

static guint32
step (RunnelSecretMask *self,
      guint32           state,
      guint8            byte)
{
  guint32 child;

  while ((child = find_child (self, state, byte)) == 0 && state != 0)
    state = get_node (self, state)->failure;
  return child;
}

static void
link_child (RunnelSecretMask *self,
            guint32           parent,
            guint32           child)
{
  Node *node = get_node (self, child);

  node->failure = parent == 0 ? 0 : step (self, get_node (self, parent)->failure, node->byte);
  if (node->match == 0)
    node->match = get_node (self, node->failure)->match;
}

/* Breadth first, because a failure leads to a shorter node. */
static void
link_failures (RunnelSecretMask *self)
{
  g_autofree guint32 *queue = g_new (guint32, self->nodes->len);
  guint n = 0;

  queue[n++] = 0;
  for (guint i = 0; i < n; i++)
    for (guint32 child = get_node (self, queue[i])->child; child != 0;
         child = get_node (self, child)->sibling)
      {
        link_child (self, queue[i], child);
        queue[n++] = child;
      }
}

static void
mask_clear (gpointer data)
{
  RunnelSecretMask *self = data;

  g_array_unref (self->nodes);
}

/**
 * runnel_secret_mask_new:
 * @values: the secrets, UTF-8, NULL-terminated
 *
 * Prepares to find secrets in any of the forms of runnel_secret_forms_add().
 *
 * Returns: (transfer full)
 */
RunnelSecretMask *
runnel_secret_mask_new (const char *const *values)
{
  RunnelSecretMask *self = g_atomic_rc_box_new0 (RunnelSecretMask);
  g_autoptr(GHashTable) forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer form;
  Node root = { 0, };

  self->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  g_array_append_val (self->nodes, root);

  for (; *values; values++)
    runnel_secret_forms_add (forms, *values);
  g_hash_table_iter_init (&iter, forms);
  while (g_hash_table_iter_next (&iter, &form, NULL))
    add_form (self, form);
  link_failures (self);
  return self;
}

RunnelSecretMask *
runnel_secret_mask_ref (RunnelSecretMask *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
runnel_secret_mask_unref (RunnelSecretMask *self)
{
  g_atomic_rc_box_release_full (self, mask_clear);
}

/**
 * runnel_secret_mask_finds:
 * @data: any bytes
 * @length: of @data
 *
 * Returns: whether there is a secret in it
 */
gboolean
runnel_secret_mask_finds (RunnelSecretMask *self,
                          const char       *data,
                          gsize             length)
{
  guint32 state = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (state == 0)
        i = skip (self, data, i, length);
      if (i == length)
        break;
      state = step (self, state, data[i]);
      if (get_node (self, state)->match > 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * runnel_secret_mask_hide:
 * @text: a text
 *
 * Returns: (transfer full) (nullable): the text with *** in place of secrets; %NULL when there
 *   are none in it
 */
char *
runnel_secret_mask_hide (RunnelSecretMask *self,
                         const char       *text)
{
  g_autoptr(RunnelSecretStream) stream = NULL;
  gsize length = strlen (text);
  GString *out;

  if (!runnel_secret_mask_finds (self, text, length))
    return NULL;
  stream = runnel_secret_stream_new (self);
  out = g_string_new (NULL);
  runnel_secret_stream_push (stream, text, length, out);
  runnel_secret_stream_finish (stream, out);
  return g_string_free (out, FALSE);
}

/**
 * runnel_secret_stream_new:
 *
 * Begins to hide secrets in a stream of bytes.
 *
 * Returns: (transfer full)
 */
RunnelSecretStream *
runnel_secret_stream_new (RunnelSecretMask *mask)
{
  RunnelSecretStream *self = g_new0 (RunnelSecretStream, 1);

  self->mask = runnel_secret_mask_ref (mask);
  self->held = g_string_new (NULL);
  self->stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  return self;
}

void
runnel_secret_stream_free (RunnelSecretStream *self)
{
  runnel_secret_mask_unref (self->mask);
  g_string_free (self->held, TRUE);
  g_array_unref (self->stretches);
  g_free (self);
}

/* One that ends later may begin earlier, and swallow those before it. */
static void
add_stretch (RunnelSecretStream *self,
             gsize               start,
             gsize               end)
{
  Stretch stretch = { start, end };
  guint n = self->stretches->len;

  for (; n > 0 && g_array_index (self->stretches, Stretch, n - 1).end >= stretch.start; n--)
    stretch.start = MIN (stretch.start, g_array_index (self->stretches, Stretch, n - 1).start);
  g_array_set_size (self->stretches, n);
  g_array_append_val (self->stretches, stretch);
}

/* What has been found does not depend on where the stream was cut: the states along it are the
 * same. */
static void
search (RunnelSecretStream *self,
        const char         *text,
        gsize               start,
        gsize               length)
{
  RunnelSecretMask *mask = self->mask;
  guint32 state = self->state;

  for (gsize i = start; i < length; i++)
    {
      if (state == 0)
        i = skip (mask, text, i, length);
      if (i == length)
        break;
      state = step (mask, state, text[i]);
      if (get_node (mask, state)->match > 0)
        add_stretch (self, i + 1 - get_node (mask, state)->match, i + 1);
    }
  self->state = state;
}

static void
write_open (RunnelSecretStream *self,
            const char         *text,
            gsize               start,
            gsize               end,
            GString            *out)
{
  if (start >= end)
    return;
  g_string_append_len (out, text + start, end - start);
  self->is_behind_hidden = FALSE;
}

/* Secrets side by side are hidden as one, also where they are written one after the other. */
static void
write_hidden (RunnelSecretStream *self,
              GString            *out)
{
  if (!self->is_behind_hidden)
    g_string_append (out, RUNNEL_SECRET_HIDDEN);
  self->is_behind_hidden = TRUE;
}

/* Writes the first @end bytes of @text, and lets the stretches be about the rest. */
static void
write_settled (RunnelSecretStream *self,
               const char         *text,
               gsize               end,
               GString            *out)
{
  gsize written = 0;
  guint n_kept = 0;

  for (guint i = 0; i < self->stretches->len; i++)
    {
      Stretch *stretch = &g_array_index (self->stretches, Stretch, i);

      if (stretch->start < end)
        {
          write_open (self, text, written, stretch->start, out);
          write_hidden (self, out);
          written = MIN (stretch->end, end);
        }
      if (stretch->end > end)
        g_array_index (self->stretches, Stretch, n_kept++) =
          (Stretch) { MAX (stretch->start, end) - end, stretch->end - end };
    }
  g_array_set_size (self->stretches, n_kept);
  write_open (self, text, written, end, out);
}

/**
 * runnel_secret_stream_push:
 * @data: the next bytes
 * @length: of @data
 * @out: where all goes that can't be part of a secret any more
 */
void
runnel_secret_stream_push (RunnelSecretStream *self,
                           const char         *data,
                           gsize               length,
                           GString            *out)
{
  gsize start = self->held->len;
  gsize settled;

  if (start > 0)
    {
      g_string_append_len (self->held, data, length);
      data = self->held->str;
      length = self->held->len;
    }
  search (self, data, start, length);
  settled = length - get_node (self->mask, self->state)->depth;
  write_settled (self, data, settled, out);
  if (start > 0)
    g_string_erase (self->held, 0, settled);
  else
    g_string_append_len (self->held, data + settled, length - settled);
}

/**
 * runnel_secret_stream_finish:
 * @out: where the rest goes
 *
 * Tells that nothing more comes.
 */
void
runnel_secret_stream_finish (RunnelSecretStream *self,
                             GString            *out)
{
  write_settled (self, self->held->str, self->held->len, out);
  g_string_truncate (self->held, 0);
  self->state = 0;
}
