/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Our side of the benchmark, one sub-command a figure; see "commands" at the end.
 *
 * Those that measure get ready, print "ready", and then, for each line on stdin,
 * do their work once and print the seconds that it took: so the driver makes this
 * and the references take turns. The others do something and end. */

#include "foc-blas.h"
#include "foc-duplicates.h"
#include "foc-feature-build.h"
#include "foc-figure.h"
#include "foc-grid-search.h"
#include "foc-line-chart.h"
#include "foc-model-file.h"
#include "foc-plot-map.h"
#include "foc-thumbnail.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void
die (GError *error)
{
  g_printerr ("bench-foc: %s\n", error->message);
  exit (1);
}

/* Making what is measured */

/* Rows of random bytes, whose class shows in their mean. */
static void
store (char **arguments)
{
  guint32 n_rows = (guint32) atoi (arguments[1]);
  const guint8 key[FOC_FEATURE_KEY_BYTES] = { 0 };
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (FocFeatureWriter) writer = NULL;
  g_autoptr (FocFeatureStore) done = NULL;
  GError *error = NULL;
  FocRng rng;

  foc_rng_init (&rng, 1, 0);
  writer = foc_feature_writer_new (arguments[0], key, n_rows, 2, &error);
  for (guint32 row = 0; writer != NULL && row < n_rows && error == NULL; row++)
    {
      FocFeatureEntry entry = { .label = (guint16) (foc_rng_next (&rng) & 1) };
      guint32 words[FOC_N_FEATURES / 4];

      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        words[i] = (foc_rng_next (&rng) & 0x7f7f7f7f) + entry.label * 0x04040404u;
      foc_feature_writer_write (writer, row, &entry, (const guint8 *) words, &error);
    }
  if (error == NULL)
    done = foc_feature_writer_commit (writer, digest, NULL, &error);
  if (error != NULL)
    die (error);
}

/* What the measurements share */

typedef void (*Round) (gpointer data);

static void
take_turns (Round round, gpointer data)
{
  char line[16];

  puts ("ready");
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      gint64 start = g_get_monotonic_time ();

      round (data);
      printf ("%.6f\n", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
      fflush (stdout);
    }
}

static FocFeatureStore *
open_store (const char *path)
{
  GError *error = NULL;
  FocFeatureStore *opened = foc_feature_store_open (path, NULL, &error);

  if (opened == NULL)
    die (error);
  return opened;
}

static FocExamples
examples_of (FocFeatureStore *opened, guint32 first, guint32 n)
{
  guint32 *rows = g_new (guint32, n);

  for (guint32 i = 0; i < n; i++)
    rows[i] = first + i;
  return (FocExamples){ opened, rows, n };
}

/* Features and scan */

static void
features_round (gpointer data)
{
  char **arguments = data;
  FocFeatureBuildOptions options = {
    .cache = arguments[1],
    .jobs = (guint) atoi (arguments[2]),
    .fresh = arguments[3] == NULL,
  };
  g_autoptr (FocDataset) dataset = NULL;
  g_autoptr (FocFeatureStore) built = NULL;
  g_autofree char *notice = NULL;
  GError *error = NULL;

  dataset = foc_dataset_scan (arguments[0], NULL, NULL, NULL, &error);
  if (dataset != NULL)
    built = foc_feature_build (dataset, &options, NULL, NULL, NULL, &notice, &error);
  if (error != NULL)
    die (error);
  if (notice != NULL)
    g_error ("%s", notice);
}

static void
features (char **arguments)
{
  take_turns (features_round, arguments);
}

/* Duplicates: of a folder whose store is warm */

typedef struct
{
  FocDataset *dataset;
  FocFeatureStore *store;
  guint jobs;
} Duplicates;

static void
duplicates_round (gpointer data)
{
  Duplicates *duplicates = data;
  GError *error = NULL;
  FocDuplicates *found =
    foc_duplicates_find (duplicates->dataset, duplicates->store, FOC_RELATIONS_ALL,
                         duplicates->jobs, NULL, NULL, NULL, &error);

  if (found == NULL)
    die (error);
  foc_duplicates_unref (found);
}

