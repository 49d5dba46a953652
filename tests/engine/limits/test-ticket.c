/* test-ticket.c: a line of processes, kept as files in a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/limits/runnel-ticket.h"
#include "limits-fixture.h"

static RunnelTicket *
draw (RunnelTickets *tickets,
      gint64         run,
      const char    *step,
      gboolean       is_in)
{
  RunnelTicketRecord record = { .run = run, .step = (char *) step, .slots = 2, .is_in = is_in };
  g_autoptr(GError) error = NULL;
  RunnelTicket *ticket;

  g_assert_true (runnel_tickets_lock (tickets, &error));
  ticket = runnel_tickets_draw (tickets, &record, &error);
  runnel_tickets_unlock (tickets);
  g_assert_no_error (error);

  return ticket;
}

static GPtrArray *
list (RunnelTickets *tickets)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *records;

  g_assert_true (runnel_tickets_lock (tickets, &error));
  records = runnel_tickets_list (tickets, &error);
  runnel_tickets_unlock (tickets);
  g_assert_no_error (error);

  return records;
}

static void
test_order (void)
{
  char *top = make_folder ();
  g_autofree char *folder = g_build_filename (top, "gpu", NULL);
  g_autoptr(RunnelTickets) ours = runnel_tickets_new (folder);
  g_autoptr(RunnelTickets) theirs = runnel_tickets_new (folder);
  RunnelTicket *first = draw (ours, 7, "train", TRUE);
  RunnelTicket *second = draw (theirs, 8, NULL, FALSE);
  g_autoptr(GPtrArray) records = list (theirs);
  RunnelTicketRecord *record;
  struct stat status;

  g_assert_cmpuint (records->len, ==, 2);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpuint (record->number, ==, runnel_ticket_get_number (first));
  g_assert_cmpint (record->run, ==, 7);
  g_assert_cmpstr (record->step, ==, "train");
  g_assert_cmpuint (record->slots, ==, 2);
  g_assert_cmpint (record->pid, ==, getpid ());
  g_assert_true (record->is_in);
  record = g_ptr_array_index (records, 1);
  g_assert_cmpint (record->run, ==, 8);
  g_assert_null (record->step);
  g_assert_false (record->is_in);

  g_assert_cmpint (stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  runnel_ticket_give_back (first);
  runnel_ticket_give_back (second);
  g_assert_cmpuint (count_files (folder), ==, 0);
  remove_folder (top);
}

/* Whoever is in the middle of the line keeps the place in it. */
static void
test_leave (void)
{
  char *folder = make_folder ();
  g_autoptr(RunnelTickets) tickets = runnel_tickets_new (folder);
  RunnelTicket *all[12];
  g_autoptr(GPtrArray) records = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    all[i] = draw (tickets, i + 1, NULL, FALSE);
  runnel_ticket_give_back (all[0]);
  runnel_ticket_give_back (all[10]);
  records = list (tickets);
  g_assert_cmpuint (records->len, ==, 10);
  for (guint i = 1; i < records->len; i++)
    {
      RunnelTicketRecord *before = g_ptr_array_index (records, i - 1);
      RunnelTicketRecord *record = g_ptr_array_index (records, i);

      g_assert_cmpint (before->run, <, record->run);
    }

  for (guint i = 1; i < G_N_ELEMENTS (all); i++)
    if (i != 10)
      runnel_ticket_give_back (all[i]);
  remove_folder (folder);
}

static void
test_rewrite (void)
{
  char *folder = make_folder ();
  g_autoptr(RunnelTickets) tickets = runnel_tickets_new (folder);
  RunnelTicket *ticket = draw (tickets, 7, "a-long-name-of-a-step", FALSE);
  RunnelTicketRecord record = { .run = 7, .step = "b", .slots = 1, .is_in = TRUE };
  g_autoptr(GPtrArray) records = NULL;
  RunnelTicketRecord *read;

  g_assert_true (runnel_ticket_rewrite (ticket, &record, NULL));
  records = list (tickets);
  read = g_ptr_array_index (records, 0);
  g_assert_cmpstr (read->step, ==, "b");
  g_assert_true (read->is_in);
  runnel_ticket_give_back (ticket);
  remove_folder (folder);
}

