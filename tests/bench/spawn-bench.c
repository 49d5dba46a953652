/* spawn-bench.c: what it costs to start processes and to take their output
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every way of starting runs the same number of /bin/true, four at once. The ways take turns and
 * the median of three turns counts: on a machine with other work only the ratios mean something.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/runnel-log-pool.h"
#include "engine/runnel-process.h"

#define JOBS 4
#define TURNS 3
#define DEFAULT_COUNT 2000
#define GIGABYTE "1073741824"

static guint count = DEFAULT_COUNT;
static char *dir;

/* The floor: nothing but processes. */

static pid_t
spawn_bare (const char *const *argv,
            const char        *output)
{
  posix_spawn_file_actions_t actions;
  pid_t pid;

  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  if (output)
    posix_spawn_file_actions_addopen (&actions, STDOUT_FILENO, output,
                                      O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (posix_spawn (&pid, argv[0], &actions, NULL, (char **) argv, environ) != 0)
    g_error ("posix_spawn failed");
  posix_spawn_file_actions_destroy (&actions);
  return pid;
}

static const char *const true_argv[] = { "/bin/true", NULL };

static void
run_bare (const char *const *argv,
          guint              n,
          guint              jobs)
{
  guint n_started = 0;

  for (guint n_running = 0; n_started < n || n_running > 0;)
    {
      for (; n_running < jobs && n_started < n; n_running++, n_started++)
        spawn_bare (argv, NULL);
      wait (NULL);
      n_running--;
    }
}

/* Two threads of two at once each; they wait for their own children only. */
static gpointer
bare_thread (gpointer data)
{
  pid_t pids[JOBS / 2];

  for (guint i = 0; i < count / 2 + JOBS / 2; i++)
    {
      guint slot = i % G_N_ELEMENTS (pids);

      if (i >= G_N_ELEMENTS (pids))
        waitpid (pids[slot], NULL, 0);
      if (i < count / 2)
        pids[slot] = spawn_bare (true_argv, NULL);
    }
  return NULL;
}

static void
run_threads (void)
{
  GThread *threads[2];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("spawn", bare_thread, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* Ours. */

/* What becomes of the output. */
typedef enum
{
  DISCARDED,
  FILES, /* one for each process, made when it starts */
  POOL,
} Logs;

typedef struct
{
  RunnelReaper *reaper;
  RunnelLogPool *pool;
  GMainLoop *loop;
  const char *const *argv;
  Logs logs;
  guint n;
  guint n_started;
  guint n_ended;
} Ours;

typedef struct
{
  Ours *ours;
  RunnelLog *log; /* NULL = it is none of the pool's */
} Process;

static void start_next (Ours *self);

static void
started_cb (pid_t    pid,
            gint64   start_time,
            gpointer user_data)
{
}

static void
ended_cb (const RunnelProcessEnd *end,
          gpointer                user_data)
{
  Process *process = user_data;
  Ours *self = process->ours;

  if (end->exit_code != 0)
    g_error ("It ended with %d", end->exit_code);
  if (process->log && !runnel_log_pool_close (self->pool, process->log, NULL))
    g_error ("The log is lost");
  g_free (process);
  if (++self->n_ended == self->n)
    g_main_loop_quit (self->loop);
  else if (self->n_started < self->n)
    start_next (self);
}

static const RunnelProcessCallbacks callbacks = { started_cb, ended_cb };

static int
open_output (Ours    *self,
             Process *process)
{
  g_autofree char *path = g_strdup_printf ("%s/%u.log", dir, self->n_started);
  int fd = -1;

  if (self->logs == DISCARDED)
    return open ("/dev/null", O_WRONLY | O_CLOEXEC);
  if (self->logs == FILES)
    return open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  process->log = runnel_log_pool_open (self->pool, path, &fd, NULL);
  return fd;
}

static void
start_next (Ours *self)
{
  Process *process = g_new0 (Process, 1);
  RunnelProcessRequest request = {
    .argv = self->argv,
    .env = (const char *const *) environ,
    .working_directory = dir,
    .grace = G_USEC_PER_SEC,
  };

  process->ours = self;
  request.output_fd = open_output (self, process);
  self->n_started++;
  runnel_process_start (self->reaper, &request, &callbacks, process);
}

static void
run_ours (const char *const *argv,
          guint              n,
          Logs               logs)
{
  Ours self = { .argv = argv, .n = n, .logs = logs };

  self.reaper = runnel_reaper_new (NULL);
  self.pool = runnel_log_pool_new ();
  self.loop = g_main_loop_new (NULL, FALSE);
  while (self.n_started < MIN (n, JOBS))
    start_next (&self);
  g_main_loop_run (self.loop);
  g_main_loop_unref (self.loop);
  runnel_log_pool_free (self.pool);
  runnel_reaper_free (self.reaper);
}

/* Ways. */

static const char *const output_argv[] = { "/usr/bin/head", "-c", GIGABYTE, "/dev/zero", NULL };

static void
bare (void)
{
  run_bare (true_argv, count, JOBS);
}

static void
ours (void)
{
  run_ours (true_argv, count, DISCARDED);
}

static void
ours_files (void)
{
  run_ours (true_argv, count, FILES);
}

static void
ours_pool (void)
{
  run_ours (true_argv, count, POOL);
}

static void
output_bare (void)
{
  g_autofree char *path = g_build_filename (dir, "0.log", NULL);

  spawn_bare (output_argv, path);
  wait (NULL);
}

static void
output_ours (void)
{
  run_ours (output_argv, 1, POOL);
}

typedef struct
{
  const char *key;
  const char *label;
  void (*run) (void);
  guint reference; /* the way it is compared with */
} Way;

static const Way ways[] = {
  { "bare", "bare posix_spawn loop", bare, 0 },
  { "threads", "bare loop, 2 threads", run_threads, 0 },
  { "ours", "ours, output discarded", ours, 0 },
  { "ours-files", "ours, a file for each", ours_files, 0 },
  { "ours-pool", "ours, pooled logs", ours_pool, 0 },
  { "output-bare", "1 GB of output, bare", output_bare, 5 },
  { "output-ours", "1 GB of output, ours", output_ours, 5 },
};

static void
make_dir (void)
{
  dir = g_dir_make_tmp ("runnel-bench-XXXXXX", NULL);
  if (!dir)
    g_error ("No folder for logs could be made");
}

static void
remove_dir (void)
{
  g_autoptr(GDir) entries = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (entries)))
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_unlink (path);
    }
  g_rmdir (dir);
  g_clear_pointer (&dir, g_free);
}

