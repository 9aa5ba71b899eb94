/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-figure-file.h"
#include "foc-cli.h"

#include "foc-blas.h"
#include "foc-explain.h"
#include "foc-explanation-plot.h"
#include "foc-figure-file.h"
#include "foc-model-file.h"
#include "foc-normalise.h"
#include "foc-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Units of the plot, and pixels a side of the picture in it. */
#define PLOT_WIDTH 800
#define PLOT_HEIGHT 420
#define PICTURE_SIDE 512

static const char *const channel_names[FOC_FEATURE_CHANNELS] = { "red", "green", "blue" };

/* A picture's answer and what it comes from. */
typedef struct
{
  const FocModel *model;
  const char *path;
  guint8 features[FOC_N_FEATURES];
  float *probabilities;
  FocAnswer answer;
  FocShares shares;
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
               foc_runner_up (logits, n_classes, self->answer.label), &self->shares);

  for (guint i = 0; i < FOC_N_FEATURES; i++)
    self->channels[i % FOC_FEATURE_CHANNELS] += self->shares.shares[i];
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
  const FocShares *shares = &self->shares;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  foc_cli_add_file (builder, "file", "uri", NULL, self->path);
  add_class (self, builder, "answer", shares->answer, shares->answer_logit);
  add_class (self, builder, "runner_up", shares->runner_up, shares->runner_up_logit);
  json_builder_set_member_name (builder, "not_sure");
  json_builder_add_boolean_value (builder, self->answer.doubt != FOC_DOUBT_NONE);
  if (self->answer.doubt != FOC_DOUBT_NONE)
    foc_json_add_string (builder, "reason", foc_doubt_to_string (self->answer.doubt));
  if (self->model->novelty != NULL)
    {
      foc_json_add_double (builder, "certainty", self->answer.certainty);
      foc_json_add_double (builder, "distance", self->answer.distance);
    }
  foc_json_add_double (builder, "temperature", self->model->temperature);
  json_builder_set_member_name (builder, "sums");
  json_builder_begin_object (builder);
  foc_json_add_double (builder, "difference", shares->difference);
  foc_json_add_double (builder, "positive", shares->positive);
  foc_json_add_double (builder, "negative", shares->negative);
  for (guint c = 0; c < FOC_FEATURE_CHANNELS; c++)
    foc_json_add_double (builder, channel_names[c], self->channels[c]);
  json_builder_end_object (builder);
  if (with_shares)
    foc_json_add_doubles (builder, "shares", shares->shares, shares->n_inputs);
  if (output != NULL)
    foc_cli_add_file (builder, "picture", "picture_uri", NULL, output);
  json_builder_end_object (builder);
  foc_cli_put_json (builder);
}

/* "faces (97.1 %), logit 2.0310" */
static char *
describe_class (const Explained *self, guint label, double logit)
{
  g_autofree char *name = foc_text_escape (self->model->class_names[label]);

  /* Translators: a class, its probability, and the number that this comes from. */
  return g_strdup_printf (_ ("%s (%.1f %%), logit %.4f"), name,
                          100.0 * self->probabilities[label], logit);
}

/* Why the answer is not sure, a sentence; NULL if it is. */
static char *
describe_doubt (const Explained *self)
{
  switch (self->answer.doubt)
    {
    case FOC_DOUBT_PROBABILITY:
      return g_strdup_printf (_ ("The probability is below %.4g %%."),
                              100 * self->model->threshold);
    case FOC_DOUBT_CERTAINTY:
      return g_strdup_printf (_ ("Of answers like this one, to pictures of such detail "
                                 "and contrast, %.1f %% are "
                                 "right; less than %.4g %% are not sure."),
                              100 * self->answer.certainty,
                              100 * self->model->novelty->min_certainty);
    case FOC_DOUBT_NOVELTY:
      return g_strdup (_ ("The picture is unlike anything in training."));
    case FOC_DOUBT_NONE:
    default:
      return NULL;
    }
}

static void
print_text (const Explained *self, const char *output)
{
  const FocShares *shares = &self->shares;
  g_autofree char *name = foc_cli_display_name (self->path);
  g_autofree char *answer = describe_class (self, shares->answer, shares->answer_logit);
  g_autofree char *runner_up =
    describe_class (self, shares->runner_up, shares->runner_up_logit);
  g_autofree char *reason = describe_doubt (self);

  if (reason != NULL)
    g_print (_ ("%s: not sure: %s\n%s\n"), name, answer, reason);
  else
    g_print (_ ("%s: %s\n"), name, answer);
  g_print (_ ("Rather than %s\n"), runner_up);
  if (self->model->temperature != 1)
    g_print (_ ("The probabilities are of logits divided by the temperature, %.4g\n"),
             self->model->temperature);
  g_print (_ ("Difference of the logits, and sum of the shares: %.4f\n"),
           shares->difference);
  g_print (_ ("Shares for the answer: %+.4f, against it: %+.4f\n"), shares->positive,
           shares->negative);
  g_print (_ ("Shares of red: %+.4f, green: %+.4f, blue: %+.4f\n"), self->channels[0],
           self->channels[1], self->channels[2]);
  g_print ("%s\n",
           /* Translators: ImageNet is a collection of photographs. */
           _ ("Where a colour has its mean value over ImageNet, its share is zero."));
  if (output != NULL)
    {
      g_autofree char *output_name = foc_cli_display_name (output);

      g_print (_ ("Picture: %s\n"), output_name);
    }
}

