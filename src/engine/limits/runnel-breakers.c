/* runnel-breakers.c: the breakers of all pipelines, kept from run to run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/limits/runnel-breakers.h"
#include "engine/limits/runnel-folder-lock.h"
#include "model/runnel-json-read.h"
#include "util/runnel-proc.h"
#include "util/runnel-replace-file.h"

#define SUFFIX ".json"
#define PATIENCE (2 * G_TIME_SPAN_SECOND) /* what is not kept now is lost */

struct _RunnelBreakers
{
  char *folder;
  char *file;
  gint64 run;
  RunnelClock *clock;
  char *problem; /* why something could not be read or kept, or NULL */
};

/* The breakers of one pipeline while its file is locked. */
typedef struct
{
  char *path;
  int lock;
  GHashTable *by_step; /* of RunnelBreaker, those that are not trivial */
} Book;

static char *
make_path (const char *folder,
           const char *file)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, file, -1);
  g_autofree char *name = g_strconcat (digest, SUFFIX, NULL);

  return g_build_filename (folder, name, NULL);
}

/* --- One file --- */

/* A file that makes no sense is as good as none: the steps are tried, and it is written anew. */
static JsonObject *
read_object (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;
  gsize length;

  if (g_file_get_contents (path, &text, &length, NULL))
    root = runnel_json_read (text, length, RUNNEL_JSON_MAX_DEPTH, NULL, NULL);

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_dup_object (root)
                                                       : json_object_new ();
}

static GHashTable *
read_breakers (JsonObject *object)
{
  GHashTable *by_step = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonNode *steps = json_object_get_member (object, "steps");
  JsonObjectIter iter;
  const char *step;
  JsonNode *node;

  if (steps == NULL || !JSON_NODE_HOLDS_OBJECT (steps))
    return by_step;

  json_object_iter_init_ordered (&iter, json_node_get_object (steps));
  while (json_object_iter_next_ordered (&iter, &step, &node))
    {
      RunnelBreaker breaker;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      runnel_breaker_from_json (&breaker, json_node_get_object (node));
      g_hash_table_insert (by_step, g_strdup (step), g_memdup2 (&breaker, sizeof breaker));
    }

  return by_step;
}

static char *
format_breakers (GHashTable *by_step,
                 const char *file)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) root = json_node_init_object (json_node_alloc (), object);
  g_autoptr(GList) ids = g_list_sort (g_hash_table_get_keys (by_step), (GCompareFunc) strcmp);
  JsonObject *steps = json_object_new ();

  json_object_set_string_member (object, "file", file);
  json_object_set_object_member (object, "steps", steps);
  for (GList *l = ids; l != NULL; l = l->next)
    json_object_set_object_member (steps, l->data,
                                   runnel_breaker_to_json (g_hash_table_lookup (by_step, l->data)));

  return json_to_string (root, TRUE);
}

static gboolean
book_open (Book        *self,
           const char  *folder,
           const char  *file,
           GError     **error)
{
  g_autoptr(JsonObject) object = NULL;

  self->lock = runnel_folder_lock (folder, PATIENCE, error);
  if (self->lock < 0)
    return FALSE;

  self->path = make_path (folder, file);
  object = read_object (self->path);
  self->by_step = read_breakers (object);

  return TRUE;
}

static gboolean
book_write (Book        *self,
            const char  *file,
            GError     **error)
{
  g_autofree char *text = format_breakers (self->by_step, file);

  if (g_hash_table_size (self->by_step) > 0)
    return runnel_replace_file (self->path, text, strlen (text), 0600, error);
  if (g_unlink (self->path) == 0 || errno == ENOENT)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "“%s” can't be removed: %s",
               self->path, g_strerror (errno));

  return FALSE;
}

static void
book_close (Book *self)
{
  g_hash_table_unref (self->by_step);
  g_free (self->path);
  runnel_folder_unlock (self->lock);
}

/* --- A run --- */

static void
take_problem (RunnelBreakers *self,
              GError         *error)
{
  g_free (self->problem);
  self->problem = g_strdup (error->message);
  g_error_free (error);
}

