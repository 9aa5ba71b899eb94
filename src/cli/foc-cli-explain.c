/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli.h"

#include "foc-blas.h"
#include "foc-cli-options.h"
#include "foc-error.h"
#include "foc-explained.h"
#include "foc-explanation-plot.h"
#include "foc-figure-file.h"
#include "foc-model-file.h"
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
  FocRectangle square; /* that was looked at */
  guint8 features[FOC_N_FEATURES];
  FocExplained explained;
  char *reason; /* why the answer is not sure, a sentence; NULL if it is */
} Picture;

/* "X,Y,SIDE" */
static gboolean
parse_square (const char *text, FocRectangle *square, GError **error)
{
  g_auto (GStrv) numbers = g_strsplit (text, ",", -1);

  if (g_strv_length (numbers) != 3)
    {
      g_set_error_literal (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                           _ ("--square needs three numbers with commas between them, "
                              "such as 100,80,512."));
      return FALSE;
    }
  if (!foc_cli_parse_double ("--square", numbers[0], &square->x, error)
      || !foc_cli_parse_double ("--square", numbers[1], &square->y, error)
      || !foc_cli_parse_double ("--square", numbers[2], &square->width, error))
    return FALSE;

  square->height = square->width;
  return TRUE;
}

/* A region is clipped to the picture; a square that was asked for shall stay what it is. */
static gboolean
check_square (const FocRectangle *square, const FocImage *image, GError **error)
{
  if (square->x >= 0 && square->y >= 0 && square->width >= 1
      && square->x + square->width <= image->full_width
      && square->y + square->height <= image->full_height)
    return TRUE;

  g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
               _ ("The square must have one pixel at least and lie within the picture, "
                  "which has %d × %d."),
               image->full_width, image->full_height);
  return FALSE;
}

/* `square`: NULL for the centred largest one. */
static gboolean
explain (Picture *self,
         const FocRectangle *square,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&self->model->mlp->shape, 1);
  g_auto (FocImage) image = { 0 };

  if (!foc_image_load (self->path, square, FOC_PREPROCESS_MIN_SIDE, &image, cancellable,
                       error)
      || (square != NULL && !check_square (square, &image, error)))
    return FALSE;

  foc_image_choose_region (square, image.full_width, image.full_height, &self->square);
  foc_preprocess_image (&image, self->features);
  foc_blas_begin_thread ();
  foc_model_explain (self->model, work, self->features, &self->explained);
  self->reason = foc_model_describe_doubt (self->model, &self->explained.answer);
  return TRUE;
}

static void
add_class (const Picture *self,
           JsonBuilder *builder,
           const char *name,
           guint label,
           double logit)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  foc_json_add_string (builder, "label", self->model->class_names[label]);
  foc_json_add_double (builder, "probability", self->explained.probabilities[label]);
  foc_json_add_double (builder, "logit", logit);
  json_builder_end_object (builder);
}