static double
measure (const Way *way)
{
  gint64 start = g_get_monotonic_time ();

  way->run ();
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

static int
compare (const void *a,
         const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
median (double *times)
{
  qsort (times, TURNS, sizeof *times, compare);
  return times[TURNS / 2];
}

static long
get_peak_kb (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/* The folders are removed at the very end: where files were just deleted, ext4 makes new ones
 * many times slower. */
static void
take_times (double times[][TURNS])
{
  g_autoptr(GPtrArray) dirs = g_ptr_array_new ();

  for (guint turn = 0; turn < TURNS; turn++)
    for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
      {
        make_dir ();
        times[i][turn] = measure (&ways[i]);
        g_ptr_array_add (dirs, dir);
      }
  for (guint i = 0; i < dirs->len; i++)
    {
      dir = g_ptr_array_index (dirs, i);
      remove_dir ();
    }
}

static void
print_table (const double *medians)
{
  printf ("%u processes, %d at once\n%-26s %9s %7s\n", count, JOBS, "", "seconds", "ratio");
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    printf ("%-26s %9.3f %7.2f\n", ways[i].label, medians[i],
            medians[i] / medians[ways[i].reference]);
  printf ("peak memory %ld kB\n", get_peak_kb ());
}

static void
print_json (const double *medians)
{
  printf ("{\"benchmark\": \"spawn\", \"count\": %u, \"peak-kb\": %ld", count, get_peak_kb ());
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    printf (", \"%s\": {\"seconds\": %.4f, \"ratio\": %.3f}", ways[i].key, medians[i],
            medians[i] / medians[ways[i].reference]);
  printf ("}\n");
}

/* usage: spawn-bench [COUNT]; spawn-bench --bare COUNT JOBS PROGRAM [ARGUMENT...] is nothing but the
 * bare loop, for others to compare with. */
int
main (int    argc,
      char **argv)
{
  double times[G_N_ELEMENTS (ways)][TURNS];
  double medians[G_N_ELEMENTS (ways)];

  if (argc > 4 && g_str_equal (argv[1], "--bare"))
    {
      run_bare ((const char *const *) argv + 4, atoi (argv[2]), atoi (argv[3]));
      return 0;
    }

  if (argc > 1)
    count = MAX (atoi (argv[1]), JOBS);
  take_times (times);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    medians[i] = median (times[i]);
  print_table (medians);
  print_json (medians);
  return 0;
}