static void
duplicates (char **arguments)
{
  FocFeatureBuildOptions options = {
    .cache = arguments[1],
    .jobs = (guint) atoi (arguments[2]),
  };
  g_autoptr (FocDataset) dataset = NULL;
  g_autoptr (FocFeatureStore) built = NULL;
  g_autofree char *notice = NULL;
  Duplicates data = { .jobs = options.jobs };
  GError *error = NULL;

  dataset = foc_dataset_scan (arguments[0], NULL, NULL, NULL, &error);
  if (dataset != NULL)
    built = foc_feature_build (dataset, &options, NULL, NULL, NULL, &notice, &error);
  if (error != NULL)
    die (error);
  data.dataset = dataset;
  data.store = built;
  take_turns (duplicates_round, &data);
}

/* Training */

static void
sgd_round (gpointer data)
{
  GError *error = NULL;

  if (!foc_trainer_run_epoch (data, NULL, NULL, NULL, &error))
    die (error);
}

static void
sgd (char **arguments)
{
  g_autoptr (FocFeatureStore) opened = open_store (arguments[0]);
  FocExamples train = examples_of (opened, 0, foc_feature_store_get_n_rows (opened));
  g_autoptr (FocTrainer) trainer = NULL;
  FocSettings settings;

  foc_blas_begin_thread ();
  foc_settings_init (&settings, FOC_PRESET_PAPER, train.n_rows);
  trainer = foc_trainer_new (&settings.training, 0.001, &train, NULL);
  take_turns (sgd_round, trainer);
}

static void
sgemm_round (gpointer data)
{
  float *matrices = data;
  const gsize n = 1024;

  for (int i = 0; i < 5; i++)
    foc_sgemm (FALSE, FALSE, n, n, n, 1.0f, matrices, n, matrices + n * n, n, 0.0f,
               matrices + 2 * n * n, n);
}

static void
sgemm (char **arguments)
{
  const guint n = 1024;
  g_autofree float *matrices = g_new (float, 3 * n * n);
  FocRng rng;

  foc_rng_init (&rng, 1, 0);
  for (guint i = 0; i < 3 * n * n; i++)
    matrices[i] = (float) foc_rng_uniform (&rng);
  foc_blas_begin_thread ();
  take_turns (sgemm_round, matrices);
}

typedef struct
{
  FocSettings settings;
  FocExamples train;
  FocExamples validation;
  const char *checkpoints;
  guint jobs;
} Grid;

static void
grid_round (gpointer data)
{
  Grid *grid = data;
  GError *error = NULL;
  FocGrid *done;

  for (guint i = 0; i < grid->settings.n_learning_rates; i++)
    {
      g_autofree char *path = foc_checkpoint_path (grid->checkpoints, i);

      remove (path);
    }
  done = foc_grid_search (&grid->settings, &grid->train, &grid->validation,
                          grid->checkpoints, grid->jobs, NULL, &error);
  if (done == NULL)
    die (error);
  foc_grid_free (done);
}

static void
grid (char **arguments)
{
  g_autoptr (FocFeatureStore) opened = open_store (arguments[0]);
  Grid data = {
    .train = examples_of (opened, 0, 10000),
    .validation = examples_of (opened, 10000, 4000),
    .checkpoints = arguments[1],
    .jobs = (guint) atoi (arguments[2]),
  };

  foc_settings_init (&data.settings, FOC_PRESET_PAPER, data.train.n_rows);
  take_turns (grid_round, &data);
}

/* One epoch over all rows, by one or both trajectories of the paper. Prints the
 * largest memory that was ever resident, in bytes. Not ru_maxrss, which a process
 * inherits from the one that started it. */
static void
memory (char **arguments)
{
  g_autoptr (FocFeatureStore) opened = open_store (arguments[0]);
  guint32 n_rows = foc_feature_store_get_n_rows (opened);
  guint n_trajectories = (guint) atoi (arguments[2]);
  Grid data = {
    .train = examples_of (opened, 0, n_rows),
    .validation = examples_of (opened, 0, 4000),
    .checkpoints = arguments[1],
    .jobs = n_trajectories,
  };
  g_autofree char *status = NULL;

  foc_settings_init (&data.settings, FOC_PRESET_PAPER, n_rows);
  data.settings.n_learning_rates = n_trajectories;
  data.settings.n_epochs = 1;
  grid_round (&data);

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  printf ("%ld\n", 1024 * atol (strstr (status, "VmHWM:") + strlen ("VmHWM:")));
}

