/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-blas.h"
#include "foc-mlp.h"
#include "foc-optimizer.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define UNIT (1.0 / 16777216.0) /* what rounding to float32 may take, relatively */

static void
test_kinds (void)
{
  static const char *const names[] = { "sgd", "momentum", "adam" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      FocOptimizerKind kind = (FocOptimizerKind) 99;
      g_auto (FocOptimizer) optimizer = { 0 };

      g_assert_true (foc_optimizer_kind_from_string (names[i], &kind));
      g_assert_cmpuint (kind, ==, i);
      g_assert_cmpstr (foc_optimizer_kind_to_string (kind), ==, names[i]);
      g_assert_cmpuint (foc_optimizer_n_states (kind), ==, i);

      foc_optimizer_init (&optimizer, kind, 0.5, 0.25, 7);
      g_assert_cmpuint (optimizer.kind, ==, kind);
      g_assert_cmpfloat (optimizer.learning_rate, ==, 0.5);
      g_assert_cmpfloat (optimizer.momentum, ==, 0.25);
      g_assert_cmpuint (optimizer.n_parameters, ==, 7);
      g_assert_cmpuint (optimizer.n_steps, ==, 0);
      for (guint s = 0; s < FOC_OPTIMIZER_MAX_STATES; s++)
        {
          g_assert_true ((optimizer.states[s] != NULL) == (s < i));
          for (guint j = 0; s < i && j < 7; j++)
            g_assert_cmpfloat (optimizer.states[s][j], ==, 0.0);
        }
    }

  {
    FocOptimizerKind kind = FOC_OPTIMIZER_ADAM;

    g_assert_false (foc_optimizer_kind_from_string ("Adam", &kind));
    g_assert_false (foc_optimizer_kind_from_string ("", &kind));
    g_assert_cmpuint (kind, ==, FOC_OPTIMIZER_ADAM);
  }
}

/* Three steps against the formulas of the header, in double. */
static void
test_formulas (void)
{
  static const float gradients[] = { 0.5f, -2.0f, 0.125f };
  const double lr = 0.1, mu = 0.9, b1 = 0.9, b2 = 0.999, eps = 1e-8;

  for (guint k = 0; k < 3; k++)
    {
      g_auto (FocOptimizer) optimizer = { 0 };
      double expected = 1.0, m = 0.0, v = 0.0;
      float w = 1.0f;

      foc_optimizer_init (&optimizer, (FocOptimizerKind) k, lr, mu, 1);
      for (guint t = 1; t <= G_N_ELEMENTS (gradients); t++)
        {
          double g = gradients[t - 1];

          if (k == FOC_OPTIMIZER_SGD)
            expected -= lr * g;
          else if (k == FOC_OPTIMIZER_MOMENTUM)
            {
              v = mu * v + g;
              expected -= lr * v;
            }
          else
            {
              m = b1 * m + (1 - b1) * g;
              v = b2 * v + (1 - b2) * g * g;
              expected -=
                lr / (1 - pow (b1, t)) * m / (sqrt (v / (1 - pow (b2, t))) + eps);
            }

          foc_optimizer_step (&optimizer, &w, &gradients[t - 1]);
          g_assert_cmpuint (optimizer.n_steps, ==, t);
          g_assert_cmpfloat_with_epsilon (w, expected, 8 * t * UNIT);
        }
    }
}

/* A parameter alone moves as it does among others, and going on from a copy of
 * the state is going on: what the same bits after a resume stand on. */
