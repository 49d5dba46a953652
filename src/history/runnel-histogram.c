/* runnel-histogram.c: how many durations were how long
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The buckets are those of HdrHistogram (G. Tene, hdrhistogram.org): each power of two is cut into
 * SUB_BUCKETS of the same width, so that a bucket is never wider than 1/SUB_BUCKETS of what lies
 * in it, whether that is milliseconds or days. Hence the bound on the error of a percentile, the
 * promise of C. Masson, J. E. Rim and H. K. Lee, "DDSketch" (VLDB 2019), without its logarithms:
 * shifts of whole numbers give the same bucket on every machine, which matters to whoever takes
 * away later what was added.
 */
#include "config.h"

#include "history/runnel-histogram.h"

#define SUB_BITS 5
#define SUB_BUCKETS (1u << SUB_BITS)

G_STATIC_ASSERT (RUNNEL_HISTOGRAM_ERROR_PART == 2 * SUB_BUCKETS);
G_STATIC_ASSERT (RUNNEL_HISTOGRAM_MAX_BUCKET == ((62 - SUB_BITS) << SUB_BITS) + 2 * SUB_BUCKETS - 1);

/**
 * runnel_histogram_get_bucket:
 * @value: anything; below 0 is 0
 *
 * Returns: the bucket it falls into; up to 63 the value itself
 */
guint
runnel_histogram_get_bucket (gint64 value)
{
  guint shift;

  if (value < 2 * (gint64) SUB_BUCKETS)
    return MAX (value, 0);
  shift = 63 - __builtin_clzll ((guint64) value) - SUB_BITS;
  return (shift << SUB_BITS) + (guint) (value >> shift);
}

static guint
get_shift (guint bucket)
{
  return bucket < 2 * SUB_BUCKETS ? 0 : (bucket >> SUB_BITS) - 1;
}

/**
 * runnel_histogram_get_low:
 * @bucket: a bucket
 *
 * Returns: the smallest value that falls into it
 */
gint64
runnel_histogram_get_low (guint bucket)
{
  guint shift = get_shift (bucket);

  return (gint64) (bucket - (shift << SUB_BITS)) << shift;
}

/**
 * runnel_histogram_get_high:
 * @bucket: a bucket
 *
 * Returns: the largest value that falls into it
 */
gint64
runnel_histogram_get_high (guint bucket)
{
  return runnel_histogram_get_low (bucket) + ((G_GINT64_CONSTANT (1) << get_shift (bucket)) - 1);
}

/**
 * runnel_histogram_clear:
 * @self: a histogram
 *
 * Makes it empty.
 */
void
runnel_histogram_clear (RunnelHistogram *self)
{
  g_clear_pointer (&self->bins, g_array_unref);
  self->total = 0;
}

/* The position of the first bin from @position on that is not before @bucket: in steps that double,
 * and then between the last two. What is merged is mostly near to where the bin before it was. */
static guint
find_bin (const RunnelHistogram *self,
          guint                  position,
          guint                  bucket)
{
  const RunnelBin *bins = (const RunnelBin *) self->bins->data;
  guint low = position, high = position, step = 1;

  for (; high < self->bins->len && bins[high].bucket < bucket; step *= 2)
    {
      low = high + 1;
      high += step;
    }
  high = MIN (high, self->bins->len);
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (bins[middle].bucket < bucket)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Returns: where to go on for a bin behind this one. */
static guint
add_bin_from (RunnelHistogram *self,
              guint            position,
              RunnelBin        bin)
{
  RunnelBin *old;

  if (self->bins == NULL)
    self->bins = g_array_new (FALSE, FALSE, sizeof (RunnelBin));
  self->total += bin.count;
  position = find_bin (self, position, bin.bucket);
  old = &g_array_index (self->bins, RunnelBin, position);
  if (position == self->bins->len || old->bucket != bin.bucket)
    {
      if (bin.count != 0)
        g_array_insert_val (self->bins, position, bin);
      return position;
    }
  old->count += bin.count;
  if (old->count == 0)
    g_array_remove_index (self->bins, position);
  return position;
}

/**
 * runnel_histogram_add:
 * @self: a histogram
 * @value: a duration, in whatever unit
 */
void
runnel_histogram_add (RunnelHistogram *self,
                      gint64           value)
{
  runnel_histogram_add_bin (self, (RunnelBin) { runnel_histogram_get_bucket (value), 1 });
}

/**
 * runnel_histogram_add_bin:
 * @self: a histogram
 * @bin: how many to add to a bucket; below 0 takes them away
 */
void
runnel_histogram_add_bin (RunnelHistogram *self,
                          RunnelBin        bin)
{
  add_bin_from (self, 0, bin);
}

/**
 * runnel_histogram_add_next:
 * @self: a histogram
 * @position: where the bin before was added, 0 at first
 * @bin: how many to add to a bucket that is not before that one
 *
 * For many bins, in the order of their buckets: quicker than one by one.
 *
 * Returns: where it was added
 */
guint
runnel_histogram_add_next (RunnelHistogram *self,
                           guint            position,
                           RunnelBin        bin)
{
  return add_bin_from (self, position, bin);
}

/**
 * runnel_histogram_merge:
 * @self: a histogram
 * @other: another one, which stays as it is
 * @sign: 1 to add all that is in @other, -1 to take it away
 */
void
runnel_histogram_merge (RunnelHistogram       *self,
                        const RunnelHistogram *other,
                        int                    sign)
{
  guint position = 0;

  for (guint i = 0; i < runnel_histogram_get_n_bins (other); i++)
    {
      RunnelBin bin = runnel_histogram_get_bin (other, i);

      bin.count *= sign;
      position = add_bin_from (self, position, bin);
    }
}

/**
 * runnel_histogram_get_percentile:
 * @self: a histogram
 * @percent: 1 to 100; 50 is the median
 *
 * The value of the nearest rank: of all values in their order, the first that has at least
 * @percent of them at or below it (R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical
 * Packages", 1996, definition 1). What is known of it is its bucket, whose middle is returned: it
 * is at most %RUNNEL_HISTOGRAM_ERROR off.
 *
 * Returns: the percentile; -1 when there are no values
 */
gint64
runnel_histogram_get_percentile (const RunnelHistogram *self,
                                 guint                  percent)
{
  gint64 rank = (self->total * percent + 99) / 100;

  rank = MAX (rank, 1);
  for (guint i = 0; i < runnel_histogram_get_n_bins (self); i++)
    {
      RunnelBin bin = runnel_histogram_get_bin (self, i);

      rank -= bin.count;
      if (rank <= 0)
        {
          gint64 low = runnel_histogram_get_low (bin.bucket);

          return low + (runnel_histogram_get_high (bin.bucket) - low) / 2;
        }
    }
  return -1;
}

/**
 * runnel_histogram_get_n_bins:
 * @self: a histogram
 *
 * Returns: how many buckets have values
 */
guint
runnel_histogram_get_n_bins (const RunnelHistogram *self)
{
  return self->bins != NULL ? self->bins->len : 0;
}

/**
 * runnel_histogram_get_bin:
 * @self: a histogram
 * @position: less than there are bins
 *
 * Returns: a bin; they are in the order of their buckets
 */
RunnelBin
runnel_histogram_get_bin (const RunnelHistogram *self,
                          guint                  position)
{
  return g_array_index (self->bins, RunnelBin, position);
}