static char *
make_reason (RunnelBreakers      *self,
             const char          *step,
             const RunnelBreaker *breaker,
             gint64               now)
{
  g_autofree char *state = runnel_breaker_describe (breaker, now);
  g_autofree char *file = g_shell_quote (self->file);

  return g_strdup_printf ("its breaker is %s; to try it at once: runnel breakers reset %s %s", state,
                          file, step);
}

/* Returns: whether the step may be carried out; @ret_changed tells whether that is to be kept */
static gboolean
ask (RunnelBreakers           *self,
     RunnelBreaker            *breaker,
     const char               *step,
     const RunnelBreakerRule  *rule,
     gboolean                 *ret_changed,
     char                    **ret_reason)
{
  RunnelBreakerProbe probe = { self->run, getpid (), runnel_proc_get_start_time (getpid ()) };
  gint64 now = self->clock->wall (self->clock);
  RunnelBreaker before = *breaker;

  if (!runnel_breaker_admit (breaker, rule, &probe, now))
    {
      *ret_reason = make_reason (self, step, breaker, now);
      return FALSE;
    }
  *ret_changed = breaker->probe.run != before.probe.run;

  return TRUE;
}

/* Returns: whether there is anything new to keep */
static gboolean
take_outcome (RunnelBreakers          *self,
              Book                    *book,
              const char              *step,
              const RunnelBreakerRule *rule,
              RunnelState              outcome)
{
  RunnelBreaker *breaker = g_hash_table_lookup (book->by_step, step);

  if (runnel_state_is_failure (outcome))
    {
      if (breaker == NULL)
        {
          breaker = g_new0 (RunnelBreaker, 1);
          g_hash_table_insert (book->by_step, g_strdup (step), breaker);
        }
      runnel_breaker_fail (breaker, rule, self->run, self->clock->wall (self->clock));
      return TRUE;
    }
  if (breaker == NULL)
    return FALSE;
  if (outcome == RUNNEL_STATE_SUCCEEDED)
    return g_hash_table_remove (book->by_step, step);

  return runnel_breaker_give_up (breaker, self->run);
}

/**
 * runnel_breakers_new:
 *
 * Returns: (transfer full): the breakers of @file for the run @run
 */
RunnelBreakers *
runnel_breakers_new (const char  *folder,
                     const char  *file,
                     gint64       run,
                     RunnelClock *clock)
{
  RunnelBreakers *self = g_new0 (RunnelBreakers, 1);

  self->folder = g_strdup (folder);
  self->file = g_strdup (file);
  self->run = run;
  self->clock = clock;

  return self;
}

void
runnel_breakers_free (RunnelBreakers *self)
{
  g_free (self->folder);
  g_free (self->file);
  g_free (self->problem);
  g_free (self);
}

/**
 * runnel_breakers_admit:
 * @step: id of a step that is about to begin
 * @rule: its `breaker`
 * @ret_reason: (out) (transfer full): why it may not, a sentence for people
 *
 * A breaker that can't be read stops nothing; see runnel_breakers_get_problem().
 *
 * Returns: whether the step may be carried out. Who is let through has to record how it went.
 */
gboolean
runnel_breakers_admit (RunnelBreakers           *self,
                       const char               *step,
                       const RunnelBreakerRule  *rule,
                       char                    **ret_reason)
{
  RunnelBreaker *breaker;
  GError *error = NULL;
  gboolean is_admitted = TRUE;
  gboolean is_changed = FALSE;
  Book book;

  if (!book_open (&book, self->folder, self->file, &error))
    {
      take_problem (self, error);
      return TRUE;
    }

  breaker = g_hash_table_lookup (book.by_step, step);
  if (breaker != NULL)
    is_admitted = ask (self, breaker, step, rule, &is_changed, ret_reason);
  if (is_changed && !book_write (&book, self->file, &error))
    take_problem (self, error);
  book_close (&book);

  return is_admitted;
}

