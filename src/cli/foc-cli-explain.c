/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli.h"

#include "foc-blas.h"
#include "foc-explain.h"
#include "foc-model-file.h"
#include "foc-normalise.h"

#include <glib/gi18n.h>

static const char *const channel_names[FOC_FEATURE_CHANNELS] = { "red", "green", "blue" };

/* A picture's answer and what it comes from. */
typedef struct
{
  const FocModel *model;
  const char *path;
  guint8 features[FOC_N_FEATURES];
  float *probabilities;
  FocAnswer answer;
  FocShares explanation;
  double channels[FOC_FEATURE_CHANNELS]; /* sums of shares */
} Explained;

static void
explain (Explained *self)
{
  const FocMlp *mlp = self->model->mlp;
  guint n_classes = foc_model_get_n_classes (self->model);
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&mlp->shape, 1);
  float x[FOC_N_FEATURES];
  const float *logits;

  self->probabilities = g_new (float, n_classes);
  foc_model_answer (self->model, work, self->features, self->probabilities,
                    &self->answer);
  foc_normalise (self->features, FOC_N_FEATURES, x);
  logits = foc_mlp_forward (mlp, work, x, 1);
  foc_explain (mlp, x, self->answer.label,
               foc_runner_up (logits, n_classes, self->answer.label), &self->explanation);

  for (guint i = 0; i < FOC_N_FEATURES; i++)
    self->channels[i % FOC_FEATURE_CHANNELS] += self->explanation.shares[i];
}

static void
add_class (const Explained *self,
           JsonBuilder *builder,
           const char *name,
           guint label,
           double logit)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  foc_json_add_string (builder, "label", self->model->class_names[label]);
  foc_json_add_double (builder, "probability", self->probabilities[label]);
  foc_json_add_double (builder, "logit", logit);
  json_builder_end_object (builder);
}

static void
print_json (const Explained *self, const char *output, gboolean with_shares)
{
  const FocShares *explanation = &self->explanation;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  foc_cli_add_file (builder, "file", "uri", NULL, self->path);
  add_class (self, builder, "answer", explanation->answer, explanation->answer_logit);
  add_class (self, builder, "runner_up", explanation->runner_up,
             explanation->runner_up_logit);
  json_builder_set_member_name (builder, "not_sure");
  json_builder_add_boolean_value (builder, self->answer.not_sure);
  foc_json_add_double (builder, "temperature", self->model->temperature);
  json_builder_set_member_name (builder, "sums");
  json_builder_begin_object (builder);
  foc_json_add_double (builder, "difference", explanation->difference);
  foc_json_add_double (builder, "positive", explanation->positive);
  foc_json_add_double (builder, "negative", explanation->negative);
  for (guint c = 0; c < FOC_FEATURE_CHANNELS; c++)
    foc_json_add_double (builder, channel_names[c], self->channels[c]);
  json_builder_end_object (builder);
  if (with_shares)
    foc_json_add_doubles (builder, "shares", explanation->shares, explanation->n_inputs);
  if (output != NULL)
    foc_cli_add_file (builder, "picture", "picture_uri", NULL, output);
  json_builder_end_object (builder);
  foc_cli_put_json (builder);
}

/* "faces (97.1 %), logit 2.0310" */
static char *
describe_class (const Explained *self, guint label, double logit)
{
  g_autofree char *name = foc_cli_escape (self->model->class_names[label]);

  /* Translators: a class, its probability, and the number that this comes from. */
  return g_strdup_printf (_ ("%s (%.1f %%), logit %.4f"), name,
                          100.0 * self->probabilities[label], logit);
}

static void
print_text (const Explained *self, const char *output)
{
  const FocShares *explanation = &self->explanation;
  g_autofree char *name = foc_cli_display_name (self->path);
  g_autofree char *answer =
    describe_class (self, explanation->answer, explanation->answer_logit);
  g_autofree char *runner_up =
    describe_class (self, explanation->runner_up, explanation->runner_up_logit);

  if (self->answer.not_sure)
    g_print (_ ("%s: not sure: %s\n"), name, answer);
  else
    g_print (_ ("%s: %s\n"), name, answer);
  g_print (_ ("Rather than %s\n"), runner_up);
  g_print (_ ("Difference of the logits, and sum of the shares: %.4f\n"),
           explanation->difference);
  g_print (_ ("Shares for the answer: %+.4f, against it: %+.4f\n"), explanation->positive,
           explanation->negative);
  g_print (_ ("Shares of red: %+.4f, green: %+.4f, blue: %+.4f\n"), self->channels[0],
           self->channels[1], self->channels[2]);
  /* Translators: ImageNet is a collection of photographs. */
  g_print ("%s\n",
           _ ("Where a colour has its mean value over ImageNet, its share is zero."));
  if (output != NULL)
    {
      g_autofree char *output_name = foc_cli_display_name (output);

      g_print (_ ("Picture: %s\n"), output_name);
    }
}

int
foc_cli_explain (int argc, char **argv, GCancellable *cancellable)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("--model=MODEL IMAGE"));
  g_autofree char *model_path = NULL;
  g_autofree char *model_file = NULL;
  gboolean json = FALSE, with_shares = FALSE;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model_path,
      N_ ("Model file, or folder of a run; needed, since none is installed"),
      N_ ("MODEL") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print a JSON document"), NULL },
    { "shares", 0, 0, G_OPTION_ARG_NONE, &with_shares,
      N_ ("Add all 1728 shares to the document: rows, columns, red green blue"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (FocModel) model = NULL;
  Explained explained = { 0 };
  GError *error = NULL;

  g_option_context_set_summary (
    context,
    _ ("Tells what a picture is, and why: how much each pixel and colour of the 24 × 24\n"
       "that the network sees adds to the difference between the logits of the answer "
       "and\n"
       "of the next likely class. The sum of the shares is that difference, exactly."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!foc_cli_parse (context, &argc, &argv, 1, 1))
    return FOC_CLI_USAGE;
  if (model_path == NULL)
    return foc_cli_usage (_ ("Name a model with --model; none is installed."));
  if (with_shares && !json)
    return foc_cli_usage (_ ("--shares is for --json."));

  model_file = foc_cli_find_model (model_path);
  model = foc_model_load (model_file, &error);
  if (model == NULL
      || !foc_preprocess_file (argv[1], NULL, explained.features, cancellable, &error))
    return foc_cli_fail (error);

  foc_blas_begin_thread ();
  explained.model = model;
  explained.path = argv[1];
  explain (&explained);
  if (json)
    print_json (&explained, NULL, with_shares);
  else
    print_text (&explained, NULL);

  foc_shares_clear (&explained.explanation);
  g_free (explained.probabilities);
  return FOC_CLI_OK;
}