static void
test_same_bits (void)
{
  enum
  {
    N = 67,
    STEPS = 5
  };
  float gradients[STEPS][N];
  FocRng rng;

  foc_rng_init (&rng, 1, 100);
  for (guint t = 0; t < STEPS; t++)
    for (guint i = 0; i < N; i++)
      gradients[t][i] = (float) (foc_rng_normal (&rng) * pow (10, i % 9 - 6.0));

  for (guint k = 0; k < 3; k++)
    {
      FocOptimizerKind kind = (FocOptimizerKind) k;
      float together[N], half[N];
      g_auto (FocOptimizer) whole = { 0 };
      g_auto (FocOptimizer) resumed = { 0 };

      for (guint i = 0; i < N; i++)
        together[i] = 1.0f;
      foc_optimizer_init (&whole, kind, 0.01, 0.9, N);
      foc_optimizer_init (&resumed, kind, 0.01, 0.9, N);
      for (guint t = 0; t < STEPS; t++)
        {
          if (t == 2)
            {
              memcpy (half, together, sizeof half);
              resumed.n_steps = whole.n_steps;
              for (guint s = 0; s < foc_optimizer_n_states (kind); s++)
                memcpy (resumed.states[s], whole.states[s], sizeof half);
            }
          foc_optimizer_step (&whole, together, gradients[t]);
          if (t >= 2)
            foc_optimizer_step (&resumed, half, gradients[t]);
        }
      g_assert_cmpmem (together, sizeof together, half, sizeof half);

      for (guint i = 0; i < N; i++)
        {
          float alone = 1.0f;
          g_auto (FocOptimizer) one = { 0 };

          foc_optimizer_init (&one, kind, 0.01, 0.9, 1);
          for (guint t = 0; t < STEPS; t++)
            foc_optimizer_step (&one, &alone, &gradients[t][i]);
          g_assert_cmpmem (&alone, sizeof alone, &together[i], sizeof alone);
        }
    }
}

static void
test_edges (void)
{
  for (guint k = 0; k < 3; k++)
    {
      g_auto (FocOptimizer) optimizer = { 0 };
      g_auto (FocOptimizer) empty = { 0 };
      float w[] = { 1.5f, -0.0f, 3.0f };
      const float zeros[] = { 0.0f, 0.0f, 0.0f };
      const float bad[] = { (float) NAN, 0.0f, 0.0f };

      /* Where there is no gradient nothing moves, and 0 / 0 does not arise. */
      foc_optimizer_init (&optimizer, (FocOptimizerKind) k, 0.1, 0.9, 3);
      for (guint t = 0; t < 1000; t++)
        foc_optimizer_step (&optimizer, w, zeros);
      g_assert_cmpfloat (w[0], ==, 1.5);
      g_assert_cmpfloat (w[1], ==, 0.0);

      /* A NaN stays where it is, and stays. */
      foc_optimizer_step (&optimizer, w, bad);
      foc_optimizer_step (&optimizer, w, zeros);
      g_assert_true (isnan (w[0]));
      g_assert_cmpfloat (w[2], ==, 3.0);

      foc_optimizer_init (&empty, (FocOptimizerKind) k, 0.1, 0.9, 0);
      foc_optimizer_step (&empty, NULL, NULL);
    }
}

/* Momentum of 0 is SGD; a first step of Adam is the learning rate, whatever the
 * gradient's size. */
static void
test_relations (void)
{
  float plain[] = { 1, 2, 3 }, heavy[] = { 1, 2, 3 };
  const float gradient[] = { 0.3f, -0.7f, 1e-3f };
  g_auto (FocOptimizer) sgd = { 0 };
  g_auto (FocOptimizer) momentum = { 0 };

  foc_optimizer_init (&sgd, FOC_OPTIMIZER_SGD, 0.1, 0.0, 3);
  foc_optimizer_init (&momentum, FOC_OPTIMIZER_MOMENTUM, 0.1, 0.0, 3);
  for (guint t = 0; t < 5; t++)
    {
      foc_optimizer_step (&sgd, plain, gradient);
      foc_optimizer_step (&momentum, heavy, gradient);
    }
  g_assert_cmpmem (plain, sizeof plain, heavy, sizeof heavy);

  for (int power = -4; power <= 8; power++)
    for (int sign = -1; sign <= 1; sign += 2)
      {
        g_auto (FocOptimizer) adam = { 0 };
        float w = 0.0f, g = (float) (sign * pow (10, power));

        foc_optimizer_init (&adam, FOC_OPTIMIZER_ADAM, 0.01, 0.0, 1);
        foc_optimizer_step (&adam, &w, &g);
        /* Of 10^-4 the eps of 1e-8 takes a ten-thousandth. */
        g_assert_cmpfloat_with_epsilon (w, -sign * 0.01, 1.1e-6);
      }
}

