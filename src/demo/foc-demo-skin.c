/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-painters.h"

#include <math.h>

#include "foc-demo-shapes.h"

/* The box that the light is computed for, in head units. */
#define LEFT (-1.0f)
#define TOP (-1.1f)
#define EXTENT 2.2f

/* One hill (or hollow) of the face. */
typedef struct
{
  float x, y, inverse_x, inverse_y, height;
} Bump;

typedef struct
{
  Bump bumps[20];
  guint n_bumps;
} Relief;

static void
add (Relief *relief, double x, double y, double rx, double ry, double height)
{
  relief->bumps[relief->n_bumps++] = (Bump){ (float) x, (float) y, (float) (1.0 / rx),
                                             (float) (1.0 / ry), (float) height };
}

/* exp (-square / 2), nearly, and exactly 0 beyond four: cheaper, and the same on
 * every C library. */
static inline float
bell (float square)
{
  float t = 1.0f - square * (1.0f / 16.0f);

  if (t <= 0.0f)
    return 0.0f;
  t *= t;
  t *= t;
  return t * t;
}

static inline float
bump_at (const Bump *bump, float x, float y)
{
  float dx = (x - bump->x) * bump->inverse_x, dy = (y - bump->y) * bump->inverse_y;

  return bell (dx * dx + dy * dy);
}

static void
model_face (Relief *relief, const FocDemoFace *face)
{
  double nose_x, nose_y, middle = foc_demo_face_turn (face, 0);
  double mouth = face->mouth_width * foc_demo_face_narrow (face, 0);
  double nw = face->nose_width;

  relief->n_bumps = 0;
  foc_demo_nose_place (face, &nose_x, &nose_y);

  for (int side = -1; side <= 1; side += 2)
    {
      double eye = foc_demo_face_turn (face, side * face->eye_x);
      double cheek = foc_demo_face_turn (face, side * face->width * 0.60);

      add (relief, eye, face->eye_y - 0.01, 0.13, 0.085, -0.10);
      add (relief, eye, face->eye_y - face->brow_y, 0.17, 0.06, 0.055);
      add (relief, eye * 0.97, face->eye_y + face->eye_open + 0.07, 0.13, 0.03,
           -0.010 - 0.012 * face->age);
      add (relief, cheek, 0.30 + face->pitch, 0.17, 0.17, 0.085);
      add (relief, nose_x + side * nw * 0.72, nose_y + 0.03, nw * 0.33, 0.055, 0.055);
      /* The fold from nose to mouth deepens with the years and with a smile. */
      add (relief, middle + side * (mouth + 0.08), face->mouth_y - 0.10, 0.05, 0.10,
           -0.012 - 0.02 * face->age - 0.15 * MAX (face->smile, 0));
    }

  /* The nose: three hills down its bridge, and the ball of the tip. */
  for (int i = 0; i < 3; i++)
    {
      double t = (i + 0.4) / 3;

      add (relief, middle + (nose_x - middle) * t,
           face->eye_y + (nose_y - face->eye_y) * t, 0.055 + 0.02 * t, 0.13,
           0.055 + 0.075 * t);
    }
  add (relief, nose_x, nose_y - 0.01, nw * 0.48, 0.075, 0.13);
  add (relief, middle, face->mouth_y + 0.01, mouth * 0.75, 0.085, 0.06);
  add (relief, middle, face->mouth_y + face->lip * 1.5 + face->mouth_open + 0.05, 0.12,
       0.035, -0.045);
  add (relief, middle * 0.8, 0.87, 0.15, 0.10, 0.07);
  add (relief, middle * 0.6, -0.55, 0.35, 0.25, 0.06);
}

static void
fill_heights (float *heights, int n, const Relief *relief, const FocDemoFace *face)
{
  float inverse_w = (float) (1.0 / (face->width * 1.06));
  float lean = (float) (0.25 * face->yaw);

  for (int j = 0; j < n; j++)
    {
      float y = TOP + EXTENT * (float) j / (float) (n - 1);

      for (int i = 0; i < n; i++)
        {
          float x = LEFT * 1.1f + EXTENT * (float) i / (float) (n - 1);
          float u = (x - lean * 0.2f) * inverse_w, v = y * 0.92f;
          float square = u * u + v * v;
          float z = 0.85f * sqrtf (MAX (1.0f - square * 0.93f, 0.01f));

          for (guint k = 0; k < relief->n_bumps; k++)
            z += relief->bumps[k].height * bump_at (&relief->bumps[k], x, y);
          heights[j * n + i] = z;
        }
    }
}

/* Where blood shows through the skin, and where a beard was shaved. */
static FocDemoColour
complexion (const FocDemoFace *face,
            const Bump spots[3],
            const Bump *beard,
            float x,
            float y)
{
  FocDemoColour skin = face->skin;
  float red = 0.0f;

  for (int i = 0; i < 3; i++)
    red = MAX (red, spots[i].height * bump_at (&spots[i], x, y));
  skin.r *= 1.0 + 0.04 * red;
  skin.g *= 1.0 - 0.10 * red;
  skin.b *= 1.0 - 0.10 * red;

  if (beard->height > 0.0f)
    {
      float shade = beard->height * bump_at (beard, x, y);

      skin = foc_demo_colour_mix (
        skin,
        foc_demo_colour_mix (face->brow_colour, (FocDemoColour){ 0.3, 0.33, 0.36 }, 0.4),
        shade);
    }
  return skin;
}

