/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-trainer.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "test-store.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

enum
{
  N_TRAIN = 300,
  N_VALIDATION = 70,
};

static char *folder;
static char *path; /* a file in it */
static FocFeatureStore *store;
static FocExamples train, validation;

static FocTrainingSettings
make_settings (FocOptimizerKind kind)
{
  return (FocTrainingSettings){
    .hidden = { 16, 8 },
    .n_hidden = 2,
    .batch_size = 64, /* the fifth has 44 examples */
    .optimizer = kind,
    .momentum = 0.9,
    .seed = 5,
  };
}

static double
rate_of (FocOptimizerKind kind)
{
  return kind == FOC_OPTIMIZER_ADAM       ? 0.001
         : kind == FOC_OPTIMIZER_MOMENTUM ? 0.005
                                          : 0.02;
}

static FocTrainer *
make_trainer (FocOptimizerKind kind)
{
  FocTrainingSettings settings = make_settings (kind);

  return foc_trainer_new (&settings, rate_of (kind), &train, &validation);
}

static void
run (FocTrainer *trainer, guint n_epochs)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_epochs; i++)
    {
      foc_trainer_run_epoch (trainer, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
check_equal (const FocTrainer *a, const FocTrainer *b)
{
  const FocCurve *x = foc_trainer_get_curve (a), *y = foc_trainer_get_curve (b);

  g_assert_cmpuint (foc_trainer_get_n_epochs (a), ==, foc_trainer_get_n_epochs (b));
  g_assert_true (test_mlp_equal (foc_trainer_get_mlp (a), foc_trainer_get_mlp (b)));
  g_assert_cmpmem (x->data, x->len * sizeof (FocCurvePoint), y->data,
                   y->len * sizeof (FocCurvePoint));
}

static void
test_learns (void)
{
  for (FocOptimizerKind kind = FOC_OPTIMIZER_SGD; kind <= FOC_OPTIMIZER_ADAM; kind++)
    {
      g_autoptr (FocTrainer) trainer = make_trainer (kind);
      const FocCurvePoint *first, *last;

      run (trainer, 15);
      g_assert_cmpuint (foc_trainer_get_n_epochs (trainer), ==, 15);
      g_assert_cmpuint (foc_trainer_get_n_examples (trainer), ==, 15 * N_TRAIN);
      first = foc_curve_get (foc_trainer_get_curve (trainer), 0);
      last = foc_curve_find_epoch (foc_trainer_get_curve (trainer), 15);
      g_assert_nonnull (last);
      g_assert_cmpfloat (first->training_loss, >, 0.5);
      g_assert_cmpfloat (last->training_loss, <, 0.1);
      g_assert_cmpfloat (last->training_accuracy, >, 0.98);
      g_assert_cmpfloat (last->validation_accuracy, >, 0.95);
      g_assert_cmpfloat (last->validation_loss, <, 0.3);
    }
}

static void
test_hidden_layers (void)
{
  for (guint n = 0; n <= FOC_LIMIT_HIDDEN_LAYERS; n++)
    {
      FocTrainingSettings settings = make_settings (FOC_OPTIMIZER_ADAM);
      g_autoptr (FocTrainer) trainer = NULL;
      g_autoptr (FocTrainer) again = NULL;
      const FocCurve *curve;

      settings.n_hidden = n;
      for (guint i = 0; i < n; i++)
        settings.hidden[i] = 20 - 3 * i;
      trainer = foc_trainer_new (&settings, 0.001, &train, &validation);
      again = foc_trainer_new (&settings, 0.001, &train, &validation);
      g_assert_cmpuint (foc_trainer_get_mlp (trainer)->shape.n_layers, ==, n + 1);
      run (trainer, 8);
      curve = foc_trainer_get_curve (trainer);
      g_assert_cmpfloat (foc_curve_find_epoch (curve, 8)->training_loss, <,
                         0.7 * foc_curve_get (curve, 0)->training_loss);

      g_assert_true (foc_trainer_save (trainer, path, NULL));
      g_assert_true (foc_trainer_load (again, path, NULL));
      check_equal (trainer, again);
    }
}

/* Taken up after each epoch, by a new trainer each time. */
static void
test_resume (void)
{
  for (FocOptimizerKind kind = FOC_OPTIMIZER_SGD; kind <= FOC_OPTIMIZER_ADAM; kind++)
    {
      g_autoptr (FocTrainer) straight = make_trainer (kind);

      for (guint epoch = 0; epoch < 5; epoch++)
        {
          g_autoptr (FocTrainer) resumed = make_trainer (kind);
          g_autoptr (GError) error = NULL;

          if (epoch > 0)
            {
              foc_trainer_load (resumed, path, &error);
              g_assert_no_error (error);
              check_equal (straight, resumed);
              g_assert_cmpuint (foc_trainer_get_n_examples (resumed), ==,
                                epoch * N_TRAIN);
            }
          run (straight, 1);
          run (resumed, 1);
          check_equal (straight, resumed);
          g_assert_true (foc_trainer_save (resumed, path, &error));
        }
    }

  {
    /* Before the first epoch, too. */
    g_autoptr (FocTrainer) a = make_trainer (FOC_OPTIMIZER_ADAM);
    g_autoptr (FocTrainer) b = make_trainer (FOC_OPTIMIZER_ADAM);

    g_assert_true (foc_trainer_save (a, path, NULL));
    g_assert_true (foc_trainer_load (b, path, NULL));
    run (a, 1);
    run (b, 1);
    check_equal (a, b);
  }
}

/* At a learning rate too small to change a weight, an epoch measures the training
 * set: its loss is that of all examples only if each was seen once. */
static void
test_order (void)
{
  FocTrainingSettings settings = make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (FocTrainer) trainer = foc_trainer_new (&settings, 1e-12, &train, NULL);
  g_autoptr (FocMlp) before = foc_mlp_copy (foc_trainer_get_mlp (trainer));
  const FocCurve *curve;
  double loss, accuracy;

  run (trainer, 3);
  curve = foc_trainer_get_curve (trainer);
  g_assert_cmpuint (curve->len, ==, 15);
  g_assert_true (test_mlp_equal (before, foc_trainer_get_mlp (trainer)));
  g_assert_true (foc_evaluate (before, &train, &loss, &accuracy, NULL, NULL, NULL));

  for (guint epoch = 0; epoch < 3; epoch++)
    {
      double sum = 0.0, correct = 0.0;

      for (guint i = 0; i < 5; i++)
        {
          const FocCurvePoint *point = foc_curve_get (curve, epoch * 5 + i);
          guint n = i < 4 ? 64 : N_TRAIN - 4 * 64;

          sum += n * point->training_loss;
          correct += n * point->training_accuracy;
          g_assert_cmpfloat (fabs (point->epoch - (epoch + (i + 1) / 5.0)), <, 1e-12);
          g_assert_true (isnan (point->validation_loss));
          /* Another order each time. */
          if (epoch > 0)
            g_assert_cmpfloat (point->training_loss, !=,
                               foc_curve_get (curve, i)->training_loss);
        }
      g_assert_cmpfloat (fabs (sum / N_TRAIN - loss), <, 1e-6);
      g_assert_cmpfloat (fabs (correct / N_TRAIN - accuracy), <, 1e-9);
    }
}

/* The seed decides about weights and order. */
static void
test_seed (void)
{
  FocTrainingSettings settings = make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (FocTrainer) a = foc_trainer_new (&settings, 0.01, &train, NULL);
  g_autoptr (FocTrainer) b = foc_trainer_new (&settings, 0.01, &train, &validation);
  g_autoptr (FocTrainer) c = NULL;

  settings.seed++;
  c = foc_trainer_new (&settings, 0.01, &train, NULL);
  g_assert_false (test_mlp_equal (foc_trainer_get_mlp (a), foc_trainer_get_mlp (c)));
  run (a, 2);
  run (b, 2);
  /* Measuring changes nothing. */
  g_assert_true (test_mlp_equal (foc_trainer_get_mlp (a), foc_trainer_get_mlp (b)));
}

static void
test_batches (void)
{
  static const struct
  {
    guint batch_size;
    guint32 n_rows;
    guint n_points; /* of an epoch */
  } cases[] = {
    { 1, 3, 3 },   { 1, 25, 10 },    { 7, 25, 4 }, { 25, 25, 1 },  { 64, 25, 1 },
    { 24, 25, 2 }, { 65536, 25, 1 }, { 1, 1, 1 },  { 64, 300, 5 }, { 10, 95, 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FocTrainingSettings settings = make_settings (FOC_OPTIMIZER_SGD);
      g_auto (FocExamples) few = { 0 };
      g_autoptr (FocTrainer) trainer = NULL;
      const FocCurve *curve;

      test_examples_init (&few, store, 0, cases[i].n_rows);
      settings.batch_size = cases[i].batch_size;
      trainer = foc_trainer_new (&settings, 0.001, &few, &validation);
      run (trainer, 3);
      curve = foc_trainer_get_curve (trainer);
      g_assert_cmpuint (curve->len, ==, 3 * cases[i].n_points);
      g_assert_cmpuint (foc_trainer_get_n_examples (trainer), ==, 3 * cases[i].n_rows);
      for (guint p = 0; p < curve->len; p++)
        {
          gboolean last = p % cases[i].n_points == cases[i].n_points - 1;

          g_assert_cmpint (isfinite (foc_curve_get (curve, p)->validation_loss) != 0, ==,
                           last);
          if (last)
            g_assert_cmpfloat (foc_curve_get (curve, p)->epoch, ==,
                               p / cases[i].n_points + 1);
        }
    }
}

/* A batch that holds more than there is, is a batch of what there is. */
static void
test_large_batch (void)
{
  FocTrainingSettings settings = make_settings (FOC_OPTIMIZER_ADAM);
  g_autoptr (FocTrainer) exact = NULL;
  g_autoptr (FocTrainer) larger = NULL;

  settings.batch_size = N_TRAIN;
  exact = foc_trainer_new (&settings, 0.001, &train, NULL);
  settings.batch_size = N_TRAIN + 1;
  larger = foc_trainer_new (&settings, 0.001, &train, NULL);
  run (exact, 3);
  run (larger, 3);
  check_equal (exact, larger);
}

static void
test_evaluations (void)
{
  FocTrainingSettings settings = make_settings (FOC_OPTIMIZER_ADAM);
  g_autoptr (FocTrainer) once = NULL;

  settings.batch_size = 10;
  once = foc_trainer_new (&settings, 0.001, &train, &validation);
  run (once, 2);

  for (guint n = 1; n <= 10; n++)
    {
      g_autoptr (FocTrainer) often =
        foc_trainer_new (&settings, 0.001, &train, &validation);
      const FocCurve *curve;
      guint n_evaluated = 0;

      foc_trainer_set_evaluations (often, n);
      run (often, 2);
      g_assert_true (
        test_mlp_equal (foc_trainer_get_mlp (once), foc_trainer_get_mlp (often)));
      curve = foc_trainer_get_curve (often);
      g_assert_cmpuint (curve->len, ==, 20);
      for (guint i = 0; i < curve->len; i++)
        n_evaluated += isfinite (foc_curve_get (curve, i)->validation_accuracy) != 0;
      g_assert_cmpuint (n_evaluated, ==, 2 * n);
      g_assert_true (isfinite (foc_curve_find_epoch (curve, 1)->validation_accuracy));
      g_assert_true (isfinite (foc_curve_find_epoch (curve, 2)->validation_accuracy));
    }
}

/* As many epochs as nobody should need: the curve stays small enough for its
 * checkpoint. */
static void
test_many_epochs (void)
{
  FocTrainingSettings settings = make_settings (FOC_OPTIMIZER_SGD);
  g_auto (FocExamples) few = { 0 };
  g_autoptr (FocTrainer) trainer = NULL;
  g_autoptr (FocTrainer) again = NULL;
  g_autoptr (GError) error = NULL;
  const guint n_epochs = 3000;

  test_examples_init (&few, store, 0, 10);
  settings.n_hidden = 0;
  settings.batch_size = 1;
  trainer = foc_trainer_new (&settings, 1e-6, &few, &few);
  again = foc_trainer_new (&settings, 1e-6, &few, &few);
  run (trainer, n_epochs);
  g_assert_cmpuint (foc_trainer_get_curve (trainer)->len, ==,
                    FOC_TRAINER_DENSE_EPOCHS * 10 + n_epochs - FOC_TRAINER_DENSE_EPOCHS);
  for (guint epoch = 1; epoch <= n_epochs; epoch += 97)
    g_assert_nonnull (foc_curve_find_epoch (foc_trainer_get_curve (trainer), epoch));

  foc_trainer_save (trainer, path, &error);
  g_assert_no_error (error);
  foc_trainer_load (again, path, &error);
  g_assert_no_error (error);
  check_equal (trainer, again);
}

static void
test_diverges (void)
{
  for (FocOptimizerKind kind = FOC_OPTIMIZER_SGD; kind <= FOC_OPTIMIZER_MOMENTUM; kind++)
    {
      FocTrainingSettings settings = make_settings (kind);
      g_autoptr (FocTrainer) trainer = NULL;
      g_autoptr (GError) error = NULL;
      const FocCurve *curve;
      guint n_epochs = 0;

      /* Deep and wide, so that not every ReLU dies before the numbers end. */
      settings.n_hidden = 4;
      for (guint i = 0; i < 4; i++)
        settings.hidden[i] = 128 / (1 + i / 2);
      trainer = foc_trainer_new (&settings, 1e3, &train, &validation);
      while (n_epochs < 3 && foc_trainer_run_epoch (trainer, NULL, NULL, NULL, &error))
        n_epochs++;
      g_assert_error (error, FOC_ERROR, FOC_ERROR_DIVERGED);
      g_assert_nonnull (strstr (error->message, "1000"));

      /* No point of the curve says anything that is not a number. */
      curve = foc_trainer_get_curve (trainer);
      for (guint i = 0; i < curve->len; i++)
        g_assert_true (isfinite (foc_curve_get (curve, i)->training_loss));
      g_assert_null (foc_curve_find_epoch (curve, n_epochs + 1));
    }
}

static void
count_report (FocTrainer *trainer, gpointer user_data)
{
  guint *n = user_data;

  (*n)++;
  g_assert_cmpuint (foc_trainer_get_n_examples (trainer), >, 0);
}

static void
cancel_report (FocTrainer *trainer, gpointer user_data)
{
  if (foc_trainer_get_n_examples (trainer) > N_TRAIN + 100)
    g_cancellable_cancel (user_data);
}

static void
test_cancel (void)
{
  g_autoptr (FocTrainer) trainer = make_trainer (FOC_OPTIMIZER_SGD);
  g_autoptr (FocTrainer) resumed = make_trainer (FOC_OPTIMIZER_SGD);
  g_autoptr (FocTrainer) straight = make_trainer (FOC_OPTIMIZER_SGD);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint n_reports = 0;

  g_assert_true (
    foc_trainer_run_epoch (trainer, count_report, &n_reports, cancellable, &error));
  g_assert_cmpuint (n_reports, ==, 5);
  g_assert_true (foc_trainer_save (trainer, path, &error));
  g_assert_false (
    foc_trainer_run_epoch (trainer, cancel_report, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (foc_trainer_get_n_examples (trainer), <, 2 * N_TRAIN);

  g_assert_true (foc_trainer_load (resumed, path, &error));
  run (resumed, 1);
  run (straight, 2);
  check_equal (straight, resumed);
}

static void
check_refused (FocTrainer *trainer)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (foc_trainer_load (trainer, path, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_MODEL);
}

/* One thing different from the training that the checkpoint is of. */
static void
test_other_training (void)
{
  g_autoptr (FocTrainer) trainer = make_trainer (FOC_OPTIMIZER_MOMENTUM);
  g_autoptr (FocFeatureStore) other_store =
    test_store_new (N_TRAIN + N_VALIDATION, 2, 1234);
  g_auto (FocExamples) other_train = { 0 };
  g_auto (FocExamples) shorter = { 0 };
  g_auto (FocExamples) moved = { 0 };
  g_auto (FocExamples) longer = { 0 };

  run (trainer, 2);
  g_assert_true (foc_trainer_save (trainer, path, NULL));
  test_examples_init (&other_train, other_store, 0, N_TRAIN);
  test_examples_init (&shorter, store, 0, N_TRAIN - 1);
  test_examples_init (&moved, store, 1, N_TRAIN);
  test_examples_init (&longer, store, N_TRAIN - 1, N_VALIDATION + 1);

  for (guint i = 0; i < 14; i++)
    {
      FocTrainingSettings settings = make_settings (FOC_OPTIMIZER_MOMENTUM);
      double rate = rate_of (FOC_OPTIMIZER_MOMENTUM);
      const FocExamples *with = &train, *on = &validation;
      g_autoptr (FocTrainer) other = NULL;

      switch (i)
        {
        case 1:
          settings.seed++;
          break;
        case 2:
          settings.batch_size++;
          break;
        case 3:
          settings.hidden[1]++;
          break;
        case 4:
          settings.n_hidden--;
          break;
        case 5:
          settings.optimizer = FOC_OPTIMIZER_ADAM;
          break;
        case 6:
          settings.momentum = 0.8;
          break;
        case 7:
          rate = nextafter (rate, 1);
          break;
        case 8:
          with = &other_train;
          break;
        case 9:
          with = &shorter;
          break;
        case 10:
          with = &moved;
          break;
        case 11:
          on = NULL;
          break;
        case 12:
          on = &train;
          break;
        /* All rows the same, but for where the one set ends and the other begins. */
        case 13:
          with = &shorter, on = &longer;
          break;
        default:
          break;
        }
      other = foc_trainer_new (&settings, rate, with, on);
      if (i == 0)
        g_assert_true (foc_trainer_load (other, path, NULL));
      else
        check_refused (other);
    }

  {
    g_autoptr (FocTrainer) other = make_trainer (FOC_OPTIMIZER_MOMENTUM);
    g_autoptr (GError) error = NULL;

    /* It went on for longer than is wanted. */
    g_assert_false (foc_trainer_load_until (other, path, 1, &error));
    g_assert_error (error, FOC_ERROR, FOC_ERROR_MODEL);
    g_assert_cmpuint (foc_trainer_get_n_epochs (other), ==, 0);
    g_assert_true (foc_trainer_load_until (other, path, 2, NULL));
  }
}

/* No damaged checkpoint is taken up, and none harms the trainer. */
static void
test_damage (void)
{
  g_autoptr (FocTrainer) trainer = make_trainer (FOC_OPTIMIZER_ADAM);
  g_autoptr (FocTrainer) other = make_trainer (FOC_OPTIMIZER_ADAM);
  g_autofree char *data = NULL;
  gsize length, header;
  FocRng rng;

  run (trainer, 1);
  g_assert_true (foc_trainer_save (trainer, path, NULL));
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  header = 8 + (guint8) data[0] + 256u * (guint8) data[1];
  foc_rng_init (&rng, 1, 2);

  for (guint i = 0; i < 700; i++)
    {
      /* Half of them in the header; the padding behind it says nothing. */
      gsize at = i % 2 == 0 ? foc_rng_below (&rng, (guint32) header - 16)
                            : header + foc_rng_below (&rng, (guint32) (length - header));
      gsize bit = at * 8 + foc_rng_below (&rng, 8);

      test_file_flip (path, bit);
      check_refused (other);
      test_file_flip (path, bit);
    }
  for (gsize n = length - 1; n > 0; n = n * 3 / 4)
    {
      g_assert_true (g_file_set_contents (path, data, (gssize) n, NULL));
      check_refused (other);
    }

  {
    g_autoptr (FocSafetensors) file = NULL;

    g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
    file = foc_safetensors_read (path, NULL);
    foc_safetensors_get (file, "layers.0.weight")->values[7] = NAN;
    g_assert_true (foc_safetensors_write (file, path, NULL));
    check_refused (other);
  }

  g_remove (path);
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (foc_trainer_load (other, path, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  }

  run (other, 1);
  check_equal (trainer, other);
}

/* The curve survives, whatever its numbers. */
static void
test_curve (void)
{
  static const double values[] = { 0.0,  1.0 / 3, NAN,  1e-300,      5e-324,
                                   1e22, 2e-8,    0.99, G_MAXDOUBLE, 123456789.0 };
  g_autoptr (FocCurve) curve = foc_curve_new ();
  g_autoptr (FocCurve) from_json = NULL;
  g_autoptr (FocCurve) from_tensor = NULL;
  g_autoptr (FocSafetensors) file = foc_safetensors_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  JsonArray *array;
  gsize length;

  for (guint i = 0; i < 40; i++)
    {
      FocCurvePoint point = { (i + 1) / 7.0, values[i % 10], values[i % 7], values[i % 3],
                              values[i % 9] };

      g_array_append_val (curve, point);
    }

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "curve");
  foc_curve_to_json (curve, builder);
  json_builder_end_object (builder);
  text = foc_json_to_string (builder, FALSE, &length);
  object = foc_json_parse (text, length, NULL);
  g_assert_true (foc_json_get_array (object, "curve", 100, &array));
  from_json = foc_curve_from_json (array);
  foc_curve_to_tensor (curve, file, "curve");
  from_tensor = foc_curve_from_tensor (file, "curve");

  g_assert_cmpmem (curve->data, curve->len * sizeof (FocCurvePoint), from_tensor->data,
                   from_tensor->len * sizeof (FocCurvePoint));
  g_assert_cmpuint (from_json->len, ==, curve->len);
  for (gsize i = 0; i < 40 * 5; i++)
    {
      double a = ((double *) (gpointer) curve->data)[i];
      double b = ((double *) (gpointer) from_json->data)[i];

      g_assert_true (a == b || (isnan (a) && isnan (b)));
    }

  g_assert_null (foc_curve_from_tensor (file, "other"));
  foc_safetensors_get (file, "curve")->values[3] = 65536.0f;
  g_assert_null (foc_curve_from_tensor (file, "curve"));
  foc_safetensors_get (file, "curve")->values[3] = -1.0f;
  g_assert_null (foc_curve_from_tensor (file, "curve"));
}

static void
test_hostile_curves (void)
{
  static const char *const curves[] = {
    "[1]",
    "[[]]",
    "[[1,2,3,4]]",
    "[[1,2,3,4,5,6]]",
    "[[1,2,3,4,\"5\"]]",
    "[[1,2,3,4,[]]]",
    "[[1,2,3,4,1e999]]",
    "[[1,2,3,4,-1]]",
    "[[null,2,3,4,5]]",
    "[[0,2,3,4,5]]",
    "[[-1,2,3,4,5]]",
    "[[1,2,3,4,5],[1,2,3,4,5]]",
    "[[2,2,3,4,5],[1,2,3,4,5]]",
    "[{}]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"c\":%s}", curves[i]);
      g_autoptr (JsonObject) object = foc_json_parse (text, strlen (text), NULL);
      JsonArray *array;

      g_assert_true (foc_json_get_array (object, "c", 100, &array));
      g_assert_null (foc_curve_from_json (array));
    }
}

/* Examples of classes that the network does not know. */
static void
test_too_many_classes (void)
{
  g_autoptr (FocFeatureStore) three = test_store_new (30, 3, 1);
  g_auto (FocExamples) examples = { 0 };
  g_auto (FocConfusion) confusion = { 0 };
  g_autoptr (FocTrainer) trainer = make_trainer (FOC_OPTIMIZER_SGD);
  g_autoptr (GError) error = NULL;
  double loss, accuracy;

  foc_confusion_init (&confusion, 2);
  test_examples_init (&examples, three, 0, 30);
  g_assert_false (foc_evaluate (foc_trainer_get_mlp (trainer), &examples, &loss,
                                &accuracy, &confusion, NULL, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_DATASET);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  foc_blas_begin_thread ();
  folder = test_folder_new ();
  path = g_build_filename (folder, "checkpoint", NULL);
  store = test_store_new (N_TRAIN + N_VALIDATION, 2, 1);
  test_examples_init (&train, store, 0, N_TRAIN);
  test_examples_init (&validation, store, N_TRAIN, N_VALIDATION);

  g_test_add_func ("/trainer/learns", test_learns);
  g_test_add_func ("/trainer/hidden-layers", test_hidden_layers);
  g_test_add_func ("/trainer/resume", test_resume);
  g_test_add_func ("/trainer/order", test_order);
  g_test_add_func ("/trainer/seed", test_seed);
  g_test_add_func ("/trainer/batches", test_batches);
  g_test_add_func ("/trainer/large-batch", test_large_batch);
  g_test_add_func ("/trainer/evaluations", test_evaluations);
  g_test_add_func ("/trainer/many-epochs", test_many_epochs);
  g_test_add_func ("/trainer/diverges", test_diverges);
  g_test_add_func ("/trainer/cancel", test_cancel);
  g_test_add_func ("/trainer/other-training", test_other_training);
  g_test_add_func ("/trainer/damage", test_damage);
  g_test_add_func ("/trainer/curve", test_curve);
  g_test_add_func ("/trainer/hostile-curves", test_hostile_curves);
  g_test_add_func ("/trainer/too-many-classes", test_too_many_classes);

  status = g_test_run ();
  test_examples_clear (&train);
  test_examples_clear (&validation);
  foc_feature_store_unref (store);
  test_folder_delete (folder);
  g_free (folder);
  g_free (path);
  return status;
}