/* The recipe of golden-network.py: the finaliser of MurmurHash3 of a running
 * number, 16 bits of it, in [-1, 1). */
static float
recipe (guint block, gsize i)
{
  guint32 h = (guint32) i + 1000003u * block;

  h ^= h >> 16;
  h *= 0x85ebca6bu;
  h ^= h >> 13;
  h *= 0xc2b2ae35u;
  h ^= h >> 16;

  return (float) (h >> 16) / 32768.0f - 1.0f;
}

typedef struct
{
  JsonObject *golden;
  FocMlpShape shape;
  guint n;
  float *x;
  guint16 *labels;
} Case;

static void
case_init (Case *self, JsonObject *golden)
{
  JsonArray *widths = json_object_get_array_member (golden, "widths");
  guint n_classes, n_inputs;

  memset (self, 0, sizeof *self);
  self->golden = golden;
  self->n = (guint) json_object_get_int_member (golden, "batch");
  self->shape.n_layers = json_array_get_length (widths) - 1;
  g_assert_cmpuint (self->shape.n_layers, <=, FOC_MLP_MAX_LAYERS);
  for (guint i = 0; i <= self->shape.n_layers; i++)
    self->shape.widths[i] = (guint) json_array_get_int_element (widths, i);

  n_inputs = foc_mlp_shape_n_inputs (&self->shape);
  n_classes = foc_mlp_shape_n_classes (&self->shape);
  self->x = g_malloc_n ((gsize) self->n * n_inputs, sizeof (float));
  self->labels = g_new (guint16, self->n);
  for (guint b = 0; b < self->n; b++)
    {
      self->labels[b] = (guint16) (b % n_classes);
      for (guint i = 0; i < n_inputs; i++)
        self->x[b * n_inputs + i] = recipe (0, b * n_inputs + i)
                                    + (i % n_classes == self->labels[b] ? 0.25f : 0.0f);
    }
}

static void
case_clear (Case *self)
{
  g_free (self->x);
  g_free (self->labels);
}

static FocMlp *
case_network (const Case *self)
{
  FocMlp *mlp = foc_mlp_new (&self->shape);
  float *w = mlp->parameters;

  for (guint layer = 0; layer < self->shape.n_layers; layer++)
    {
      guint in = self->shape.widths[layer];
      float scale = ldexpf (1.0f, -(int) ((g_bit_storage (in) - 1) / 2));

      for (gsize i = 0; i < (gsize) in * self->shape.widths[layer + 1]; i++)
        *w++ = recipe (layer + 1, i) * scale;
    }

  return mlp;
}

/* `n` numbers against those of `member`, within `tolerance` of the largest. */
static void
compare (JsonObject *object,
         const char *member,
         const float *values,
         gsize n,
         double tolerance)
{
  JsonArray *expected = json_object_get_array_member (object, member);
  double largest = 0.0, worst = 0.0;

  g_assert_cmpuint (json_array_get_length (expected), ==, n);
  for (guint i = 0; i < n; i++)
    {
      double number = json_array_get_double_element (expected, i);

      /* Written so that a NaN counts as different. */
      if (!(fabs (values[i] - number) <= worst))
        worst = fabs (values[i] - number);
      largest = MAX (largest, fabs (number));
    }

  g_test_message ("%s: off by %.2g of %.2g", member, worst, largest);
  g_assert_cmpfloat (largest, >, 0.0);
  g_assert_true (worst <= tolerance * largest);
}

static void
check_first_pass (const Case *self)
{
  g_autoptr (FocMlp) mlp = case_network (self);
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&self->shape, self->n);
  g_autofree float *gradient = g_new (float, mlp->n_parameters);
  gsize n_logits = (gsize) self->n * foc_mlp_shape_n_classes (&self->shape);
  double loss, norm = 0.0;

  compare (self->golden, "logits", foc_mlp_forward (mlp, work, self->x, self->n),
           n_logits, 64 * UNIT);
  loss = foc_mlp_gradient (mlp, work, self->x, self->labels, self->n, gradient, NULL);
  g_assert_cmpfloat_with_epsilon (
    loss / self->n, json_object_get_double_member (self->golden, "mean_loss"), 4 * UNIT);
  if (json_object_has_member (self->golden, "gradient"))
    compare (self->golden, "gradient", gradient, mlp->n_parameters, 64 * UNIT);

  for (gsize i = 0; i < mlp->n_parameters; i++)
    norm += (double) gradient[i] * gradient[i];
  g_assert_cmpfloat_with_epsilon (
    sqrt (norm), json_object_get_double_member (self->golden, "gradient_norm"),
    64 * UNIT);
}