void
foc_demo_skin_paint (cairo_t *cr,
                     const FocDemoFace *face,
                     int size,
                     double depth,
                     guint steps)
{
  int n = CLAMP ((int) (size * face->scale * 0.8), 20, 200);
  cairo_surface_t *surface = foc_demo_surface_new (CAIRO_FORMAT_RGB24, n, n);
  int stride = cairo_image_surface_get_stride (surface);
  guint8 *data = cairo_image_surface_get_data (surface);
  g_autofree float *heights = g_new (float, (gsize) n *n);
  double middle = foc_demo_face_turn (face, 0), nose_x, nose_y;
  float lx = (float) face->light_x, ly = (float) face->light_y,
        lz = (float) face->light_z;
  /* Halfway between the light and the viewer, for the shine. */
  float hl = sqrtf (lx * lx + ly * ly + (lz + 1.0f) * (lz + 1.0f));
  float slope = (float) (n - 1) / EXTENT * 0.5f;
  Relief relief;
  Bump spots[3], beard = { 0 };
  cairo_pattern_t *pattern;
  cairo_matrix_t matrix;

  foc_demo_nose_place (face, &nose_x, &nose_y);
  for (int i = 0; i < 3; i++)
    {
      double x =
        i == 2 ? nose_x : foc_demo_face_turn (face, (i ? 0.62 : -0.62) * face->width);

      spots[i] = (Bump){ (float) x, i == 2 ? (float) nose_y : 0.32f, i == 2 ? 9.0f : 5.5f,
                         i == 2 ? 9.0f : 6.5f, i == 2 ? 0.6f : 0.9f };
    }
  if (face->beard == FOC_DEMO_BEARD_STUBBLE || face->beard == FOC_DEMO_BEARD_GOATEE)
    beard = (Bump){ (float) (middle * 0.8), 0.78f, 2.6f, 4.2f,
                    face->beard == FOC_DEMO_BEARD_STUBBLE ? 0.38f : 0.2f };

  model_face (&relief, face);
  fill_heights (heights, n, &relief, face);

  for (int j = 0; j < n; j++)
    {
      guint32 *row = (guint32 *) (void *) (data + (gsize) j * stride);
      int above = MAX (j - 1, 0), below = MIN (j + 1, n - 1);
      float y = TOP + EXTENT * (float) j / (float) (n - 1);

      for (int i = 0; i < n; i++)
        {
          int left = MAX (i - 1, 0), right = MIN (i + 1, n - 1);
          float x = LEFT * 1.1f + EXTENT * (float) i / (float) (n - 1);
          float nx = (heights[j * n + left] - heights[j * n + right]) * slope;
          float ny = (heights[above * n + i] - heights[below * n + i]) * slope;
          float inverse = 1.0f / sqrtf (nx * nx + ny * ny + 1.0f);
          float lit = (nx * lx + ny * ly + lz) * inverse;
          float shine = (nx * lx + ny * ly + lz + 1.0f) * inverse / hl;
          /* Light that has wandered under the skin softens the shadow's edge. */
          float light = MAX (0.0f, lit * 0.82f + 0.18f);
          FocDemoColour skin = complexion (face, spots, &beard, x, y), shadow, result;
          guint32 r, g, b;

          if (steps > 0)
            light = (floorf (light * (float) steps) + 0.5f) / (float) steps;
          light = (float) (1.0 - depth + depth * light);
          shine = MAX (shine, 0.0f);
          shine *= shine;
          shine *= shine;
          shine *= shine;
          shine *= shine;
          shine *= shine;
          shine = shine * 0.13f * (float) depth * (steps > 0 ? 0.5f : 1.0f);

          /* Shadows on skin are redder and deeper than grey. */
          shadow.r = skin.r * (0.20 + 0.22 * skin.r);
          shadow.g = skin.g * (0.10 + 0.22 * skin.g);
          shadow.b = skin.b * (0.10 + 0.22 * skin.b);
          result =
            foc_demo_colour_mix (shadow, foc_demo_colour_scale (skin, 1.02), light);

          r = (guint32) (CLAMP (result.r + shine, 0.0, 1.0) * 255.0 + 0.5);
          g = (guint32) (CLAMP (result.g + shine, 0.0, 1.0) * 255.0 + 0.5);
          b = (guint32) (CLAMP (result.b + shine, 0.0, 1.0) * 255.0 + 0.5);
          row[i] = r << 16 | g << 8 | b;
        }
    }
  cairo_surface_mark_dirty (surface);

  pattern = cairo_pattern_create_for_surface (surface);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_matrix_init_scale (&matrix, (n - 1) / (double) EXTENT, (n - 1) / (double) EXTENT);
  cairo_matrix_translate (&matrix, -1.1 * (double) LEFT, -(double) TOP);
  cairo_pattern_set_matrix (pattern, &matrix);
  cairo_set_source (cr, pattern);
  cairo_paint (cr);
  cairo_pattern_destroy (pattern);
  cairo_surface_destroy (surface);
}
