/* fixture.c: scenes for the tests, benchmarks and pictures of the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "fixture.h"

typedef struct
{
  const char *title;
  const char *summary;
  const char *status;
  RunnelIcon icon;
  RunnelState state;
  float progress;
  int column;
  int row;
  RunnelNodeFlags flags;
  guint badges;
} Sample;

#define X0 40
#define Y0 96
#define COLUMN_STEP 312
#define ROW_STEP 120

static const Sample samples[] = {
  { "Configure", "meson setup build", "Succeeded · 3.4 s", RUNNEL_ICON_COMMAND, RUNNEL_STATE_SUCCEEDED, -1, 0, 1, 0, 0 },
  { "Compile", "ninja -C build", "Succeeded · 48.1 s", RUNNEL_ICON_COMMAND, RUNNEL_STATE_SUCCEEDED, -1, 1, 1, RUNNEL_NODE_SELECTED, RUNNEL_BADGE_CACHE | RUNNEL_BADGE_ARTIFACTS },
  { "Unit tests", "meson test -C build --print-errorlogs --no-rebuild", "Running · 12 s of about 30 s", RUNNEL_ICON_SCRIPT,
    RUNNEL_STATE_RUNNING, 0.4f, 2, 0, 0, RUNNEL_BADGE_RETRY | RUNNEL_BADGE_TIMEOUT | RUNNEL_BADGE_MATRIX },
  { "Static analysis", "scan-build ninja", "Failed · exit code 1", RUNNEL_ICON_SCRIPT, RUNNEL_STATE_FAILED, -1, 2, 1, RUNNEL_NODE_FOCUSED, RUNNEL_BADGE_ERROR },
  { "Fetch licences", "GET https://spdx.org/licenses.json", "Timed out · 5 min", RUNNEL_ICON_HTTP, RUNNEL_STATE_TIMED_OUT, -1, 2, 2, RUNNEL_NODE_HOVERED,
    RUNNEL_BADGE_WARNING | RUNNEL_BADGE_SECRETS | RUNNEL_BADGE_UNDO },
  { "Package", "dpkg-buildpackage -us -uc", "Queued", RUNNEL_ICON_COMMAND, RUNNEL_STATE_QUEUED, -1, 3, 0, 0, RUNNEL_BADGE_POOL | RUNNEL_BADGE_MATRIX },
  { "Release to production?", "Ask the maintainers", "Waiting for approval", RUNNEL_ICON_APPROVAL, RUNNEL_STATE_WAITING, -1, 3, 1, 0, RUNNEL_BADGE_CONDITION },
  { "Cool down", "5m", "Skipped · condition not met", RUNNEL_ICON_WAIT, RUNNEL_STATE_SKIPPED, -1, 3, 2, 0, 0 },
  { "Publish", "publish.runnel.json", "Pending", RUNNEL_ICON_PIPELINE, RUNNEL_STATE_PENDING, -1, 4, 0, 0, RUNNEL_BADGE_BREAKER | RUNNEL_BADGE_CONTINUE },
  { "Smoke test", "./smoke.sh", "Cancelled", RUNNEL_ICON_SCRIPT, RUNNEL_STATE_CANCELLED, -1, 4, 1, 0, 0 },
  { "Roll back", "deploy --previous", "Interrupted", RUNNEL_ICON_COMMAND, RUNNEL_STATE_INTERRUPTED, -1, 4, 2, 0, RUNNEL_BADGE_MATRIX },
  { "Benchmark", "hyperfine ./runnel", NULL, RUNNEL_ICON_COMMAND, 0, -1, 0, 3, RUNNEL_NODE_DISABLED, 0 },
  { "Docs", "gi-docgen generate", NULL, RUNNEL_ICON_SCRIPT, 0, -1, 1, 3, RUNNEL_NODE_BYPASSED, 0 },
  { "Notify", "POST https://chat.example.org/hooks/build", NULL, RUNNEL_ICON_HTTP, 0, -1, 2, 3, 0, RUNNEL_BADGE_SECRETS },
  { "Translate Übersetzung テスト", NULL, NULL, RUNNEL_ICON_STEP, 0, -1, 3, 3, 0, 0 },
  { "Loop back", "left of its need", "Running", RUNNEL_ICON_STEP, RUNNEL_STATE_RUNNING, -1, 4, 3, RUNNEL_NODE_DIMMED, 0 },
};

/* Of the steps with a matrix: how many combinations, and how they stand. */
static const struct
{
  guint node;
  const char *count;
  RunnelLegs legs;
} sample_legs[] = {
  { 2, "12", { { [RUNNEL_STATE_SUCCEEDED] = 6, [RUNNEL_STATE_FAILED] = 1, [RUNNEL_STATE_RUNNING] = 3, [RUNNEL_STATE_PENDING] = 2 } } },
  { 5, "3", { { [RUNNEL_STATE_QUEUED] = 3 } } },
  { 10, "1000", { { [RUNNEL_STATE_SUCCEEDED] = 800, [RUNNEL_STATE_INTERRUPTED] = 1, [RUNNEL_STATE_SKIPPED] = 199 } } },
};

