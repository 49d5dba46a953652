/* canvas-fixture.h: a canvas in a window, for the tests of its topics
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-canvas-private.h"

G_BEGIN_DECLS

#define FIXTURE_WIDTH 1000
#define FIXTURE_HEIGHT 700

/* The pipeline of most tests: build, then test and lint, then package after test.
 *
 *     build -- test -- package
 *          \-- lint
 */
#define FIXTURE_PIPELINE \
  "{\"format\": 1, \"name\": \"fixture\", \"steps\": [" \
  "{\"id\": \"build\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\"]}}," \
  "{\"id\": \"test\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\", \"check\"]}, \"needs\": [\"build\"]}," \
  "{\"id\": \"lint\", \"kind\": \"script\", \"with\": {\"run\": \"lint .\"}, \"needs\": [\"build\"]}," \
  "{\"id\": \"package\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\", \"dist\"]}, \"needs\": [\"test\"]}" \
  "], \"layout\": {\"steps\": {\"build\": [0, 0], \"test\": [320, 0], \"lint\": [320, 160]," \
  " \"package\": [640, 0]}}}"

typedef struct
{
  GtkWidget *window;
  RunnelCanvas *canvas;
  RunnelDocument *document;
  RunnelPipeline *pipeline;
  guint n_selection_changed;
  char *refused;   /* the last message */
  char *activated; /* the last step */
  char *renamed;
} Fixture;

void        fixture_init           (int         *argc,
                                    char      ***argv);
void        fixture_set_up         (Fixture     *self,
                                    const char  *text);
void        fixture_tear_down      (Fixture     *self);
void        fixture_iterate        (void);
char       *fixture_get_text       (Fixture     *self);
RunnelStep *fixture_get_step       (Fixture     *self,
                                    const char  *id);
gboolean    fixture_needs          (Fixture     *self,
                                    const char  *to,
                                    const char  *from,
                                    RunnelOn     on);
void        fixture_assert_selected (Fixture    *self,
                                    const char  *ids);
void        fixture_assert_position (Fixture    *self,
                                    const char  *id,
                                    double       x,
                                    double       y);
void        fixture_to_widget      (Fixture     *self,
                                    double       world_x,
                                    double       world_y,
                                    double      *ret_x,
                                    double      *ret_y);
void        fixture_press          (Fixture     *self,
                                    double       world_x,
                                    double       world_y,
                                    guint        button,
                                    GdkModifierType modifiers);
void        fixture_move           (Fixture     *self,
                                    double       world_x,
                                    double       world_y,
                                    GdkModifierType modifiers);
void        fixture_release        (Fixture     *self,
                                    double       world_x,
                                    double       world_y,
                                    GdkModifierType modifiers);
void        fixture_click          (Fixture     *self,
                                    const char  *id,
                                    GdkModifierType modifiers);
void        fixture_get_middle     (Fixture     *self,
                                    const char  *id,
                                    double      *ret_x,
                                    double      *ret_y);
void        fixture_get_port       (Fixture     *self,
                                    const char  *id,
                                    RunnelPort   port,
                                    double      *ret_x,
                                    double      *ret_y);
void        fixture_activate       (Fixture     *self,
                                    const char  *action);

G_END_DECLS