static void
test_killed (void)
{
  char *folder = make_folder ();
  g_autoptr(RunnelTickets) tickets = runnel_tickets_new (folder);
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) after = NULL;
  int fds[2];
  char byte;
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      draw (tickets, 7, "train", TRUE);
      g_assert_cmpint (write (fds[1], "!", 1), ==, 1);
      pause ();
    }
  g_assert_cmpint (read (fds[0], &byte, 1), ==, 1);
  before = list (tickets);
  g_assert_cmpuint (before->len, ==, 1);

  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  after = list (tickets);
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_cmpuint (count_files (folder), ==, 0);
  close (fds[0]);
  close (fds[1]);
  remove_folder (folder);
}

/* A program that a run executes does not keep the ticket when the run is gone. */
static void
test_not_inherited (void)
{
  char *folder = make_folder ();
  g_autoptr(RunnelTickets) tickets = runnel_tickets_new (folder);
  const char *argv[] = { "sleep", "1000", NULL };
  g_autoptr(GPtrArray) records = NULL;
  GPid child = 0;
  int fds[2];
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      draw (tickets, 7, "train", TRUE);
      g_assert_true (g_spawn_async (NULL, (char **) argv, NULL,
                                    G_SPAWN_SEARCH_PATH | G_SPAWN_LEAVE_DESCRIPTORS_OPEN, NULL, NULL,
                                    &child, NULL));
      g_assert_cmpint (write (fds[1], &child, sizeof child), ==, sizeof child);
      raise (SIGKILL);
    }
  g_assert_cmpint (read (fds[0], &child, sizeof child), ==, sizeof child);
  waitpid (pid, NULL, 0);
  g_assert_cmpint (kill (child, 0), ==, 0);
  records = list (tickets);
  g_assert_cmpuint (records->len, ==, 0);

  kill (child, SIGKILL);
  close (fds[0]);
  close (fds[1]);
  remove_folder (folder);
}

static void
test_locked (void)
{
  char *folder = make_folder ();
  g_autoptr(RunnelTickets) ours = runnel_tickets_new (folder);
  g_autoptr(RunnelTickets) theirs = runnel_tickets_new (folder);
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_tickets_lock (theirs, NULL));
  g_assert_false (runnel_tickets_lock (ours, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  runnel_tickets_unlock (theirs);
  g_assert_true (runnel_tickets_lock (ours, NULL));
  runnel_tickets_unlock (ours);
  remove_folder (folder);
}

/* A file that makes no sense counts while somebody holds it; one that is no ticket does not. */
static void
test_strange_files (void)
{
  char *folder = make_folder ();
  g_autofree char *note = g_build_filename (folder, "README", NULL);
  g_autoptr(RunnelTickets) tickets = runnel_tickets_new (folder);
  RunnelTicket *ticket = draw (tickets, 7, "train", TRUE);
  g_autofree char *path = g_build_filename (folder, "1", NULL);
  g_autoptr(GPtrArray) records = NULL;
  FILE *file = fopen (path, "r+");

  g_assert_true (g_file_set_contents (note, "?", -1, NULL));
  fputs ("{\"run\": ", file);
  fclose (file);
  records = list (tickets);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpuint (((RunnelTicketRecord *) g_ptr_array_index (records, 0))->slots, ==, 1);
  g_assert_true (g_file_test (note, G_FILE_TEST_EXISTS));
  runnel_ticket_give_back (ticket);
  remove_folder (folder);
}

static void
test_no_folder (void)
{
  g_autoptr(RunnelTickets) tickets = runnel_tickets_new ("/proc/no/such/folder");
  g_autoptr(GError) error = NULL;

  g_assert_false (runnel_tickets_lock (tickets, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/limits/ticket/order", test_order);
  g_test_add_func ("/engine/limits/ticket/leave", test_leave);
  g_test_add_func ("/engine/limits/ticket/rewrite", test_rewrite);
  g_test_add_func ("/engine/limits/ticket/killed", test_killed);
  g_test_add_func ("/engine/limits/ticket/not-inherited", test_not_inherited);
  g_test_add_func ("/engine/limits/ticket/locked", test_locked);
  g_test_add_func ("/engine/limits/ticket/strange-files", test_strange_files);
  g_test_add_func ("/engine/limits/ticket/no-folder", test_no_folder);

  return g_test_run ();
}