static void
print_json (const Picture *self, const char *output, gboolean with_shares)
{
  const FocShares *shares = self->explained.shares;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  foc_cli_add_file (builder, "file", "uri", NULL, self->path);
  json_builder_set_member_name (builder, "square");
  json_builder_begin_object (builder);
  foc_json_add_double (builder, "x", self->square.x);
  foc_json_add_double (builder, "y", self->square.y);
  foc_json_add_double (builder, "side", self->square.width);
  json_builder_end_object (builder);
  add_class (self, builder, "answer", shares->answer, shares->answer_logit);
  add_class (self, builder, "runner_up", shares->runner_up, shares->runner_up_logit);
  json_builder_set_member_name (builder, "not_sure");
  json_builder_add_boolean_value (builder,
                                  self->explained.answer.doubt != FOC_DOUBT_NONE);
  if (self->explained.answer.doubt != FOC_DOUBT_NONE)
    foc_json_add_string (builder, "reason",
                         foc_doubt_to_string (self->explained.answer.doubt));
  if (self->model->novelty != NULL)
    {
      foc_json_add_double (builder, "certainty", self->explained.answer.certainty);
      foc_json_add_double (builder, "distance", self->explained.answer.distance);
    }
  foc_json_add_double (builder, "temperature", self->model->temperature);
  json_builder_set_member_name (builder, "sums");
  json_builder_begin_object (builder);
  foc_json_add_double (builder, "difference", shares->difference);
  foc_json_add_double (builder, "positive", shares->positive);
  foc_json_add_double (builder, "negative", shares->negative);
  for (guint c = 0; c < FOC_FEATURE_CHANNELS; c++)
    foc_json_add_double (builder, channel_names[c], self->explained.channel_shares[c]);
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
describe_class (const Picture *self, guint label, double logit)
{
  g_autofree char *name = foc_text_escape (self->model->class_names[label]);
  g_autofree char *percent =
    foc_text_describe_probability ((double) self->explained.probabilities[label], 1);

  /* Translators: a class, its probability, and the number that this comes from. */
  return g_strdup_printf (_ ("%s (%s), logit %.4f"), name, percent, logit);
}

static void
print_text (const Picture *self, const char *output)
{
  const FocShares *shares = self->explained.shares;
  g_autofree char *name = foc_cli_display_name (self->path);
  g_autofree char *answer = describe_class (self, shares->answer, shares->answer_logit);
  g_autofree char *runner_up =
    describe_class (self, shares->runner_up, shares->runner_up_logit);

  if (self->reason != NULL)
    g_print (_ ("%s: not sure: %s\n%s\n"), name, answer, self->reason);
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
  g_print (_ ("Shares of red: %+.4f, green: %+.4f, blue: %+.4f\n"),
           self->explained.channel_shares[0], self->explained.channel_shares[1],
           self->explained.channel_shares[2]);
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
load_square (const Picture *self, int *side, GCancellable *cancellable)
{
  g_auto (FocImage) image = { 0 };
  g_autoptr (GdkPixbuf) square = NULL;
  g_autoptr (GdkPixbuf) scaled = NULL;
  int x, y, width, height;
  guint8 *rgb;

  if (!foc_image_load (self->path, &self->square, PICTURE_SIDE, &image, cancellable,
                       NULL))
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
draw (const Picture *self, const char *output, GCancellable *cancellable, GError **error)
{
  const FocShares *shares = self->explained.shares;
  int side = 0;
  g_autofree guint8 *picture = load_square (self, &side, cancellable);
  g_autofree char *name = g_filename_display_basename (self->path);
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
    .probability = self->explained.answer.probability,
    .reason = self->reason,
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
  g_autofree char *square_text = NULL;
  gboolean json = FALSE, with_shares = FALSE, replace = FALSE;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model_path,
      N_ ("Model file, or folder of a run (the model that comes with the program)"),
      N_ ("MODEL") },
    { "square", 0, 0, G_OPTION_ARG_STRING, &square_text,
      N_ ("Square to look at, in pixels (the largest one, in the middle)"),
      N_ ("X,Y,SIDE") },
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
  FocRectangle square;
  Picture picture = { 0 };
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

  if (square_text != NULL && !parse_square (square_text, &square, &error))
    return foc_cli_fail (error);
  if (output != NULL && !foc_figure_check_file (output, FALSE, replace, &error))
    return foc_cli_fail (error);

  model = foc_cli_load_model (model_path, &error);
  if (model == NULL)
    return foc_cli_fail (error);

  picture.model = model;
  picture.path = argv[1];
  ok = explain (&picture, square_text != NULL ? &square : NULL, cancellable, &error)
       && (output == NULL || draw (&picture, output, cancellable, &error));
  if (ok && json)
    print_json (&picture, output, with_shares);
  else if (ok)
    print_text (&picture, output);

  foc_explained_clear (&picture.explained);
  g_free (picture.reason);
  return ok ? FOC_CLI_OK : foc_cli_fail (error);
}
