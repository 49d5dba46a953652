/* runnel-alert-mail.c: tells of an incident by mail, through the system's sendmail
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The format of a mail is RFC 5322; words with other letters than ASCII are RFC 2047, and
 * Auto-Submitted, which keeps answering machines quiet, is RFC 3834.
 */
#include "config.h"

#include <string.h>

#include "alerts/runnel-alert-channel-private.h"
#include "alerts/runnel-alert-rule.h"

#define MAX_WORD 45 /* bytes of an encoded word before they are base64: it must not exceed 75 */
#define LINE 76

/* Where it is on systems whose PATH does not lead to it. */
static const char *const places[] = { "/usr/sbin/sendmail", "/usr/lib/sendmail", NULL };

static char *
find_sendmail (void)
{
  char *found = g_find_program_in_path ("sendmail");

  for (guint i = 0; found == NULL && places[i] != NULL; i++)
    if (g_file_test (places[i], G_FILE_TEST_IS_EXECUTABLE))
      found = g_strdup (places[i]);
  return found;
}

static gboolean
is_plain (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (*p < ' ' || *p > '~')
      return FALSE;
  return strlen (text) < LINE - strlen ("Subject: ");
}

/* As many whole letters as an encoded word holds. */
static gsize
get_word_length (const char *text)
{
  const char *p = text;

  while (*p != '\0' && g_utf8_next_char (p) - text <= MAX_WORD)
    p = g_utf8_next_char (p);
  return p - text;
}

static void
append_subject (GString    *mail,
                const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  gsize length;

  g_string_append (mail, "Subject: ");
  if (is_plain (valid))
    g_string_append (mail, valid);
  else
    for (const char *p = valid; *p != '\0'; p += length)
      {
        g_autofree char *word = NULL;

        length = get_word_length (p);
        word = g_base64_encode ((const guchar *) p, length);
        g_string_append_printf (mail, "%s=?UTF-8?B?%s?=", p > valid ? "\n " : "", word);
      }
  g_string_append_c (mail, '\n');
}

/* In base64, so that neither long lines, nor a line with a dot, nor other letters matter. */
static void
append_body (GString    *mail,
             const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *encoded = g_base64_encode ((const guchar *) valid, strlen (valid));
  gsize length = strlen (encoded);

  for (gsize i = 0; i < length; i += LINE)
    g_string_append_printf (mail, "%.*s\n", LINE, encoded + i);
}

/* Lines end as the system's do: sendmail makes those of the network of them. */
char *
_runnel_alert_write_mail (const RunnelAlertChannel *channel,
                          const RunnelAlertMessage *message)
{
  GString *mail = g_string_new ("To: ");
  g_autofree char *to = g_strjoinv (", ", channel->addresses);
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (message->time / G_TIME_SPAN_SECOND);
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  g_string_append_printf (mail, "%s\n", to);
  append_subject (mail, message->title);
  g_string_append_printf (mail, "Date: %s, %d %s %d %02d:%02d:%02d +0000\n",
                          days[g_date_time_get_day_of_week (time) - 1],
                          g_date_time_get_day_of_month (time),
                          months[g_date_time_get_month (time) - 1], g_date_time_get_year (time),
                          g_date_time_get_hour (time), g_date_time_get_minute (time),
                          g_date_time_get_second (time));
  g_string_append_printf (mail, "Message-ID: <%s@%s>\n", message->id, g_get_host_name ());
  if (message->is_end)
    g_string_append_printf (mail, "In-Reply-To: <%s-opened@%s>\n", message->thread,
                            g_get_host_name ());
  g_string_append (mail, "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n"
                         "Content-Type: text/plain; charset=utf-8\n"
                         "Content-Transfer-Encoding: base64\n\n");
  append_body (mail, message->body);
  return g_string_free (mail, FALSE);
}

gboolean
_runnel_alert_mail (const RunnelAlertChannel  *channel,
                    const RunnelAlertMessage  *message,
                    GError                   **error)
{
  g_autofree char *sendmail = find_sendmail ();
  g_autofree char *mail = _runnel_alert_write_mail (channel, message);
  /* -i: a line with a dot does not end the mail; -t: to those in its header. */
  const char *argv[] = { sendmail, "-i", "-t", NULL };

  if (sendmail != NULL)
    return _runnel_alert_feed (argv, NULL, mail, error);
  g_set_error_literal (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL,
                       "there is no sendmail on this machine; install a mail server such as "
                       "msmtp-mta");
  return FALSE;
}