#define TOOK(duration) { duration, RUNNEL_STATE_SUCCEEDED }

static const struct
{
  guint node;
  RunnelTrend trend;
} sample_trends[] = {
  { 0, { 10, { TOOK (40), TOOK (41), TOOK (39), TOOK (44), { 12, RUNNEL_STATE_FAILED }, TOOK (45), TOOK (47),
               TOOK (52), TOOK (60), TOOK (71) } } },
  { 1, { 3, { TOOK (5), TOOK (900), TOOK (4) } } },
  { 2, { 2, { TOOK (5), TOOK (9) } } },
  { 3, { 10, { TOOK (7), TOOK (7), TOOK (8), { 9, RUNNEL_STATE_FAILED }, TOOK (7), { 9, RUNNEL_STATE_TIMED_OUT },
               TOOK (7), TOOK (8), { 8, RUNNEL_STATE_FAILED }, { 6, RUNNEL_STATE_FAILED } } } },
};

static const struct
{
  guint from;
  guint to;
  RunnelOn on;
  RunnelLinkFlags flags;
} sample_links[] = {
  { 0, 1, RUNNEL_ON_SUCCESS, 0 },
  { 1, 2, RUNNEL_ON_SUCCESS, RUNNEL_LINK_HIGHLIGHTED },
  { 1, 3, RUNNEL_ON_SUCCESS, RUNNEL_LINK_SELECTED },
  { 1, 4, RUNNEL_ON_FAILURE, 0 },
  { 2, 5, RUNNEL_ON_SUCCESS, 0 },
  { 3, 6, RUNNEL_ON_FINISHED, RUNNEL_LINK_UPSTREAM },
  { 3, 7, RUNNEL_ON_FAILURE, 0 },
  { 4, 6, RUNNEL_ON_SUCCESS, RUNNEL_LINK_UPSTREAM },
  { 5, 8, RUNNEL_ON_SUCCESS, 0 },
  { 6, 9, RUNNEL_ON_SUCCESS, RUNNEL_LINK_DOWNSTREAM },
  { 6, 10, RUNNEL_ON_FAILURE, RUNNEL_LINK_DOWNSTREAM },
  { 9, 10, RUNNEL_ON_FAILURE, RUNNEL_LINK_DOWNSTREAM },
  { 0, 11, RUNNEL_ON_ALWAYS, 0 },
  { 4, 13, RUNNEL_ON_ALWAYS, 0 },
  { 12, 13, RUNNEL_ON_SUCCESS, RUNNEL_LINK_DIMMED },
  { 15, 14, RUNNEL_ON_ALWAYS, 0 },
};

static void
add_sample (RunnelScene  *scene,
            const Sample *sample)
{
  const guint node =
    runnel_scene_add_node (scene, sample->title, sample->icon, X0 + sample->column * COLUMN_STEP,
                           Y0 + sample->row * ROW_STEP);

  runnel_scene_set_node_summary (scene, node, sample->summary);
  runnel_scene_set_node_badges (scene, node, sample->badges);
  runnel_scene_set_node_flags (scene, node, sample->flags, sample->flags);
  if (sample->status != NULL)
    runnel_scene_set_node_state (scene, node, sample->state, sample->progress, sample->status);
}