/**
 * runnel_breakers_record:
 * @step: id of a step that was let through
 * @rule: its `breaker`
 * @outcome: how it ended, after all its attempts; one that is neither success nor failure counts
 *   as nothing
 */
void
runnel_breakers_record (RunnelBreakers          *self,
                        const char              *step,
                        const RunnelBreakerRule *rule,
                        RunnelState              outcome)
{
  GError *error = NULL;
  Book book;

  if (!book_open (&book, self->folder, self->file, &error))
    {
      take_problem (self, error);
      return;
    }

  if (take_outcome (self, &book, step, rule, outcome) && !book_write (&book, self->file, &error))
    take_problem (self, error);
  book_close (&book);
}

/**
 * runnel_breakers_get_problem:
 *
 * Returns: (transfer none) (nullable): why the breakers could not be read or kept the last time
 *   that happened
 */
const char *
runnel_breakers_get_problem (RunnelBreakers *self)
{
  return self->problem;
}

/* --- Everyone else --- */

void
runnel_breaker_record_free (RunnelBreakerRecord *self)
{
  g_free (self->file);
  g_free (self->step);
  g_free (self);
}

static int
compare_records (gconstpointer a,
                 gconstpointer b)
{
  const RunnelBreakerRecord *const *first = a, *const *second = b;
  int order = strcmp ((*first)->file, (*second)->file);

  return order != 0 ? order : strcmp ((*first)->step, (*second)->step);
}

/* A file is replaced in one step, so it can be read without the lock. */
static void
add_records (GPtrArray  *records,
             const char *path)
{
  g_autoptr(JsonObject) object = read_object (path);
  g_autoptr(GHashTable) by_step = read_breakers (object);
  const char *file = json_object_get_string_member_with_default (object, "file", "");
  GHashTableIter iter;
  gpointer step, breaker;

  g_hash_table_iter_init (&iter, by_step);
  while (g_hash_table_iter_next (&iter, &step, &breaker))
    {
      RunnelBreakerRecord *record = g_new0 (RunnelBreakerRecord, 1);

      record->file = g_strdup (file);
      record->step = g_strdup (step);
      record->breaker = *(RunnelBreaker *) breaker;
      g_ptr_array_add (records, record);
    }
}

/**
 * runnel_breakers_list:
 * @folder: where the breakers of all pipelines are
 * @file: (nullable): the file of one pipeline, absolute; %NULL = all
 * @error: a #GIOError or #GFileError
 *
 * Returns: (transfer container) (element-type RunnelBreakerRecord) (nullable): the breakers of
 *   steps that have failed since they succeeded last, by file and step
 */
GPtrArray *
runnel_breakers_list (const char  *folder,
                      const char  *file,
                      GError     **error)
{
  g_autoptr(GPtrArray) records = NULL;
  g_autofree char *path = file != NULL ? make_path (folder, file) : NULL;
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GError) problem = NULL;
  const char *name;

  records = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_breaker_record_free);
  if (path != NULL)
    add_records (records, path);
  else
    dir = g_dir_open (folder, 0, &problem);
  if (problem != NULL && !g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, SUFFIX))
        add_records (records, inner);
    }
  g_ptr_array_sort (records, compare_records);

  return g_steal_pointer (&records);
}

/**
 * runnel_breakers_reset:
 * @folder: where the breakers of all pipelines are
 * @file: the file of one pipeline, absolute
 * @step: (nullable): a step of it; %NULL = all
 * @error: a #GIOError
 *
 * Closes breakers and forgets the failures that they have counted.
 *
 * Returns: how many there were, or -1
 */
int
runnel_breakers_reset (const char  *folder,
                       const char  *file,
                       const char  *step,
                       GError     **error)
{
  int n_reset = 0;
  Book book;

  if (!book_open (&book, folder, file, error))
    return -1;

  n_reset = g_hash_table_size (book.by_step);
  if (step == NULL)
    g_hash_table_remove_all (book.by_step);
  else
    n_reset = g_hash_table_remove (book.by_step, step);
  if (n_reset > 0 && !book_write (&book, file, error))
    n_reset = -1;
  book_close (&book);

  return n_reset;
}