/* Thumbnails */

/* The pictures again, as PNG of SIZE x SIZE pixels: what a cache of thumbnails holds. */
static void
png (char **arguments)
{
  int size = atoi (arguments[1]);
  GError *error = NULL;

  for (guint i = 2; arguments[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.png", i);
      g_autofree char *path = g_build_filename (arguments[0], name, NULL);
      g_autoptr (GdkPixbuf) picture =
        gdk_pixbuf_new_from_file_at_size (arguments[i], size, size, &error);

      if (picture == NULL || !gdk_pixbuf_save (picture, path, "png", &error, NULL))
        die (error);
    }
}

static void
thumbnails_round (gpointer data)
{
  char **arguments = data;
  GError *error = NULL;

  for (guint i = 1; arguments[i] != NULL; i++)
    {
      g_autoptr (FocThumbnail) thumbnail =
        foc_thumbnail_decode (arguments[i], (guint) atoi (arguments[0]), NULL, &error);

      if (thumbnail == NULL)
        die (error);
    }
}

static void
thumbnails (char **arguments)
{
  take_turns (thumbnails_round, arguments);
}

/* A plot as the window shows it while a search is under way: so many curves, two of each
 * learning rate, of so many points. */

#define PLOT_WIDTH 800
#define PLOT_HEIGHT 400

typedef struct
{
  FocPlot *plot;
  cairo_surface_t *surface;
  FocPlotMap *map;
  guint n_motions;
} Plotting;

static FocPlot *
make_curves (guint n_series, guint n_points)
{
  FocLineChart *chart = foc_line_chart_new ();
  g_autofree double *x = g_new (double, n_points);
  g_autofree double *y = g_new (double, n_points);
  FocRng rng;

  foc_rng_init (&rng, 1, 0);
  for (guint i = 0; i < n_series; i++)
    {
      g_autofree char *name = g_strdup_printf ("%g", 0.1 / (1 + i / 2));
      const FocSeries series = { .name = name,
                                 .kind = i % 2 ? "validation" : "training",
                                 .look = i / 2,
                                 .bold = i % 2 != 0,
                                 .x = x,
                                 .y = y,
                                 .n = n_points };

      for (guint k = 0; k < n_points; k++)
        {
          x[k] = 10.0 * (k + 1) / n_points;
          y[k] = 0.02 * (1 + i) + 0.7 / (1 + x[k])
                 + (i % 2 ? 0.005 : 0.05) * (foc_rng_next (&rng) >> 8) / (1 << 24);
        }
      foc_line_chart_add_series (chart, &series);
    }
  return FOC_PLOT (chart);
}

static void
redraw_round (gpointer data)
{
  const FocPlotStyle style = FOC_PLOT_STYLE_INIT;
  Plotting *self = data;
  cairo_t *cr = cairo_create (self->surface);

  g_clear_pointer (&self->map, foc_plot_map_free);
  self->map = foc_plot_draw_mapped (self->plot, cr, PLOT_WIDTH, PLOT_HEIGHT, &style);
  cairo_destroy (cr);
}

/* Somewhere else each time. */
static void
motion_round (gpointer data)
{
  const FocPlotStyle style = FOC_PLOT_STYLE_INIT;
  Plotting *self = data;
  cairo_t *cr = cairo_create (self->surface);
  guint n = ++self->n_motions;
  FocPlotPick pick;

  if (foc_plot_map_find (self->map, 100 + n * 37 % 400, 200 + n * 11 % 100, &pick))
    foc_plot_map_draw_pick (self->map, &pick, cr, &style);
  cairo_destroy (cr);
}

/* A search of so many learning rates and epochs, ten points each: what the main loop makes
 * of it before anything is drawn. */
static void
figure_round (gpointer data)
{
  g_autoptr (FocPlot) plot = foc_figure_draw_grid (data, NULL, 2, FOC_FIGURE_LOSS, FALSE);
}

static void
figure (char **arguments)
{
  g_autoptr (FocGrid) grid = NULL;
  FocSettings settings;
  FocRng rng;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  foc_rng_init (&rng, 1, 0);
  settings.n_learning_rates = (guint) atoi (arguments[0]);
  for (guint i = 0; i < settings.n_learning_rates; i++)
    settings.learning_rates[i] = 0.1 / (1 + i);
  settings.n_epochs = 1;
  settings.epochs[0] = (guint) atoi (arguments[1]);
  grid = foc_grid_new (&settings);
  for (guint i = 0; i < settings.n_learning_rates; i++)
    for (guint k = 1; k <= 10 * settings.epochs[0]; k++)
      {
        double loss = 0.5 + 0.1 * (foc_rng_next (&rng) >> 8) / (1 << 24);
        FocCurvePoint point = { .epoch = k / 10.0,
                                .training_loss = loss,
                                .training_accuracy = 1 - loss,
                                .validation_loss = k % 10 == 0 ? loss : NAN,
                                .validation_accuracy = k % 10 == 0 ? 1 - loss : NAN };

        g_array_append_val (grid->trajectories[i].curve, point);
      }
  take_turns (figure_round, grid);
}

static void
plots (char **arguments)
{
  Plotting plotting = {
    .plot = make_curves ((guint) atoi (arguments[1]), (guint) atoi (arguments[2])),
    .surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, PLOT_WIDTH, PLOT_HEIGHT),
  };

  redraw_round (&plotting);
  take_turns (g_str_equal (arguments[0], "motion") ? motion_round : redraw_round,
              &plotting);
}