RunnelScene *
fixture_showcase (void)
{
  RunnelScene *scene = runnel_scene_new ();

  runnel_scene_add_area (scene, RUNNEL_AREA_GROUP, &(RunnelBox) { 632, 48, 912, 452 }, "Checks", 0);
  runnel_scene_add_area (
    scene, RUNNEL_AREA_NOTE, &(RunnelBox){ 40, 0, 296, 76 },
    "Builds, tests and packages the project. A failed check asks before anything is released.",
    RUNNEL_TINT_PAPER);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    add_sample (scene, &samples[i]);

  for (guint i = 0; i < G_N_ELEMENTS (sample_legs); i++)
    {
      runnel_scene_set_node_count (scene, sample_legs[i].node, sample_legs[i].count);
      runnel_scene_set_node_legs (scene, sample_legs[i].node, &sample_legs[i].legs);
    }

  for (guint i = 0; i < G_N_ELEMENTS (sample_trends); i++)
    runnel_scene_set_node_trend (scene, sample_trends[i].node, &sample_trends[i].trend);

  for (guint i = 0; i < G_N_ELEMENTS (sample_links); i++)
    {
      const guint link =
        runnel_scene_add_link (scene, sample_links[i].from, sample_links[i].to, sample_links[i].on);

      runnel_scene_set_link_flags (scene, link, sample_links[i].flags, sample_links[i].flags);
    }

  return scene;
}

/* --- Large graphs --- */

static void
add_layered_nodes (RunnelScene *scene,
                   GRand       *rand,
                   guint        n_nodes,
                   guint        n_rows)
{
  for (guint i = 0; i < n_nodes; i++)
    {
      g_autofree char *id = g_strdup_printf ("step-%u", i);
      g_autofree char *title = g_strdup_printf ("Compile unit %u", i);
      g_autofree char *summary = g_strdup_printf ("cc -c -O2 src/unit-%u.c", i);
      const guint node =
        runnel_scene_add_node (scene, id, g_rand_int_range (rand, 0, RUNNEL_ICON_PIPELINE + 1),
                               (i / n_rows) * 300.0, (i % n_rows) * 104.0);

      runnel_scene_set_node_title (scene, node, title);
      runnel_scene_set_node_summary (scene, node, summary);
      if (i % 3 == 0)
        runnel_scene_set_node_state (scene, node, g_rand_int_range (rand, 0, RUNNEL_N_STATES), 0.5,
                                     "State · 1.2 s");
    }
}

static guint
random_target (GRand *rand,
               guint  from,
               guint  n_nodes,
               guint  n_rows)
{
  const guint layers = g_rand_double (rand) < 0.85 ? 1 : (guint) g_rand_int_range (rand, 2, 5);
  const int row = (int) (from % n_rows);
  int target_row = g_rand_double (rand) < 0.98 ? row + g_rand_int_range (rand, -3, 4)
                                               : g_rand_int_range (rand, 0, (int) n_rows);

  target_row = CLAMP (target_row, 0, (int) n_rows - 1);
  return (from / n_rows + layers) * n_rows + (guint) target_row;
}

RunnelScene *
fixture_layered (guint   n_nodes,
                 guint32 seed)
{
  RunnelScene *scene = runnel_scene_new ();
  GRand *rand = g_rand_new_with_seed (seed);
  const guint n_rows = MAX ((guint) sqrt (n_nodes * 1.8), 1);

  add_layered_nodes (scene, rand, n_nodes, n_rows);
  for (guint i = 0; i < n_nodes + n_nodes / 2; i++)
    {
      const guint from = i * 2 / 3; /* in the order of the steps, as a file has them */
      const guint to = random_target (rand, from, n_nodes, n_rows);

      if (to < n_nodes)
        runnel_scene_add_link (scene, from, to,
                               i % 10 == 0   ? RUNNEL_ON_FAILURE
                               : i % 17 == 0 ? RUNNEL_ON_ALWAYS
                                             : RUNNEL_ON_SUCCESS);
    }

  g_rand_free (rand);
  return scene;
}

/* --- Edits --- */

static gboolean
random_node (RunnelScene *scene,
             GRand       *rand,
             guint       *ret_node)
{
  if (runnel_scene_get_n_nodes (scene) == 0)
    return FALSE;

  do
    *ret_node = (guint) g_rand_int_range (rand, 0, (int) runnel_scene_get_node_limit (scene));
  while (!runnel_scene_has_node (scene, *ret_node));

  return TRUE;
}

