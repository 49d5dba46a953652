/* runnel-tally-sheet.c: tallies of many steps, by their numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As bytes: for each step the distance of its number from the one before, and its tally.
 */
#include "config.h"

#include "history/runnel-tally-sheet.h"

struct _RunnelTallySheet
{
  GArray *entries; /* of RunnelTallyEntry, by key */
  guint next;      /* where the key after the one asked for last would be */
};

static void
entry_clear (gpointer data)
{
  runnel_tally_clear (&((RunnelTallyEntry *) data)->tally);
}

/**
 * runnel_tally_sheet_new:
 *
 * Returns: (transfer full): a sheet with nothing on it
 */
RunnelTallySheet *
runnel_tally_sheet_new (void)
{
  RunnelTallySheet *self = g_new0 (RunnelTallySheet, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (RunnelTallyEntry));
  g_array_set_clear_func (self->entries, entry_clear);
  return self;
}

/**
 * runnel_tally_sheet_free:
 * @self: (transfer full): a sheet
 */
void
runnel_tally_sheet_free (RunnelTallySheet *self)
{
  g_array_unref (self->entries);
  g_free (self);
}

static guint
get_key (RunnelTallySheet *self,
         guint             position)
{
  return g_array_index (self->entries, RunnelTallyEntry, position).key;
}

/* Sheets are read from the first to the last key: where the next one was left is tried first. */
static guint
find (RunnelTallySheet *self,
      guint             key)
{
  guint low = 0, high = self->entries->len;

  if (self->next < high && get_key (self, self->next) == key)
    return self->next;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_key (self, middle) < key)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * runnel_tally_sheet_ensure:
 * @self: a sheet
 * @key: the number of a step
 *
 * Returns: (transfer none): its tally, empty when it is new; until the next one is asked for
 */
RunnelTally *
runnel_tally_sheet_ensure (RunnelTallySheet *self,
                           guint             key)
{
  guint position = find (self, key);

  if (position == self->entries->len || get_key (self, position) != key)
    {
      RunnelTallyEntry entry = { .key = key };

      g_array_insert_val (self->entries, position, entry);
    }
  self->next = position + 1;
  return &g_array_index (self->entries, RunnelTallyEntry, position).tally;
}

/**
 * runnel_tally_sheet_lookup:
 * @self: a sheet
 * @key: the number of a step
 *
 * Returns: (transfer none) (nullable): its tally
 */
const RunnelTally *
runnel_tally_sheet_lookup (RunnelTallySheet *self,
                           guint             key)
{
  guint position = find (self, key);

  if (position == self->entries->len || get_key (self, position) != key)
    return NULL;
  return &g_array_index (self->entries, RunnelTallyEntry, position).tally;
}

/**
 * runnel_tally_sheet_get_n:
 * @self: a sheet
 *
 * Returns: how many steps are on it
 */
guint
runnel_tally_sheet_get_n (RunnelTallySheet *self)
{
  return self->entries->len;
}

/**
 * runnel_tally_sheet_get:
 * @self: a sheet
 * @position: less than there are
 *
 * Returns: (transfer none): a step; they are in the order of their numbers
 */
const RunnelTallyEntry *
runnel_tally_sheet_get (RunnelTallySheet *self,
                        guint             position)
{
  return &g_array_index (self->entries, RunnelTallyEntry, position);
}

/**
 * runnel_tally_sheet_pack:
 * @self: a sheet
 *
 * Returns: (transfer full): it as bytes, without what is empty
 */
GBytes *
runnel_tally_sheet_pack (RunnelTallySheet *self)
{
  GByteArray *bytes = g_byte_array_new ();
  guint last = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const RunnelTallyEntry *entry = runnel_tally_sheet_get (self, i);

      if (runnel_tally_is_empty (&entry->tally))
        continue;
      runnel_tally_pack_number (bytes, entry->key - last);
      runnel_tally_pack (&entry->tally, bytes);
      last = entry->key;
    }
  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
unpack_key (const guint8 **cursor,
            const guint8  *end,
            guint64       *key)
{
  guint64 distance;

  if (!runnel_tally_unpack_number (cursor, end, &distance) || distance > G_MAXUINT - *key)
    return FALSE;
  *key += distance;
  return TRUE;
}

/**
 * runnel_tally_sheet_unpack:
 * @self: a sheet, to which what is read is added
 * @bytes: (array length=length): a sheet as bytes
 * @length: how many
 *
 * Returns: %FALSE when the bytes are no sheet; then @self may have a part of it
 */
gboolean
runnel_tally_sheet_unpack (RunnelTallySheet *self,
                           const guint8     *bytes,
                           gsize             length)
{
  const guint8 *cursor = bytes, *end = bytes + length;
  guint64 key = 0;

  while (cursor < end)
    if (!unpack_key (&cursor, end, &key) ||
        !runnel_tally_unpack (runnel_tally_sheet_ensure (self, key), &cursor, end))
      return FALSE;
  return TRUE;
}

/**
 * runnel_tally_sheet_unpack_one:
 * @bytes: (array length=length): a sheet as bytes
 * @length: how many
 * @key: the number of a step
 * @tally: a tally, to which that of the step is added, if it is there
 *
 * Returns: %FALSE when the bytes are no sheet as far as they were read
 */
gboolean
runnel_tally_sheet_unpack_one (const guint8 *bytes,
                               gsize         length,
                               guint         key,
                               RunnelTally  *tally)
{
  const guint8 *cursor = bytes, *end = bytes + length;
  guint64 found = 0;

  while (cursor < end)
    {
      if (!unpack_key (&cursor, end, &found))
        return FALSE;
      if (found == key)
        return runnel_tally_unpack (tally, &cursor, end);
      if (found > key)
        return TRUE;
      if (!runnel_tally_skip (&cursor, end))
        return FALSE;
    }
  return TRUE;
}
