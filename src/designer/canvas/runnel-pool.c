/* runnel-pool.c: threads that share out a number of jobs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-pool.h"

#define MAX_THREADS 16

struct _RunnelPool
{
  GMutex mutex;
  GCond wake;          /* there are jobs, or it is over */
  GCond idle;          /* a helper has left the jobs */
  GThread *threads[MAX_THREADS];
  guint n_threads;     /* helpers, without the caller */

  /* Under the mutex, but for `next_job`, which all count up. */
  guint64 round;       /* grows with each call of runnel_pool_run() */
  guint n_busy;        /* helpers still in this round */
  gboolean stopped;

  RunnelPoolFunc func;
  gpointer user_data;
  guint n_jobs;
  int next_job;        /* (atomic) */
};

static void
work (RunnelPool *self)
{
  for (;;)
    {
      const guint job = (guint) g_atomic_int_add (&self->next_job, 1);

      if (job >= self->n_jobs)
        return;

      self->func (job, self->user_data);
    }
}

static gpointer
helper_main (gpointer data)
{
  RunnelPool *self = data;
  guint64 seen = 0;

  g_mutex_lock (&self->mutex);
  for (;;)
    {
      while (self->round == seen && !self->stopped)
        g_cond_wait (&self->wake, &self->mutex);
      if (self->stopped)
        break;

      seen = self->round;
      g_mutex_unlock (&self->mutex);
      work (self);
      g_mutex_lock (&self->mutex);

      if (--self->n_busy == 0)
        g_cond_signal (&self->idle);
    }
  g_mutex_unlock (&self->mutex);

  return NULL;
}

RunnelPool *
runnel_pool_new (guint n_threads)
{
  RunnelPool *self = g_new0 (RunnelPool, 1);
  const guint wanted = n_threads > 0 ? n_threads : g_get_num_processors ();

  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  g_cond_init (&self->idle);
  for (guint i = 1; i < MIN (wanted, MAX_THREADS); i++)
    {
      /* Without a thread there is one helper less, nothing else. */
      GThread *thread = g_thread_try_new ("canvas", helper_main, self, NULL);

      if (thread != NULL)
        self->threads[self->n_threads++] = thread;
    }

  return self;
}

void
runnel_pool_free (RunnelPool *self)
{
  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  g_cond_broadcast (&self->wake);
  g_mutex_unlock (&self->mutex);

  for (guint i = 0; i < self->n_threads; i++)
    g_thread_join (self->threads[i]);

  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  g_cond_clear (&self->idle);
  g_free (self);
}

/**
 * runnel_pool_run:
 * @func: called from several threads at once, in no order
 */
void
runnel_pool_run (RunnelPool     *self,
                 guint           n_jobs,
                 RunnelPoolFunc  func,
                 gpointer        user_data)
{
  g_return_if_fail (self != NULL && func != NULL);

  self->func = func;
  self->user_data = user_data;
  self->n_jobs = n_jobs;
  g_atomic_int_set (&self->next_job, 0);

  if (n_jobs < 2 || self->n_threads == 0)
    {
      work (self);
      return;
    }

  g_mutex_lock (&self->mutex);
  self->n_busy = self->n_threads;
  self->round++;
  g_cond_broadcast (&self->wake);
  g_mutex_unlock (&self->mutex);

  work (self);

  g_mutex_lock (&self->mutex);
  while (self->n_busy > 0)
    g_cond_wait (&self->idle, &self->mutex);
  g_mutex_unlock (&self->mutex);
}