static void
edit_link (RunnelScene *scene,
           GRand       *rand,
           guint        node)
{
  const guint limit = runnel_scene_get_link_limit (scene);
  const guint link = limit > 0 ? (guint) g_rand_int_range (rand, 0, (int) limit) : 0;
  guint other;

  random_node (scene, rand, &other);
  if (!runnel_scene_has_link (scene, link) || g_rand_boolean (rand))
    runnel_scene_add_link (scene, node, other, g_rand_int_range (rand, 0, RUNNEL_ON_ALWAYS + 1));
  else if (g_rand_boolean (rand))
    runnel_scene_remove_link (scene, link);
  else
    runnel_scene_set_link_flags (scene, link, g_rand_int_range (rand, 0, 32),
                                 g_rand_int_range (rand, 0, 32));
}

static void
edit_area (RunnelScene *scene,
           GRand       *rand)
{
  const guint limit = runnel_scene_get_area_limit (scene);
  const guint area = limit > 0 ? (guint) g_rand_int_range (rand, 0, (int) limit) : 0;
  const float x = g_rand_double_range (rand, -100, 1500), y = g_rand_double_range (rand, -100, 600);
  const RunnelBox box = { x, y, x + (float) g_rand_double_range (rand, 1, 400),
                          y + (float) g_rand_double_range (rand, 1, 300) };

  if (!runnel_scene_has_area (scene, area))
    runnel_scene_add_area (scene, g_rand_boolean (rand) ? RUNNEL_AREA_NOTE : RUNNEL_AREA_GROUP,
                           &box, "An area", g_rand_int_range (rand, 0, 99));
  else if (g_rand_int_range (rand, 0, 3) == 0)
    runnel_scene_remove_area (scene, area);
  else
    runnel_scene_set_area (scene, area, &box, "Another text of it", 3, g_rand_boolean (rand));
}

void
fixture_edit (RunnelScene *scene,
              GRand       *rand)
{
  const char *texts[] = { "Build", "A much longer text that has to be shortened", "Größe", "x",
                          "" };
  const char *text = texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))];
  g_autofree char *id = NULL;
  guint node;

  if (!random_node (scene, rand, &node) || g_rand_int_range (rand, 0, 12) == 0)
    {
      id = g_strdup_printf ("new-%u-%u", runnel_scene_get_node_limit (scene), g_rand_int (rand));
      runnel_scene_add_node (scene, id, g_rand_int_range (rand, 0, 7),
                             g_rand_double_range (rand, -100, 1500),
                             g_rand_double_range (rand, -100, 600));
      return;
    }

  switch (g_rand_int_range (rand, 0, 11))
    {
    case 0:
      runnel_scene_remove_node (scene, node);
      break;
    case 1:
    case 2:
      runnel_scene_move_node (scene, node, g_rand_double_range (rand, -100, 1500),
                              g_rand_double_range (rand, -100, 600));
      break;
    case 3:
      runnel_scene_set_node_title (scene, node, text);
      break;
    case 4:
      runnel_scene_set_node_summary (scene, node, text);
      break;
    case 5:
      runnel_scene_set_node_badges (scene, node, g_rand_int_range (rand, 0, 8192));
      break;
    case 6:
      runnel_scene_set_node_flags (scene, node, 0x3f, g_rand_int_range (rand, 0, 0x40));
      break;
    case 7:
      runnel_scene_set_node_state (scene, node, g_rand_int_range (rand, 0, RUNNEL_N_STATES),
                                   g_rand_double_range (rand, -0.5, 1), text);
      break;
    case 8:
      runnel_scene_set_phase (scene, g_rand_int_range (rand, 0, 8));
      break;
    case 9:
      edit_area (scene, rand);
      break;
    default:
      edit_link (scene, rand, node);
      break;
    }
}

/* --- Views --- */

RunnelViewport
fixture_fit (RunnelScene *scene,
             int          width,
             int          height,
             int          density)
{
  RunnelViewport viewport = { 1, density, 0, 0, width, height };
  RunnelBox box;

  if (runnel_scene_get_extents (scene, &box))
    runnel_viewport_fit (&viewport, &box, 24, 1);

  return viewport;
}

guint32 *
fixture_paint (RunnelRaster         *raster,
               RunnelScene          *scene,
               const RunnelViewport *viewport)
{
  guint32 *pixels = g_new (guint32, (gsize) viewport->width * viewport->height);

  runnel_raster_paint (raster, scene, viewport, pixels, viewport->width * 4);
  return pixels;
}
