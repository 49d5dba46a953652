/* runnel-cli-draw.c: runnel draw
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/runnel-cli-scene.h"
#include "cli/runnel-cli.h"
#include "designer/pictures/runnel-picture-file.h"

typedef struct
{
  /* As given */
  char *output;
  char *format;
  char *steps;
  char *run;
  double scale;
  gboolean dark;
  gboolean high_contrast;

  /* What it means */
  RunnelPictureOptions options;
  RunnelPipeline *pipeline;
  RunnelScene *scene;
} Order;

static void
order_clear (Order *self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->format, g_free);
  g_clear_pointer (&self->steps, g_free);
  g_clear_pointer (&self->run, g_free);
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->scene, runnel_scene_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Order, order_clear)

static gboolean
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
choose_format (Order   *self,
               GError **error)
{
  if (self->output == NULL)
    return refuse (error, "say where the picture goes: -o FILE.svg, FILE.png or FILE.pdf, or -o - "
                          "for standard output");
  if (self->format == NULL && g_str_equal (self->output, "-"))
    self->options.format = RUNNEL_PICTURE_SVG;
  else if (self->format != NULL
             ? !runnel_picture_format_from_string (self->format, &self->options.format)
             : !runnel_picture_format_from_path (self->output, &self->options.format))
    return refuse (error, "the format is not known; it is svg, png or pdf: let the file's name end "
                          "so, or say --format");
  if (self->scale != 0 && self->options.format != RUNNEL_PICTURE_PNG)
    return refuse (error, "--scale is for PNG: SVG and PDF have no pixels");
  if (self->scale < 0)
    return refuse (error, "--scale takes a number above 0, such as 2");

  self->options.scale = self->scale;
  return TRUE;
}

static void
choose_palette (Order *self)
{
  if (self->high_contrast)
    self->options.palette = self->dark ? RUNNEL_PALETTE_HIGH_CONTRAST_DARK
                                       : RUNNEL_PALETTE_HIGH_CONTRAST;
  else
    self->options.palette = self->dark ? RUNNEL_PALETTE_DARK : RUNNEL_PALETTE_LIGHT;
}

static gboolean
parse (Order    *self,
       int      *argc,
       char   ***argv,
       GError  **error)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      "Where the picture goes; “-” is standard output", "FILE" },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &self->format,
      "svg, png or pdf (default: as the file's name ends)", "FORMAT" },
    { "scale", 's', 0, G_OPTION_ARG_DOUBLE, &self->scale,
      "How much larger than on the screen a PNG is (default: 1, or as much as fits)", "FACTOR" },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &self->dark, "Draw in light colours on dark ground", NULL },
    { "high-contrast", 0, 0, G_OPTION_ARG_NONE, &self->high_contrast, "Draw in strong colours",
      NULL },
    { "steps", 0, 0, G_OPTION_ARG_STRING, &self->steps,
      "Draw only these steps and the links among them", "STEP,…" },
    { "run", 0, 0, G_OPTION_ARG_STRING, &self->run,
      "Draw a run: the pipeline as it ran, with what became of its steps", "RUN" },
    { NULL }
  };

  if (!runnel_cli_parse (argc, argv, entries, "FILE",
                         "Draws a pipeline as the canvas shows it. FILE may be “-” for standard "
                         "input.", 0, 1, error))
    return FALSE;
  if ((*argc == 1) == (self->run == NULL))
    return refuse (error, "name a pipeline's file, or a run with --run");

  choose_palette (self);
  return choose_format (self, error);
}

static gboolean
load_scene (Order       *self,
            const char  *file,
            GError     **error)
{
  if (self->run != NULL)
    self->scene = runnel_cli_scene_new_from_run (self->run, &self->pipeline, error);
  else
    self->scene = runnel_cli_scene_new_from_file (file, &self->pipeline, error);

  return self->scene != NULL
         && (self->steps == NULL || runnel_cli_scene_keep (self->scene, self->steps, error));
}

static gboolean
write_bytes (const char  *path,
             GBytes      *bytes,
             GError     **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (!g_str_equal (path, "-"))
    return g_file_set_contents (path, data, length, error);
  if (fwrite (data, 1, length, stdout) == length && fflush (stdout) == 0)
    return TRUE;

  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_STORE,
                       "the picture can't be written to standard output");
  return FALSE;
}

static char *
make_title (Order      *self,
            const char *file)
{
  const char *name = runnel_pipeline_get_name (self->pipeline);
  g_autofree char *base = NULL;

  if (self->run != NULL)
    return g_strdup_printf ("%s, run %s", name != NULL ? name : "Pipeline",
                            *self->run == '#' ? self->run + 1 : self->run);
  if (name != NULL && *name != '\0')
    return g_strdup (name);

  base = g_path_get_basename (file);
  if (g_str_has_suffix (base, RUNNEL_FILE_SUFFIX))
    base[strlen (base) - strlen (RUNNEL_FILE_SUFFIX)] = '\0';
  return g_utf8_make_valid (base, -1);
}

int
runnel_cli_draw (int      argc,
                 char   **argv,
                 GError **error)
{
  g_auto(Order) order = { 0, };
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *title = NULL;

  if (!parse (&order, &argc, &argv, error) || !load_scene (&order, argv[1], error))
    return RUNNEL_EXIT_USAGE;

  title = make_title (&order, argv[1]);
  order.options.title = title;
  bytes = runnel_picture_to_bytes (order.scene, &order.options, error);
  if (bytes == NULL || !write_bytes (order.output, bytes, error))
    return RUNNEL_EXIT_STORE;

  return RUNNEL_EXIT_SUCCEEDED;
}