/* For "classify": a network that nobody trained costs as much as any. */
static void
model (char **arguments)
{
  const char *const classes[] = { "comics", "faces", NULL };
  g_autoptr (FocModel) made = NULL;
  GError *error = NULL;
  FocSettings settings;
  FocMlpShape shape;
  FocMlp *mlp;
  FocRng rng;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  foc_training_settings_get_shape (&settings.training, 2, &shape);
  mlp = foc_mlp_new (&shape);
  foc_rng_init (&rng, 1, FOC_RNG_STREAM_WEIGHTS);
  foc_mlp_initialise (mlp, &rng);
  made = foc_model_new (mlp, classes);
  if (!foc_model_save (made, arguments[0], &error))
    die (error);
}

static void
versions (char **arguments)
{
  printf ("OpenBLAS kernels %s; %s; GLib %u.%u.%u\n", foc_blas_core_name (),
          foc_image_get_decoders (), glib_major_version, glib_minor_version,
          glib_micro_version);
}

static const struct
{
  const char *name;
  const char *arguments;
  int n_arguments; /* at least */
  void (*run) (char **arguments);
} commands[] = {
  { "store", "FILE ROWS", 2, store },
  { "model", "FILE", 1, model },
  { "png", "FOLDER SIZE FILE...", 3, png },
  { "versions", "", 0, versions },
  { "memory", "STORE CHECKPOINTS TRAJECTORIES", 3, memory },
  /* Rounds: */
  { "features", "FOLDER CACHE JOBS [warm]", 3, features },
  { "duplicates", "FOLDER CACHE JOBS", 3, duplicates },
  { "sgd", "STORE", 1, sgd },
  { "sgemm", "", 0, sgemm },
  { "grid", "STORE CHECKPOINTS JOBS", 3, grid },
  { "plots", "redraw|motion CURVES POINTS", 3, plots },
  { "figure", "RATES EPOCHS", 2, figure },
  { "thumbnails", "SIDE FILE...", 2, thumbnails },
};

int
main (int argc, char **argv)
{
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name) && argc - 2 >= commands[i].n_arguments)
      {
        commands[i].run (argv + 2);
        return 0;
      }

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_printerr ("usage: bench-foc %s %s\n", commands[i].name, commands[i].arguments);
  return 2;
}