/* The square that was looked at, as RGB: `side` x `side` bytes of three, on white where it
 * is transparent. NULL where it cannot be had any more. */
static guint8 *
load_square (const char *path, int *side, GCancellable *cancellable)
{
  g_auto (FocImage) image = { 0 };
  g_autoptr (GdkPixbuf) square = NULL;
  g_autoptr (GdkPixbuf) scaled = NULL;
  int x, y, width, height;
  guint8 *rgb;

  if (!foc_image_load (path, NULL, PICTURE_SIDE, &image, cancellable, NULL))
    return NULL;

  x = (int) floor (image.region.x);
  y = (int) floor (image.region.y);
  width = (int) ceil (image.region.width);
  height = (int) ceil (image.region.height);
  width = CLAMP (width, 1, gdk_pixbuf_get_width (image.pixbuf) - x);
  height = CLAMP (height, 1, gdk_pixbuf_get_height (image.pixbuf) - y);
  *side = MIN (MAX (width, height), PICTURE_SIDE);

  square = gdk_pixbuf_new_subpixbuf (image.pixbuf, x, y, width, height);
  scaled = gdk_pixbuf_composite_color_simple (square, *side, *side, GDK_INTERP_BILINEAR,
                                              255, *side, 0xffffffff, 0xffffffff);
  if (scaled == NULL)
    return NULL;

  rgb = g_new (guint8, 3 * *side * *side);
  for (int row = 0; row < *side; row++)
    for (int column = 0; column < *side; column++)
      memcpy (rgb + 3 * (row * *side + column),
              gdk_pixbuf_read_pixels (scaled) + row * gdk_pixbuf_get_rowstride (scaled)
                + column * gdk_pixbuf_get_n_channels (scaled),
              3);

  return rgb;
}

static gboolean
draw (const Explained *self,
      const char *output,
      GCancellable *cancellable,
      GError **error)
{
  const FocShares *shares = &self->shares;
  int side = 0;
  g_autofree guint8 *picture = load_square (self->path, &side, cancellable);
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autofree char *reason = describe_doubt (self);
  const FocExplanation explanation = {
    .picture = picture,
    .width = (guint) side,
    .height = (guint) side,
    .side = FOC_FEATURE_SIDE,
    .features = self->features,
    .shares = shares->shares,
    .answer = self->model->class_names[shares->answer],
    .runner_up = self->model->class_names[shares->runner_up],
    .answer_logit = shares->answer_logit,
    .runner_up_logit = shares->runner_up_logit,
    .probability = self->answer.probability,
    .reason = reason,
  };
  g_autoptr (FocPlot) plot = FOC_PLOT (foc_explanation_plot_new (&explanation));

  foc_plot_set_title (plot, name);
  return foc_figure_write_plot (plot, output, PLOT_WIDTH, PLOT_HEIGHT, error);
}

int
foc_cli_explain (int argc, char **argv, GCancellable *cancellable)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("IMAGE"));
  g_autofree char *model_path = NULL;
  g_autofree char *output = NULL;
  gboolean json = FALSE, with_shares = FALSE, replace = FALSE;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model_path,
      N_ ("Model file, or folder of a run (the model that comes with the program)"),
      N_ ("MODEL") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("File to draw it to: a name that ends in .png, .svg or .pdf"), N_ ("FILE") },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &replace,
      N_ ("Replace the file if there is one of that name"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print a JSON document"), NULL },
    { "shares", 0, 0, G_OPTION_ARG_NONE, &with_shares,
      N_ ("Add all 1728 shares to the document: rows, columns, red green blue"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (FocModel) model = NULL;
  Explained explained = { 0 };
  GError *error = NULL;
  gboolean ok;

  g_option_context_set_summary (
    context,
    _ ("Tells what a picture is, and why: how much each pixel and colour of the 24 × 24\n"
       "that the network sees adds to the difference between the logits of the answer "
       "and\n"
       "of the next likely class. The sum of the shares is that difference, exactly."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!foc_cli_parse (context, &argc, &argv, 1, 1))
    return FOC_CLI_USAGE;
  if (with_shares && !json)
    return foc_cli_usage (_ ("--shares is for --json."));

  if (output != NULL && !foc_figure_check_file (output, FALSE, replace, &error))
    return foc_cli_fail (error);

  model = foc_cli_load_model (model_path, &error);
  if (model == NULL
      || !foc_preprocess_file (argv[1], NULL, explained.features, cancellable, &error))
    return foc_cli_fail (error);

  foc_blas_begin_thread ();
  explained.model = model;
  explained.path = argv[1];
  explain (&explained);
  ok = output == NULL || draw (&explained, output, cancellable, &error);
  if (ok && json)
    print_json (&explained, output, with_shares);
  else if (ok)
    print_text (&explained, output);

  foc_shares_clear (&explained.shares);
  g_free (explained.probabilities);
  return ok ? FOC_CLI_OK : foc_cli_fail (error);
}
