/* runnel-output-file.h: what a process wrote into the file named by $RUNNEL_OUTPUT
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RUNNEL_OUTPUT_FILE_MAX_SIZE (1024 * 1024)

#define RUNNEL_OUTPUT_FILE_ERROR (runnel_output_file_error_quark ())
typedef enum
{
  RUNNEL_OUTPUT_FILE_ERROR_SYNTAX = 1, /* neither name=value nor name<<EOF, or no UTF-8 */
  RUNNEL_OUTPUT_FILE_ERROR_TOO_LARGE,
  RUNNEL_OUTPUT_FILE_ERROR_READ,
} RunnelOutputFileError;
GQuark runnel_output_file_error_quark (void);

gboolean runnel_output_file_parse (const char  *text,
                                   gsize        length,
                                   JsonObject **ret_outputs,
                                   GError     **error);
gboolean runnel_output_file_read  (const char  *path,
                                   JsonObject **ret_outputs,
                                   GError     **error);

G_END_DECLS