/* The loss before each of ten steps. Single precision errors of a step add up
 * over the steps; Adam divides small gradients by their own size, rounding
 * errors included. `in_place`: without a gradient in memory. */
static void
check_optimizer (const Case *self, JsonObject *golden, gboolean in_place)
{
  const char *name = json_object_get_string_member (golden, "kind");
  JsonArray *losses = json_object_get_array_member (golden, "mean_losses");
  g_autoptr (FocMlp) mlp = case_network (self);
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&self->shape, self->n);
  g_autofree float *gradient = g_new (float, mlp->n_parameters);
  g_auto (FocOptimizer) optimizer = { 0 };
  FocOptimizerKind kind;
  double worst = 0.0;

  g_assert_true (foc_optimizer_kind_from_string (name, &kind));
  foc_optimizer_init (
    &optimizer, kind, json_object_get_double_member (golden, "learning_rate"),
    json_object_get_double_member (golden, "momentum"), mlp->n_parameters);

  g_assert_cmpuint (json_array_get_length (losses), ==, 10);
  for (guint t = 0; t < 10; t++)
    {
      double expected = json_array_get_double_element (losses, t);
      double loss;

      if (in_place)
        loss = foc_mlp_descend (mlp, work, self->x, self->labels, self->n,
                                (float) optimizer.learning_rate, NULL);
      else
        {
          loss =
            foc_mlp_gradient (mlp, work, self->x, self->labels, self->n, gradient, NULL);
          foc_optimizer_step (&optimizer, mlp->parameters, gradient);
        }
      loss /= self->n;

      worst = MAX (worst, fabs (loss - expected) / (2 * (t + 1) * UNIT));
      g_assert_cmpfloat_with_epsilon (loss, expected, 2 * (t + 1) * UNIT);
    }
  g_test_message ("%s: losses within %.2g of the tolerance", name, worst);

  if (json_object_has_member (golden, "parameters"))
    compare (golden, "parameters", mlp->parameters, mlp->n_parameters, 64 * UNIT);
}

static void
test_golden (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *cases;

  json_parser_load_from_file (
    parser, g_test_get_filename (G_TEST_DIST, "golden", "network.json", NULL), &error);
  g_assert_no_error (error);
  cases = json_object_get_array_member (
    json_node_get_object (json_parser_get_root (parser)), "cases");
  g_assert_cmpuint (json_array_get_length (cases), ==, 2);

  for (guint c = 0; c < json_array_get_length (cases); c++)
    {
      JsonObject *golden = json_array_get_object_element (cases, c);
      JsonArray *optimizers = json_object_get_array_member (golden, "optimizers");
      Case self;

      g_test_message ("case %s", json_object_get_string_member (golden, "name"));
      case_init (&self, golden);
      check_first_pass (&self);
      g_assert_cmpuint (json_array_get_length (optimizers), ==, 3);
      for (guint o = 0; o < json_array_get_length (optimizers); o++)
        {
          JsonObject *optimizer = json_array_get_object_element (optimizers, o);

          check_optimizer (&self, optimizer, FALSE);
          if (g_str_equal (json_object_get_string_member (optimizer, "kind"), "sgd"))
            check_optimizer (&self, optimizer, TRUE);
        }
      case_clear (&self);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  foc_blas_begin_thread ();

  g_test_add_func ("/optimizer/kinds", test_kinds);
  g_test_add_func ("/optimizer/formulas", test_formulas);
  g_test_add_func ("/optimizer/same-bits", test_same_bits);
  g_test_add_func ("/optimizer/edges", test_edges);
  g_test_add_func ("/optimizer/relations", test_relations);
  g_test_add_func ("/optimizer/golden", test_golden);

  return g_test_run ();
}
