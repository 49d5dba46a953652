/* runnel-secrets-row.h: the field with the secrets a pipeline declares
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/inspector/runnel-field-row.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_SECRETS_ROW (runnel_secrets_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelSecretsRow, runnel_secrets_row, RUNNEL, SECRETS_ROW, RunnelFieldRow)

RunnelFieldRow *runnel_secrets_row_new (void);

G_END_DECLS
