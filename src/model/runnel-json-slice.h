/* runnel-json-slice.h: a value inside JSON text, read where it stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <string.h>

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The text of one value, without the space around it. The text was approved by runnel_json_check()
 * or written by Runnel, so nothing in it can be wrong. Borrowed; with `at` NULL there is none. */
typedef struct
{
  const char *at;
  gsize length;
} RunnelJsonSlice;

typedef enum
{
  RUNNEL_JSON_NULL,
  RUNNEL_JSON_BOOLEAN,
  RUNNEL_JSON_INTEGER,
  RUNNEL_JSON_DOUBLE,
  RUNNEL_JSON_STRING,
  RUNNEL_JSON_ARRAY,
  RUNNEL_JSON_OBJECT,
} RunnelJsonType;

/* Goes through the members of an object or the elements of an array. */
typedef struct
{
  const char *p;
  gboolean has_keys;
} RunnelJsonIter;

RunnelJsonSlice runnel_json_slice_new        (const char      *text,
                                              gsize            length);
RunnelJsonType  runnel_json_slice_get_type   (RunnelJsonSlice  self);
gboolean        runnel_json_slice_holds      (RunnelJsonSlice  self,
                                              RunnelJsonType   type);
gboolean        runnel_json_slice_is_number  (RunnelJsonSlice  self);
gboolean        runnel_json_slice_is_true    (RunnelJsonSlice  self);
gint64          runnel_json_slice_get_int    (RunnelJsonSlice  self);
double          runnel_json_slice_get_double (RunnelJsonSlice  self);
gboolean        runnel_json_slice_has_text   (RunnelJsonSlice  self,
                                              const char      *text);
char           *runnel_json_slice_copy_text  (RunnelJsonSlice  self,
                                              char            *buffer);
char           *runnel_json_slice_dup_text   (RunnelJsonSlice  self);
gsize           runnel_json_slice_compact    (RunnelJsonSlice  self,
                                              char            *buffer);
RunnelJsonSlice runnel_json_slice_get_member (RunnelJsonSlice  self,
                                              const char      *key);
guint           runnel_json_slice_count      (RunnelJsonSlice  self);
JsonNode       *runnel_json_slice_to_node    (RunnelJsonSlice  self);

void            runnel_json_iter_init        (RunnelJsonIter  *self,
                                              RunnelJsonSlice  container);
gboolean        runnel_json_iter_next        (RunnelJsonIter  *self,
                                              RunnelJsonSlice *ret_key,
                                              RunnelJsonSlice *ret_value);

G_END_DECLS
